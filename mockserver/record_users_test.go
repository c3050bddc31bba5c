package mockserver

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// API keys, entries and memberships name their user by e-mail address: they follow the user to another one, and go with the user.
func TestUserReferences(t *testing.T) {
	s := newServer(t)
	user := s.State().Users[2]
	key := s.Key(RoleUser)
	if _, err := s.ChangeUser(user.ID, func(u *User) error { u.Email = "renamed@example.com"; return nil }); err != nil {
		t.Fatal(err)
	}
	if k, err := s.APIKey(key); err != nil || k.User != "renamed@example.com" || s.Key(RoleUser) != key {
		t.Error(k, err)
	}
	if got := fmt.Sprint(s.State().Entries[0].Members); got != "[{renamed@example.com 0}]" {
		t.Errorf("got %s", got)
	}
	owner := s.State().Users[0]
	if !s.RemoveUser(user.ID) || !s.RemoveUser(strings.ToUpper(owner.ID)) {
		t.Error("a user is not removed")
	}
	p := s.State()
	if len(p.Users) != 2 || len(p.APIKeys) != 2 || len(p.Entries[0].Members) != 0 || p.Entries[0].CreatedBy != "" {
		t.Errorf("got %+v", p)
	}
	s.Reset()
	if got := len(s.State().Users); got != 4 {
		t.Errorf("%d users after Reset", got)
	}
}

func TestUsers(t *testing.T) {
	s := newServer(t)
	u, err := s.AddUser(User{Email: "second@example.com", Role: RoleDocSpaceAdmin})
	if err != nil || len(u.Tokens) != 1 || !guid.MatchString(u.ID) {
		t.Fatalf("got %+v, %v", u, err)
	}
	if w := mocktest.Send(s, "PUT", mocktest.SocialPath, `{"set":false}`, "Authorization", "Bearer "+u.Tokens[0]); w.Code != 200 {
		t.Errorf("the new user: %d", w.Code)
	}
	if u, err := s.AddUser(User{Email: "third@example.com", Role: RoleUser, Password: "x"}); err != nil || len(u.Tokens) != 0 {
		t.Errorf("a user with a password gets tokens: %+v, %v", u, err)
	}
	changed, err := s.ChangeUser(strings.ToUpper(u.ID), func(u *User) error { u.Role, u.Disabled = RoleUser, true; return nil })
	if err != nil || changed.Role != RoleUser || !changed.Disabled {
		t.Errorf("got %+v, %v", changed, err)
	}
	if got, err := s.User(u.ID); err != nil || got.Email != "second@example.com" || !got.Disabled {
		t.Errorf("got %+v, %v", got, err)
	}
	if !s.RemoveUser(u.ID) || s.RemoveUser(u.ID) || s.RemoveUser("second@example.com") || len(s.State().Users) != 5 {
		t.Errorf("left: %+v", s.State().Users)
	}
}

// An e-mail address in other letters is the same one.
func TestRenameUser(t *testing.T) {
	p := Portal{APIKeys: []APIKey{{User: "A@x"}, {User: "b@x"}}, Entries: []Entry{{CreatedBy: "a@X", Members: []Member{{User: "b@x"}, {User: "A@X"}}}}}
	p.renameUser(User{Email: "a@x"}, User{Email: "new@x"})
	if p.APIKeys[0].User != "new@x" || p.APIKeys[1].User != "b@x" || p.Entries[0].CreatedBy != "new@x" || !slices.Equal(p.Entries[0].Members, []Member{{User: "b@x"}, {User: "new@x"}}) {
		t.Errorf("got %+v", p)
	}
	p.forgetUser(User{Email: "NEW@x"})
	if len(p.APIKeys) != 1 || p.Entries[0].CreatedBy != "" || !slices.Equal(p.Entries[0].Members, []Member{{User: "b@x"}}) {
		t.Errorf("got %+v", p)
	}
}
