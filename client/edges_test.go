package client_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// Each limit on what an error repeats: the last that is whole, and the first that is not.
func TestEdgesOfErrors(t *testing.T) {
	message := func(status int, contentType, body string) *client.Error {
		portal, _ := scripted(t, nil, answer{status: status, body: body, header: http.Header{"Content-Type": {contentType}}})
		return asError(t, callBy(portal, "PUT"))
	}
	for n, want := range map[int]int{299: 299, 300: 300, 301: 300} {
		if got := []rune(message(403, jsonType, errorJSON(403, strings.Repeat("é", n), "null")).Message); len(got) != want || (got[len(got)-1] == '…') != (n > want) {
			t.Errorf("a message of %d characters: got %d", n, len(got))
		}
	}
	body := errorJSON(403, "said", "null")
	for more, want := range map[int]string{0: "said", 1: ""} { // 64 KiB
		if got := message(403, jsonType, strings.Repeat(" ", 64<<10-len(body)+more)+body).Message; got != want {
			t.Errorf("64 KiB and %d: got %q", more, got)
		}
	}
	for n, want := range map[int]bool{4 << 10: true, 4<<10 + 1: false} {
		if got := message(400, "text/plain", strings.Repeat("x", n)).Message; (got != "") != want {
			t.Errorf("plain text of %d bytes: got %q", n, got)
		}
	}
	for n, want := range map[int]int{19: 19, 20: 20, 21: 20} {
		fields := map[string][]string{}
		for i := range n {
			fields[fmt.Sprint("$.", i)] = []string{"a"}
		}
		fields["$.0"] = strings.Split(strings.Repeat("a", n), "")
		text, err := json.Marshal(map[string]any{"errors": fields})
		if err != nil {
			t.Fatal(err)
		}
		if got := message(400, problemType, string(text)).Fields; len(got) != want || len(got["$.0"]) != want {
			t.Errorf("%d fields: got %d, with %d messages", n, len(got), len(got["$.0"]))
		}
	}
	for secret, masked := range map[string]bool{"abcde": false, "abcdef": true} {
		portal, _ := scripted(t, []client.Option{client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
			r.Header.Set("X-Other-Key", secret)
			return nil
		})}, answer{status: 403, body: errorJSON(403, "sent "+secret, "null")})
		if got := asError(t, callBy(portal, "PUT")).Message; (got == "sent ***") != masked {
			t.Errorf("%s: got %q", secret, got)
		}
	}
}

// X-RateLimit-Reset is a time from here on, and a number of seconds before.
func TestEdgesOfTheReset(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for reset, want := range map[string]time.Time{
			"999999999": time.Now().Add(999_999_999 * time.Second), "1000000000": time.Unix(1_000_000_000, 0), "0": time.Now(), "1": time.Now().Add(time.Second),
		} {
			portal, _ := scripted(t, nil, status(403, "X-RateLimit-Reset", reset))
			if got := asError(t, callBy(portal, "PUT")).RateLimit.Reset; !got.Equal(want) {
				t.Errorf("%s: got %v, want %v", reset, got, want)
			}
		}
	})
}

// A key file, and the password of a link: the longest that is taken, and one character more.
func TestEdgesOfArguments(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	t.Setenv("DOCSPACE_URL", "https://portal.example")
	t.Setenv("DOCSPACE_API_KEY_FILE", file)
	for size, want := range map[int]bool{64 << 10: true, 64<<10 + 1: false} {
		if err := os.WriteFile(file, []byte(strings.Repeat("k", size)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := client.FromEnv(); (err == nil) != want {
			t.Errorf("a file of %d bytes: %v", size, err)
		}
	}
	for n, want := range map[int]bool{255: true, 256: false} {
		portal, s := scripted(t, nil, status(403))
		password := strings.Repeat("p", n)
		_, err := portal.SetRoomLink(t.Context(), 1, client.LinkSpec{Password: &password})
		if sent := len(s.sent) == 1; sent != want {
			t.Errorf("a password of %d characters: %v", n, err)
		}
	}
}
