package mockserver

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	settingsPath = "/api/2.0/files/settings"
	externalPath = "/api/2.0/files/settings/external"
	socialPath   = "/api/2.0/files/settings/externalsocialmedia"

	linkID  = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
	rightPW = "Secret123!"
)

func passwordPath(key string) string {
	return "/api/2.0/files/share/" + url.PathEscape(key) + "/password"
}

// testClock is a time that only the test moves.
type testClock struct {
	mu sync.Mutex
	at time.Time
}

func newTestClock() *testClock { return &testClock{at: time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)} }

func (c *testClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *testClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newServer(t testing.TB, opts ...Option) *Server {
	t.Helper()
	s, err := New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// send makes a request without a connection. headers are pairs of name and value; a body is JSON unless they say otherwise,
// and an empty value leaves the header out.
func send(h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
			continue
		}
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// as is the header of somebody with the default portal's key for the role.
func as(s *Server, role Role) []string { return []string{"Authorization", "Bearer " + s.Key(role)} }

// share posts a password and gives the answered share.
func share(t testing.TB, w *httptest.ResponseRecorder) ExternalShareDto {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Fatalf("got %d %s, want 200", w.Code, w.Body)
	}
	var wrapper struct{ Response ExternalShareDto }
	if err := json.Unmarshal(w.Body.Bytes(), &wrapper); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return wrapper.Response
}

// passwordBody is the body of the password call.
func passwordBody(password string) string {
	return `{"password":` + string(appendJSON(nil, password)) + `}`
}

// response is the raw response in an envelope.
func response(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	var wrapper struct{ Response json.RawMessage }
	if err := json.Unmarshal(w.Body.Bytes(), &wrapper); err != nil {
		t.Fatalf("%v in %q", err, w.Body)
	}
	return string(wrapper.Response)
}

// protected is a portal with one link on one entry, with a password.
func protected(change ...func(*Portal)) Portal {
	p := DefaultPortal()
	p.Profile = ProfileV372
	p.Entries = append(p.Entries,
		Entry{ID: "20", Title: "Contracts", Type: EntryFolder, Section: SectionDocuments, CreatedBy: "owner@example.com"},
		Entry{ID: "30", Title: "Offer.docx", Type: EntryFile, Section: SectionDocuments, CreatedBy: "owner@example.com"})
	p.Links = []Link{{Key: "protected", ID: linkID, Entry: "20", Password: rightPW}}
	for _, c := range change {
		c(&p)
	}
	return p
}

func eachProfile(t *testing.T, test func(t *testing.T, profile string)) {
	t.Helper()
	for _, name := range ProfileNames() {
		t.Run(name, func(t *testing.T) { test(t, name) })
	}
}
