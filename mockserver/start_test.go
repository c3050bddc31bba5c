package mockserver

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// fakeTB records how a test would have ended.
type fakeTB struct {
	fatal    string
	cleanups []func()
}

func (f *fakeTB) Helper()                        {}
func (f *fakeTB) Fatalf(format string, a ...any) { f.fatal = fmt.Sprintf(format, a...) }
func (f *fakeTB) Cleanup(done func())            { f.cleanups = append(f.cleanups, done) }

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

func TestStartEndsTheTest(t *testing.T) {
	tb := &fakeTB{}
	if s := Start(tb, WithProfile("v9")); s != nil || !strings.Contains(tb.fatal, "v9") {
		t.Errorf("got %v, %q", s, tb.fatal)
	}
	tb = &fakeTB{}
	s := Start(tb)
	defer tb.cleanups[0]()
	s.AddUser(User{Email: "owner@example.com", Role: RoleUser})
	if !strings.Contains(tb.fatal, "users[4].email") {
		t.Errorf("AddUser: %q", tb.fatal)
	}
	s.AddLink(Link{Key: ".."})
	if !strings.Contains(tb.fatal, "links[1].key") {
		t.Errorf("AddLink: %q", tb.fatal)
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
}

// What Key gives must work as a Bearer token.
func TestKey(t *testing.T) {
	inactive := false
	for name, p := range map[string]Portal{
		"token only":              {Users: []User{{Email: "o@example.com", Role: RoleOwner, Tokens: []string{"token"}}}, APIKeys: []APIKey{}},
		"the first is disabled":   {Users: []User{{Email: "x@example.com", Role: RoleOwner, Tokens: []string{"x"}, Disabled: true}, {Email: "o@example.com", Role: RoleOwner, Tokens: []string{"token"}}}},
		"a token like an API key": {Users: []User{{Email: "o@example.com", Role: RoleOwner, Tokens: []string{"sk-token", "token"}}}},
		"a token like a JWT":      {Users: []User{{Email: "o@example.com", Role: RoleOwner, Tokens: []string{"a.b.c", "token"}}}},
		"a key that is off": {Users: []User{{Email: "o@example.com", Role: RoleOwner, Tokens: []string{"token"}}},
			APIKeys: []APIKey{{Key: "sk-1", User: "o@example.com", Active: &inactive}, {Key: "sk-2", User: "o@example.com", Permissions: []string{"rooms:read"}}}},
		"an expired key": {Users: []User{{Email: "o@example.com", Role: RoleOwner}},
			APIKeys: []APIKey{{Key: "sk-1", User: "o@example.com", Expires: mocktest.NewClock().Now()}, {Key: "sk-2", User: "O@example.com"}}},
	} {
		s := newServer(t, WithPortal(p), WithClock(mocktest.NewClock().Now))
		if w := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, as(s, RoleOwner)...); w.Code != 200 {
			t.Errorf("%s: %q is answered with %d", name, s.Key(RoleOwner), w.Code)
		}
	}
}
