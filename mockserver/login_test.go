package mockserver

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// loginAs signs in, and returns the token. It is "" when the portal refuses.
func loginAs(t *testing.T, s *Server, body string) (token string) {
	t.Helper()
	w := mocktest.Send(s, "POST", "/api/2.0/authentication", body)
	var answer struct{ Response struct{ Token string } }
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Response.Token
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
	return s.era().state.Load().portal
}

// A portal that is written down and read again has the same sessions.
func TestSessionsAreData(t *testing.T) {
	s := newServer(t, WithPasswordRounds(1))
	token := loginAs(t, s, `{"userName":"owner@example.com","password":"Owner-pass-1"}`)
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
	loginAs(t, again, `{"userName":"owner@example.com","password":"Owner-pass-1"}`)
	if got := again.State(); got.LoginEvents != 2 || len(got.Sessions) != 2 || got.Sessions[1].LoginEventID != 2 {
		t.Errorf("got %+v", got.Sessions)
	}
	again.Reset()
	if got := again.State(); got.LoginEvents != 1 || len(got.Sessions) != 1 {
		t.Errorf("after a reset: %+v", got.Sessions)
	}
}

// A portal cannot count further than its contract has numbers. It goes on signing people in, and its state can be read again.
func TestLastLoginEvent(t *testing.T) {
	p := DefaultPortal()
	p.LoginEvents = math.MaxInt32 - 1
	s := newServer(t, WithPortal(p), WithPasswordRounds(1))
	for range 2 {
		loginAs(t, s, `{"userName":"owner@example.com","password":"Owner-pass-1"}`)
		if got := s.State(); got.LoginEvents != math.MaxInt32 || got.Sessions[len(got.Sessions)-1].LoginEventID != math.MaxInt32 {
			t.Errorf("got %d, %+v", got.LoginEvents, got.Sessions)
		}
	}
	text, err := json.Marshal(s.State())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParsePortal("state", text); err != nil {
		t.Error(err)
	}
}

// Sessions follow a user to another address, and go with the user.
func TestSessionsOfChangedUsers(t *testing.T) {
	s := newServer(t, WithPasswordRounds(1))
	token := loginAs(t, s, `{"userName":"user@example.com","password":"User-pass-1"}`)
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
	for i := range maxSessions {
		p.Sessions = append(p.Sessions, Session{Token: fmt.Sprintf("token %d", i), User: "owner@example.com"})
	}
	s := newServer(t, WithPortal(p), WithPasswordRounds(1), WithClock(func() time.Time { return now }))
	token := loginAs(t, s, `{"userName":"owner@example.com","password":"Owner-pass-1"}`)
	sessions := s.State().Sessions
	if len(sessions) != maxSessions || sessions[0].Token != "token 1" || sessions[maxSessions-1].Token != token {
		t.Errorf("%d sessions, from %s", len(sessions), sessions[0].Token)
	}
	now = now.AddDate(1, 0, 0)
	loginAs(t, s, `{"userName":"user@example.com","password":"User-pass-1"}`)
	if sessions = s.State().Sessions; len(sessions) != maxSessions || sessions[0].Token != "token 1" || sessions[maxSessions-2].Token != fmt.Sprintf("token %d", maxSessions-1) {
		t.Errorf("after a year: %d sessions, from %s", len(sessions), sessions[0].Token)
	}
}

func TestSecretsOfSessions(t *testing.T) {
	s := newServer(t, WithPasswordRounds(1))
	token := loginAs(t, s, `{"userName":"owner@example.com","password":"Owner-pass-1"}`)
	if !s.era().state.Load().secrets().in("x " + token + " y") {
		t.Error("the token is no secret")
	}
}

