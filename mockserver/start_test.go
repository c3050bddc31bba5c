package mockserver

import (
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// fakeTB records how a test would have ended.
type fakeTB struct {
	fatal    string
	cleanups []func()
}

func (f *fakeTB) Helper() {}

func (f *fakeTB) Fatalf(format string, a ...any) { f.fatal = fmt.Sprintf(format, a...) }

func (f *fakeTB) Cleanup(done func()) { f.cleanups = append(f.cleanups, done) }

func TestStart(t *testing.T) {
	tb := &fakeTB{}
	s := Start(tb, WithPortal(Portal{Limits: Limits{RateLimit: RateLimit{PerMinute: 9}}}))
	if tb.fatal != "" || !strings.HasPrefix(s.URL, "http://127.0.0.1:") {
		t.Fatalf("%q, %s", tb.fatal, s.URL)
	}
	for key, want := range map[string]int{s.OwnerKey: 200, s.AdminKey: 200, s.UserKey: 403, s.GuestKey: 403, "": 401} {
		r, _ := http.NewRequest("PUT", s.URL+mocktest.ExternalPath, strings.NewReader(`{"set":true}`))
		r.Header.Set("Content-Type", "application/json")
		if key != "" {
			r.Header.Set("Authorization", "Bearer "+key)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("%q: %d, want %d", key, answer.StatusCode, want)
		}
	}
	for _, done := range tb.cleanups {
		done()
	}
	if answer, err := http.Get(s.URL + mocktest.SettingsPath); err == nil {
		answer.Body.Close()
		t.Error("still listens after the test")
	}
}

// net/http alone refuses this path (recorded: F783).
func TestStartTakesMalformedEscapes(t *testing.T) {
	if status, err := mocktest.PostUnescaped(Start(t).URL, "/api/2.0/files/share/%zz/password"); err != nil || status != 200 {
		t.Errorf("got %d, %v", status, err)
	}
}

func TestStartEndsTheTest(t *testing.T) {
	tb := &fakeTB{}
	if s := Start(tb, WithProfile("v9")); s != nil || !strings.Contains(tb.fatal, "v9") {
		t.Errorf("got %v, %q", s, tb.fatal)
	}
	tb = &fakeTB{}
	s := Start(tb, WithPortal(Portal{Entries: []Entry{{ID: "10", Type: EntryRoom}}}))
	defer tb.cleanups[0]()
	s.AddUser(User{Email: "owner@example.com", Role: RoleUser})
	if !strings.Contains(tb.fatal, "users[4].email") {
		t.Errorf("AddUser: %q", tb.fatal)
	}
	s.AddLink(Link{Key: ".."})
	if !strings.Contains(tb.fatal, "links[1].key") {
		t.Errorf("AddLink: %q", tb.fatal)
	}
	s.AddAPIKey(APIKey{User: "nobody@example.com"})
	if !strings.Contains(tb.fatal, "AddAPIKey: portal: apiKeys[4].user") {
		t.Errorf("AddAPIKey: %q", tb.fatal)
	}
	s.AddEntry(Entry{Type: "disk"})
	if !strings.Contains(tb.fatal, "AddEntry: portal: entries[1].type") {
		t.Errorf("AddEntry: %q", tb.fatal)
	}
	s.Fault(Fault{Status: 200})
	if !strings.Contains(tb.fatal, "status: must be") {
		t.Errorf("Fault: %q", tb.fatal)
	}
	tb.fatal = ""
	if f := s.Fault(Fault{Status: 500}); f.ID == "" || tb.fatal != "" {
		t.Errorf("got %+v, %q", f, tb.fatal)
	}
	if u, l := s.AddUser(User{Email: "x@example.com", Role: RoleUser}), s.AddLink(Link{}); u.ID == "" || l.Key == "" || tb.fatal != "" {
		t.Errorf("got %+v, %+v, %q", u, l, tb.fatal)
	}
	if k, e := s.AddAPIKey(APIKey{User: "owner@example.com"}), s.AddEntry(Entry{Type: EntryFile}); k.Key == "" || e.ID == "" || tb.fatal != "" {
		t.Errorf("got %+v, %+v, %q", k, e, tb.fatal)
	}
}

// A test server closes although somebody hangs.
func TestStartClosesWhatHangs(t *testing.T) {
	tb := &fakeTB{}
	s := Start(tb)
	s.Fault(Fault{Kind: FaultHang})
	done := make(chan struct{})
	go func() {
		defer close(done)
		if _, _, err := (reached{client: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}, url: s.URL}).get(t.Context(), s.Server); err == nil {
			t.Error("answered")
		}
	}()
	for len(s.LastRequests(1)) == 0 {
		runtime.Gosched()
	}
	for _, clean := range tb.cleanups {
		clean()
	}
	<-done
}
