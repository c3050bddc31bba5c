package mockserver

import (
	"crypto/rand"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

var userRecords = records[User]{
	kind: "user", path: "users", idName: "id", sameID: dotnet.EqualFold,
	list: func(p *Portal) *[]User { return &p.Users }, id: func(u *User) *string { return &u.ID },
	changed: (*Portal).renameUser, removed: (*Portal).forgetUser,
}

// AddUser adds a user until Reset. The result has the fields that u leaves out: a new ID, and a new token when u has neither
// tokens nor a password. The error is a [*PortalError], and nothing changes then.
func (s *Server) AddUser(u User) (User, error) {
	if len(u.Tokens) == 0 && u.Password == "" {
		u.Tokens = []string{rand.Text()}
	}
	return userRecords.add(s, func(*Portal) User { return u })
}

// User returns the user with this ID, in any letter case. The error is a [*NotFoundError].
func (s *Server) User(id string) (User, error) { return userRecords.get(s, id) }

// ChangeUser changes a user until Reset, and returns the changed user. change can set every field except ID, and must not call
// the Server. A user with a new e-mail address keeps API keys, entries and memberships.
//
// change may fail: ChangeUser then returns its error. Other errors are a [*NotFoundError] or a [*PortalError]. Nothing changes
// when there is an error.
func (s *Server) ChangeUser(id string, change func(*User) error) (User, error) {
	return userRecords.change(s, id, change)
}

// RemoveUser removes a user until Reset, together with the user's API keys, sessions and memberships. The user's entries stay, and their
// CreatedBy becomes empty. The result is false when there is no such user.
func (s *Server) RemoveUser(id string) bool { return userRecords.remove(s, id) }

// renameUser writes the new e-mail address of a user wherever the portal names the user by the old one.
func (p *Portal) renameUser(before, after User) {
	if before.Email == after.Email {
		return
	}
	rename := func(email *string) {
		if strings.EqualFold(*email, before.Email) {
			*email = after.Email
		}
	}
	for i := range p.APIKeys {
		rename(&p.APIKeys[i].User)
	}
	for i := range p.Sessions {
		rename(&p.Sessions[i].User)
	}
	for i := range p.Entries {
		rename(&p.Entries[i].CreatedBy)
		for j := range p.Entries[i].Members {
			rename(&p.Entries[i].Members[j].User)
		}
	}
}

// forgetUser removes a user's API keys, sessions and memberships, and the user's name from entries.
func (p *Portal) forgetUser(gone User) {
	same := func(email string) bool { return strings.EqualFold(email, gone.Email) }
	p.APIKeys = slices.DeleteFunc(p.APIKeys, func(k APIKey) bool { return same(k.User) })
	p.Sessions = slices.DeleteFunc(p.Sessions, func(s Session) bool { return same(s.User) })
	for i := range p.Entries {
		e := &p.Entries[i]
		if same(e.CreatedBy) {
			e.CreatedBy = ""
		}
		e.Members = slices.DeleteFunc(e.Members, func(m Member) bool { return same(m.User) })
	}
}