func TestUserOfName(t *testing.T) {
	s := newServer(t, WithPortal(Portal{Users: []User{{Email: "Åsa@example.com", Role: RoleOwner}, {Email: "b@example.com", Role: RoleUser}}})).era().state.Load()
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

// The server trims passwords, so it stores none with blanks around it. A portal file can have one, and it works without them.
func TestPasswordsWithBlanks(t *testing.T) {
	s := newServer(t, WithPasswordRounds(1), WithPortal(Portal{Users: []User{
		{Email: "a@example.com", Role: RoleOwner, Password: " Secret123! "}, {Email: "b@example.com", Role: RoleUser, Password: "   "},
	}}))
	for body, want := range map[string]bool{
		`{"userName":"a@example.com","password":" Secret123! "}`: true, `{"userName":"a@example.com","password":"Secret123!"}`: true,
		`{"userName":"b@example.com","password":"   "}`: false, `{"userName":"b@example.com","password":"x"}`: false,
	} {
		if token := loginAs(t, s, body); (token != "") != want {
			t.Errorf("%s: signed in: %t", body, token != "")
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

// What becomes of a person while the password is checked counts: nobody gets a session of somebody who is gone.
func TestPeopleWhoChangeWhileTheySignIn(t *testing.T) {
	s := newServer(t, WithPasswordRounds(1))
	user := s.State().Users[2]
	c := newCall(httptest.NewRequest("POST", "/api/2.0/authentication", nil), s.era())
	c.login = &loginRequest{culture: "de"}
	change := func(f func(*User)) {
		if _, err := s.ChangeUser(user.ID, func(u *User) error { f(u); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	change(func(u *User) { u.Email = "new@example.com" })
	if session, err := (operations{s}).newSession(c, user.ID); err != nil || session.User != "new@example.com" || s.State().Users[2].Culture != "de" {
		t.Errorf("another address: %+v, %v", session, err)
	}
	change(func(u *User) { u.Disabled = true })
	if _, err := (operations{s}).newSession(c, user.ID); statusOf(err) != http.StatusForbidden {
		t.Errorf("disabled: %v", err)
	}
	s.RemoveUser(user.ID)
	if _, err := (operations{s}).newSession(c, user.ID); statusOf(err) != http.StatusUnauthorized {
		t.Errorf("gone: %v", err)
	}
	if _, err := s.AddEntry(Entry{Title: "x", Type: EntryRoom}); err != nil {
		t.Errorf("the portal cannot be changed any more: %v", err)
	}
}

// Right passwords at the same time all pass, however long each of them takes.
func TestLoginsWaitForEachOther(t *testing.T) {
	s := newServer(t, WithPasswordRounds(1))
	s.writing.Lock() // no session is made meanwhile
	var all sync.WaitGroup
	var refused atomic.Int32
	var began sync.WaitGroup
	for range 20 {
		began.Add(1)
		all.Go(func() {
			began.Done()
			if w := mocktest.Send(s, "POST", "/api/2.0/authentication", `{"userName":"owner@example.com","password":"Owner-pass-1"}`); w.Code != http.StatusOK {
				refused.Add(1)
			}
		})
	}
	began.Wait()
	for range 10_000 {
		runtime.Gosched() // the others come as far as they can
	}
	s.writing.Unlock()
	all.Wait()
	if n := refused.Load(); n > 0 {
		t.Errorf("%d right ones were refused", n)
	}
}

func TestAttemptLocks(t *testing.T) {
	var locks attemptLocks
	id := newAttemptID("owner@example.com", "127.0.0.1")
	unlock := locks.lock(id)
	mutex := &locks[int(id[0])%len(locks)]
	if mutex.TryLock() {
		t.Fatal("nothing is locked")
	}
	unlock()
	if !mutex.TryLock() {
		t.Error("it is still locked")
	}
}

// A room gets a number that no other one has had, so that a removal that is sent twice removes one room.
func TestNumbersOfRoomsAreNotUsedAgain(t *testing.T) {
	s := newServer(t)
	number := func() string {
		w := mocktest.Send(s, "POST", "/api/2.0/files/rooms?fields=id", `{"title":"x","roomType":5}`, "Authorization", "YOUR_API_KEY")
		var answer struct{ Response struct{ ID json.Number } }
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		return answer.Response.ID.String()
	}
	first := number()
	mocktest.Send(s, "DELETE", "/api/2.0/files/rooms/"+first, `{"deleteAfter":false}`, "Authorization", "YOUR_API_KEY")
	if second := number(); second == first {
		t.Errorf("both have the number %s", first)
	}
	s.Reset()
	if third := number(); third != first {
		t.Errorf("after a reset it is %s", third)
	}
}

// Another profile has settings of its own, also when nothing else changes.
func TestSettingsFollowTheProfile(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV38))
	size := func() string {
		return mocktest.Send(s, "GET", "/api/2.0/files/settings?fields=maxVectorizationFileSize", "", "Authorization", "YOUR_API_KEY").Body.String()
	}
	before := size()
	if _, err := s.Change(func(p Portal) (Portal, error) { p.Profile = ProfileNext; return p, nil }); err != nil {
		t.Fatal(err)
	}
	if size() == before {
		t.Errorf("it is still %s", before)
	}
}
