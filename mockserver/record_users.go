package mockserver

import (
	"crypto/rand"
	"slices"
	"strings"
)

// AddUser adds a user, until Reset, and answers what was left out. A user without tokens and password gets a token. The
// error is a [*PortalError].
func (s *Server) AddUser(u User) (User, error) {
	if len(u.Tokens) == 0 && u.Password == "" {
		u.Tokens = []string{rand.Text()}
	}
	return userRecord.add(s, func(*Portal) User { return u })
}

// User is the user with this id. The error is a [*NotFoundError].
func (s *Server) User(id string) (User, error) { return userRecord.get(s, id) }

// ChangeUser changes everything but the id of a user, until Reset, and answers the user. With another e-mail address the user
// keeps API keys, entries and memberships. change must not call the Server. The error is a [*NotFoundError] or a
// [*PortalError], and changes nothing.
func (s *Server) ChangeUser(id string, change func(*User) error) (User, error) {
	return userRecord.change(s, id, change)
}

// RemoveUser removes a user, until Reset, with the user's API keys and memberships, and says whether there was one. What the
// user created stays, created by nobody.
func (s *Server) RemoveUser(id string) bool { return userRecord.remove(s, id) }

// renameUser lets what leads to a user by e-mail address lead there still.
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
	for i := range p.Entries {
		rename(&p.Entries[i].CreatedBy)
		for j := range p.Entries[i].Members {
			rename(&p.Entries[i].Members[j])
		}
	}
}

// forgetUser removes what leads to a user.
func (p *Portal) forgetUser(gone User) {
	same := func(email string) bool { return strings.EqualFold(email, gone.Email) }
	p.APIKeys = slices.DeleteFunc(p.APIKeys, func(k APIKey) bool { return same(k.User) })
	for i := range p.Entries {
		e := &p.Entries[i]
		if same(e.CreatedBy) {
			e.CreatedBy = ""
		}
		e.Members = slices.DeleteFunc(e.Members, same)
	}
}
