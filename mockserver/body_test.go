package mockserver

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestBodyOf(t *testing.T) {
	const (
		most     = 10
		tooLarge = "Request body too large. The max request body size is 104857600 bytes."
		tooShort = "Unexpected end of request content."
	)
	for _, test := range []struct {
		name, body string
		declared   int64 // -1 is unknown
		want, err  string
	}{
		{"none", "", 0, "", ""},
		{"whole", "{}", 2, "{}", ""},
		{"of unknown length", "{}", -1, "{}", ""},
		{"empty, of unknown length", "", -1, "", ""},
		{"shorter than declared", "{}", 5, "{}", tooShort},
		{"missing", "", 5, "", tooShort},
		{"of the largest size", "0123456789", most, "0123456789", ""},
		{"of the largest size, of unknown length", "0123456789", -1, "0123456789", ""},
		{"too large", "0123456789x", most + 1, "", tooLarge},
		{"too large, of unknown length", "0123456789x", -1, "", tooLarge},
	} {
		r := httptest.NewRequest("PUT", "/", strings.NewReader(test.body))
		r.ContentLength = test.declared
		text, err := bodyOf(r, most)
		var thrown *exception
		if errors.As(err, &thrown) && (thrown.message != test.err || thrown.status != 500) || (err != nil) != (test.err != "") || string(text) != test.want {
			t.Errorf("%s: got %q, %v, want %q, %q", test.name, text, err, test.want, test.err)
		}
	}
}

// A body that is declared as too large is refused before it arrives, but after what comes first (recorded: F308).
func TestTooLargeBodies(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372))
	for _, test := range []struct {
		key, contentType string
		status           int
		message          string
	}{
		{"", "application/json", 401, ""},
		{s.Key(RoleOwner), "text/plain", 415, "Unsupported Media Type"},
		{s.Key(RoleUser), "application/json", 500, "Request body too large. The max request body size is 104857600 bytes."},
		{s.Key(RoleOwner), "multipart/form-data; boundary=x", 400, "Failed to read the request form. Request body too large."},
	} {
		r := httptest.NewRequest("PUT", mocktest.ExternalPath, unreadable{t})
		r.Header.Set("Authorization", "Bearer "+test.key)
		r.Header.Set("Content-Type", test.contentType)
		r.ContentLength = maxBody + 1
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != test.status || !strings.Contains(w.Body.String(), test.message) {
			t.Errorf("%+v: got %d %s", test, w.Code, w.Body)
		}
	}
}

// A portal reads the chunks of a body by itself.
func TestBadChunks(t *testing.T) {
	s := Start(t)
	for chunks, want := range map[string]string{
		"zz\r\n{}\r\n0\r\n\r\n": "Bad chunk size data.",
		"2\r\n{}xx0\r\n\r\n":    "Bad chunk suffix.",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "PUT %s HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n%s", mocktest.ExternalPath, s.OwnerKey, chunks)
		answer, err := io.ReadAll(conn)
		if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 500 ") || !strings.Contains(string(answer), `"message":"`+want+`"`) {
			t.Errorf("%q: got %s, %v, want %q", chunks, answer, err, want)
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
