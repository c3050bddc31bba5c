package mockserver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// logInAs signs in, and returns the token. It is "" when the portal refuses.
func logInAs(t *testing.T, s *Server, body string) (token string, status int) {
	t.Helper()
	w := mocktest.Send(s, "POST", "/api/2.0/authentication", body)
	var answer struct{ Response struct{ Token string } }
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Response.Token, w.Code
}

// The hashes were made with Python's hashlib.
func TestPasswordHash(t *testing.T) {
	s := newState(mustComplete(t, Portal{PasswordSalt: "salt"}))
	if got, want := s.passwordHash("password", 1), "120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := s.passwordHash("password", 4096), "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func mustComplete(t *testing.T, p Portal) Portal {
	t.Helper()
	s := newServer(t, WithPortal(p))
	return s.current.Load().portal
}

// A portal that is written down and read again has the same sessions.
func TestSessionsAreData(t *testing.T) {
	s := newServer(t, WithPasswordRounds(1))
	token, _ := logInAs(t, s, `{"userName":"owner@example.com","password":"Owner-pass-1"}`)
	text, err := json.Marshal(s.State())
	if err != nil {
		t.Fatal(err)
	}
	p, err := ParsePortal("state", text)
	if err != nil {
		t.Fatal(err)
	}
	again := newServer(t, WithPortal(p), WithPasswordRounds(1))
	if w := mocktest.Send(again, "GET", "/api/2.0/people/@self", "", "Authorization", token); w.Code != http.StatusOK {
		t.Errorf("got %d", w.Code)
	}
	logInAs(t, again, `{"userName":"owner@example.com","password":"Owner-pass-1"}`)
	if got := again.State(); got.LogIns != 2 || len(got.Sessions) != 2 || got.Sessions[1].LogIn != 2 {
		t.Errorf("got %+v", got.Sessions)
	}
	again.Reset()
	if got := again.State(); got.LogIns != 1 || len(got.Sessions) != 1 {
		t.Errorf("after a reset: %+v", got.Sessions)
	}
}

// Sessions follow a user to another address, and go with the user.
func TestSessionsOfChangedUsers(t *testing.T) {
	s := newServer(t, WithPasswordRounds(1))
	token, _ := logInAs(t, s, `{"userName":"user@example.com","password":"User-pass-1"}`)
	id := s.State().Users[2].ID
	if _, err := s.ChangeUser(id, func(u *User) error { u.Email = "new@example.com"; return nil }); err != nil {
		t.Fatal(err)
	}
	if w := mocktest.Send(s, "GET", "/api/2.0/people/@self?fields=email", "", "Authorization", token); !strings.Contains(w.Body.String(), "new@example.com") {
		t.Errorf("got %s", w.Body)
	}
	s.RemoveUser(id)
	if got := s.State().Sessions; len(got) != 0 {
		t.Errorf("got %+v", got)
	}
}

// The number of sessions is bounded: those that are over go first, then the oldest.
func TestSessionsAreBounded(t *testing.T) {
	now := time.Date(2026, time.July, 1, 0, 0, 0, 0, time.UTC)
	p := DefaultPortal()
	for i := range maxRecords {
		p.Sessions = append(p.Sessions, Session{Token: fmt.Sprintf("token %d", i), User: "owner@example.com"})
	}
	s := newServer(t, WithPortal(p), WithPasswordRounds(1), WithClock(func() time.Time { return now }))
	token, _ := logInAs(t, s, `{"userName":"owner@example.com","password":"Owner-pass-1"}`)
	sessions := s.State().Sessions
	if len(sessions) != maxRecords || sessions[0].Token != "token 1" || sessions[maxRecords-1].Token != token {
		t.Errorf("%d sessions, from %s", len(sessions), sessions[0].Token)
	}
	now = now.AddDate(1, 0, 0)
	logInAs(t, s, `{"userName":"user@example.com","password":"User-pass-1"}`)
	if sessions = s.State().Sessions; len(sessions) != maxRecords || sessions[0].Token != "token 1" || sessions[maxRecords-2].Token != fmt.Sprintf("token %d", maxRecords-1) {
		t.Errorf("after a year: %d sessions, from %s", len(sessions), sessions[0].Token)
	}
}

func TestSecretsOfSessions(t *testing.T) {
	s := newServer(t, WithPasswordRounds(1))
	token, _ := logInAs(t, s, `{"userName":"owner@example.com","password":"Owner-pass-1"}`)
	if !s.current.Load().secrets().in("x " + token + " y") {
		t.Error("the token is no secret")
	}
}

func TestUserOfName(t *testing.T) {
	s := newServer(t, WithPortal(Portal{Users: []User{{Email: "Åsa@example.com", Role: RoleOwner}, {Email: "b@example.com", Role: RoleUser}}})).current.Load()
	for name, want := range map[string]string{
		"Åsa@example.com": "Åsa@example.com", "åsa@example.com": "Åsa@example.com", "asa@example.com": "Åsa@example.com", "B@EXAMPLE.COM  ": "b@example.com",
		"b̀@example.com": "b@example.com", " b@example.com": "", "b@example.com\t": "", "b": "", "": "", strings.Repeat("x", 65000): "",
	} {
		got := ""
		if u := s.userOfName(name); u != nil {
			got = u.Email
		}
		if got != want {
			t.Errorf("%.40q: got %q, want %q", name, got, want)
		}
	}
}

func TestWithPasswordRounds(t *testing.T) {
	for _, rounds := range []int{0, -1, passwordRounds + 1} {
		if _, err := New(WithPasswordRounds(rounds)); err == nil {
			t.Errorf("%d rounds are taken", rounds)
		}
	}
	s := newServer(t)
	w := mocktest.Send(s, "POST", "/api/2.0/authentication", `{"userName":"owner@example.com","password":"Owner-pass-1"}`)
	if hint := w.Header().Get(headerHint); w.Code != http.StatusOK || hint != "" {
		t.Errorf("%d, hint %q", w.Code, hint)
	}
}
