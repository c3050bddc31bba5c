package mockserver

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"os"
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

// counted counts what is read of a body that never ends.
type counted struct {
	read, largest int
	fails         error
}

func (c *counted) Read(p []byte) (int, error) {
	c.largest = max(c.largest, len(p))
	if c.fails != nil {
		return 0, c.fails
	}
	for i := range p {
		p[i] = ' '
	}
	c.read += len(p)
	return len(p), nil
}

// A request that is refused whatever it says needs no large body, also when a fault applies to it or something earlier refuses it.
func TestBodiesOfRefusedRequests(t *testing.T) {
	s := newServer(t, WithProfile(ProfileDocumented))
	if _, err := s.AddAPIKey(APIKey{Key: "sk-read", User: "owner@example.com", Permissions: []string{"files:read"}}); err != nil {
		t.Fatal(err)
	}
	for name, headers := range map[string][]string{
		"no credentials":     nil,
		"a wrong key":        {"Authorization", "Bearer sk-wrong"},
		"a scope is missing": {"Authorization", "Bearer sk-read"},
		"an unreadable JWT":  {"Authorization", "Bearer e30.e30.x"},
		"a bad origin":       append(as(s, RoleOwner), "Origin", "null"),
		"a fault":            {headerFault, "f"},
	} {
		if name == "a fault" {
			addFault(t, s, Fault{ID: "f", Header: true, Kind: FaultStatus, Status: 500})
		}
		for _, declared := range []int64{-1, maxBody} {
			body := &counted{}
			r := httptest.NewRequest("PUT", mocktest.ExternalPath, body)
			r.ContentLength = declared
			for i := 0; i < len(headers); i += 2 {
				r.Header.Set(headers[i], headers[i+1])
			}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code < 400 || body.read > maxRefused+1 {
				t.Errorf("%s: got %d, %d bytes of the body were read", name, w.Code, body.read)
			}
		}
	}
}

// A body takes memory as it arrives, whatever size is declared.
func TestBodiesTakeMemoryAsTheyArrive(t *testing.T) {
	for _, declared := range []int64{-1, 1 << 20, maxBody} {
		body := &counted{fails: io.ErrUnexpectedEOF}
		if text, err := readArriving(body, declared, maxBody+1); err == nil || cap(text) > bufferSize {
			t.Errorf("declared %d: %d bytes for nothing, %v", declared, cap(text), err)
		}
	}
	text, err := readArriving(strings.NewReader(strings.Repeat("x", 3<<20)), 3<<20, maxBody+1)
	if err != nil || len(text) != 3<<20 || cap(text) > 3<<20+1 {
		t.Errorf("%d bytes in %d, %v", len(text), cap(text), err)
	}
}

// A body that arrives too slowly is no damaged one.
func TestBodiesThatComeTooSlowly(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372))
	r := httptest.NewRequest("PUT", mocktest.ExternalPath, &counted{fails: os.ErrDeadlineExceeded})
	r.Header.Set("Authorization", "Bearer "+s.Key(RoleOwner))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 500 || !strings.Contains(w.Body.String(), "timed out due to data arriving too slowly") {
		t.Errorf("got %d %s", w.Code, w.Body)
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
