package mockserver

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestUTF16Bodies(t *testing.T) {
	encode := func(text string) string {
		var b strings.Builder
		for _, unit := range utf16.Encode([]rune(text)) {
			b.WriteByte(byte(unit))
			b.WriteByte(byte(unit >> 8))
		}
		return b.String()
	}
	tests := map[string]int{
		encode(`{"set":true}`):            200,
		encode("\ufeff" + `{"set":true}`): 200,
		encode(`{"set":true,"x":"😀"}`):    200,
		encode(`{"set":1}`):               400,
		encode(`{"set":true}`) + "x":      400, // half a unit
		`{"set":true}`:                    400,
	}
	for body, want := range tests {
		s := newServer(t, WithProfile(ProfileV372))
		w := mocktest.Send(s, "PUT", mocktest.ExternalPath, body, append(as(s, RoleOwner), "Content-Type", "", "Content-Type", "application/json; charset=utf-16")...)
		if w.Code != want || (want == 200 && response(t, w) != "true") {
			t.Errorf("%q: got %d %s, want %d", body, w.Code, w.Body, want)
		}
	}
}

func TestBodyTooLarge(t *testing.T) {
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		fits := `{"set":true}` + strings.Repeat(" ", maxBody-len(`{"set":true}`))
		if w := mocktest.Send(s, "PUT", mocktest.ExternalPath, fits, as(s, RoleOwner)...); w.Code != 200 {
			t.Errorf("%d bytes: got %d, want 200", len(fits), w.Code)
		}
		w := mocktest.Send(s, "PUT", mocktest.ExternalPath, fits+" ", as(s, RoleOwner)...)
		want := `{"error":{"message":"Body: larger than 1048576 bytes","type":null,"stack":null,"hresult":0},"status":1,"statusCode":413}`
		if w.Code != 413 || w.Body.String() != want {
			t.Errorf("one more: got %d %s", w.Code, w.Body)
		}
	})
}
