package mockserver

import (
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestBodyOf(t *testing.T) {
	large := strings.Repeat("x", maxBody)
	for _, test := range []struct {
		name, body string
		declared   int64 // -1 is unknown
		want       int
		err        error
	}{
		{"none", "", 0, 0, nil},
		{"whole", "{}", 2, 2, nil},
		{"of unknown length", "{}", -1, 2, nil},
		{"empty, of unknown length", "", -1, 0, nil},
		{"shorter than declared", "{}", 5, 2, io.ErrUnexpectedEOF},
		{"missing", "", 5, 0, io.EOF},
		{"of the largest size", large, maxBody, maxBody, nil},
		{"of the largest size, of unknown length", large, -1, maxBody, nil},
		{"too large", large + "x", maxBody + 1, 0, new(http.MaxBytesError)},
		{"too large, of unknown length", large + "x", -1, maxBody, new(http.MaxBytesError)},
	} {
		r := httptest.NewRequest("PUT", "/", strings.NewReader(test.body))
		r.ContentLength = test.declared
		text, err := bodyOf(httptest.NewRecorder(), r)
		tooLarge := errors.As(test.err, new(*http.MaxBytesError))
		if fits := errors.Is(err, test.err) || tooLarge && errors.As(err, new(*http.MaxBytesError)); !fits || len(text) != test.want {
			t.Errorf("%s: got %d bytes, %v, want %d, %v", test.name, len(text), err, test.want, test.err)
		}
	}
}

// All who look at a body see it as UTF-8.
func TestUTF16Bodies(t *testing.T) {
	var body []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + `{"set":false,"x":"😀"}`)) {
		body = binary.LittleEndian.AppendUint16(body, unit)
	}
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		w := mocktest.Send(s, "PUT", mocktest.ExternalPath, string(body), append(as(s, RoleOwner), "Content-Type", "", "Content-Type", "application/json; charset=UTF-16")...)
		if w.Code != 200 || s.State().Settings.ExternalShare {
			t.Errorf("got %d %s", w.Code, w.Body)
		}
		if got := s.LastRequests(1)[0].Body; got != `{"set":false,"***":"***"}` {
			t.Errorf("in the journal: %s", got)
		}
	})
}

// unreadable fails the test when somebody reads it.
type unreadable struct{ t *testing.T }

func (u unreadable) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func TestBodiesThatNobodyReads(t *testing.T) {
	s := newServer(t)
	for path, method := range map[string]string{mocktest.SettingsPath: "GET", mocktest.ExternalPath: "PATCH", "/nope": "POST"} {
		s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(method, path, unreadable{t}))
		if got := s.LastRequests(1)[0]; got.Body != "" || got.Method != method {
			t.Errorf("%s: got %+v", path, got)
		}
	}
}
