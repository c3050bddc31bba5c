package mockserver

import (
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strconv"
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
func (s *Server) ChangeUser(id string, change func(*User)) (User, error) {
	return userRecord.change(s, id, infallibly(change))
}

// RemoveUser removes a user, until Reset, with the user's API keys and memberships, and says whether there was one. What the
// user created stays, created by nobody.
func (s *Server) RemoveUser(id string) bool { return userRecord.remove(s, id) }

// AddAPIKey adds an API key, until Reset, and answers what was left out: a key is minted like a portal's own. The error is a
// [*PortalError].
func (s *Server) AddAPIKey(k APIKey) (APIKey, error) {
	if k.Key == "" {
		var digits [32]byte
		_, _ = rand.Read(digits[:])
		k.Key = apiKeyPrefix + hex.EncodeToString(digits[:])
	}
	return apiKeyRecord.add(s, func(*Portal) APIKey { return k })
}

// APIKey is this API key. The error is a [*NotFoundError].
func (s *Server) APIKey(key string) (APIKey, error) { return apiKeyRecord.get(s, key) }

// ChangeAPIKey changes everything but the key itself, until Reset, and answers the API key. change must not call the Server.
// The error is a [*NotFoundError] or a [*PortalError], and changes nothing.
func (s *Server) ChangeAPIKey(key string, change func(*APIKey)) (APIKey, error) {
	return apiKeyRecord.change(s, key, infallibly(change))
}

// RemoveAPIKey removes an API key, until Reset, and says whether there was one.
func (s *Server) RemoveAPIKey(key string) bool { return apiKeyRecord.remove(s, key) }

// AddEntry adds a room, folder or file, until Reset, and answers what was left out: an id is a number that is not taken. The
// error is a [*PortalError].
func (s *Server) AddEntry(e Entry) (Entry, error) {
	return entryRecord.add(s, func(p *Portal) Entry {
		if e.ID == "" {
			e.ID = p.freeEntryID()
		}
		return e
	})
}

// Entry is the entry with this id. The error is a [*NotFoundError].
func (s *Server) Entry(id string) (Entry, error) { return entryRecord.get(s, id) }

// ChangeEntry changes everything but the id of an entry, such as its section, until Reset, and answers the entry. change must
// not call the Server. The error is a [*NotFoundError] or a [*PortalError], and changes nothing.
func (s *Server) ChangeEntry(id string, change func(*Entry)) (Entry, error) {
	return entryRecord.change(s, id, infallibly(change))
}

// RemoveEntry removes an entry, until Reset, and says whether there was one. Links to it stay, and are answered as those of a
// deleted entry.
func (s *Server) RemoveEntry(id string) bool { return entryRecord.remove(s, id) }

// AddLink adds a link, until Reset, and answers what was left out. The error is a [*PortalError].
func (s *Server) AddLink(l Link) (Link, error) {
	return linkRecord.add(s, func(*Portal) Link { return l })
}

// Link is the link with this id. The error is a [*NotFoundError].
func (s *Server) Link(id string) (Link, error) { return linkRecord.get(s, id) }

// ChangeLink changes everything but the id of a link, until Reset, and answers the link. change must not call the Server. The
// error is a [*NotFoundError] or a [*PortalError], and changes nothing.
func (s *Server) ChangeLink(id string, change func(*Link)) (Link, error) {
	return linkRecord.change(s, id, infallibly(change))
}

// RemoveLink removes a link, until Reset, and says whether there was one.
func (s *Server) RemoveLink(id string) bool { return linkRecord.remove(s, id) }

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

// freeEntryID is the number after the largest one, as a portal counts them.
func (p *Portal) freeEntryID() string {
	var largest int32
	for _, e := range p.Entries {
		if n, err := strconv.ParseInt(e.ID, 10, 32); err == nil {
			largest = max(largest, int32(n))
		}
	}
	for n := int64(largest) + 1; ; n++ {
		id := strconv.FormatInt(n, 10)
		if !slices.ContainsFunc(p.Entries, func(e Entry) bool { return e.ID == id }) {
			return id
		}
	}
}
