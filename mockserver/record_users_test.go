package mockserver

import (
	"fmt"
	"strings"
	"testing"
)

// What leads to a user by e-mail address follows the user, and goes with the user.
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
	if got := fmt.Sprint(s.State().Entries[0].Members); got != "[renamed@example.com]" {
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
