package mockserver

import (
	"fmt"
	"unicode/utf8"
)

// These bound what one portal keeps, whichever way it comes in: portal file, state file, control API, Go or calls.
const (
	maxRecords     = 10_000  // users, API keys, entries and links together
	maxTexts       = 6 << 20 // bytes of all texts in them as JSON, each with textCost
	maxTokens      = 100     // of a user
	maxPermissions = 100     // of an API key
	maxMembers     = 1000    // of an entry
	maxKeySet      = 64 << 10
	maxText        = 255 // characters of a text

	// textCost is what a text takes in a file beside itself: its name, quotes, indentation and line end.
	textCost = 32
)

// records is how many users, API keys, entries and links p has.
func (p *Portal) records() int { return len(p.Users) + len(p.APIKeys) + len(p.Entries) + len(p.Links) }

// tooManyRecords says that a portal would have n records.
func tooManyRecords(n int) string {
	return fmt.Sprintf("the portal would have %d users, API keys, entries and links, and at most %d are possible: remove some", n, maxRecords)
}

// texts is how many bytes the texts of p take.
func (p *Portal) texts() int {
	n := 0
	for i := range p.Users {
		u := &p.Users[i]
		n += sizeOf(u.ID, u.Email, string(u.Role), u.FirstName, u.LastName, u.Password, u.Culture) + sizeOf(u.Tokens...)
	}
	for i := range p.APIKeys {
		k := &p.APIKeys[i]
		n += sizeOf(k.Key, k.User, "") + sizeOf(k.Permissions...)
	}
	for i := range p.Entries {
		e := &p.Entries[i]
		n += sizeOf(e.ID, e.Title, string(e.Type), e.Parent, string(e.Section), e.CreatedBy)
		for _, m := range e.Members {
			n += sizeOf(m.User) + textCost // a member is read as an object, also when only its user is there
			if m.Access != 0 {
				n += textCost
			}
		}
	}
	return n + textsOfSessions(p.Sessions) + textsOfLinks(p.Links)
}

func textsOfSessions(sessions []Session) int {
	n := 0
	for i := range sessions {
		n += sizeOf(sessions[i].Token, sessions[i].User, "")
	}
	return n
}

func textsOfLinks(links []Link) int {
	n := 0
	for i := range links {
		l := &links[i]
		n += sizeOf(l.Key, l.ID, l.Entry, l.Password, l.Title, "")
	}
	return n
}

// changeOfTexts is by how many bytes the texts of links become larger. Most of the links are the same.
func changeOfTexts(before, after []Link) int {
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after = before[1:], after[1:]
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	return textsOfLinks(after) - textsOfLinks(before)
}

// sizeOf is how many bytes texts take in a file, at most: in JSON some characters are longer than in memory.
func sizeOf(texts ...string) int {
	n := textCost * len(texts)
	for _, text := range texts {
		for i := range len(text) {
			n += int(sizeInJSON[text[i]])
		}
	}
	return n
}

var sizeInJSON = func() (sizes [256]uint8) {
	for b := range sizes {
		switch {
		case b < ' ', b == '<', b == '>', b == '&':
			sizes[b] = 6 // such as \u003c
		case b == '"', b == '\\':
			sizes[b] = 2
		case b >= utf8.RuneSelf:
			sizes[b] = 3 // two of them can become \u0080
		default:
			sizes[b] = 1
		}
	}
	return sizes
}()

// checkSize refuses a portal that has more than it may have.
func (c *checker) checkSize() {
	p := c.portal
	n := 0
	for _, list := range []struct {
		path string
		has  int
	}{{"users", len(p.Users)}, {"apiKeys", len(p.APIKeys)}, {"entries", len(p.Entries)}, {"links", len(p.Links)}} {
		if n += list.has; n > maxRecords {
			c.fail(list.path, "%s", tooManyRecords(p.records()))
		}
	}
	c.most(len(p.Sessions), maxSessions, "sessions")
	for i := range p.Users {
		c.most(len(p.Users[i].Tokens), maxTokens, fmt.Sprintf("users[%d].tokens", i))
	}
	for i := range p.APIKeys {
		c.most(len(p.APIKeys[i].Permissions), maxPermissions, fmt.Sprintf("apiKeys[%d].permissions", i))
	}
	for i := range p.Entries {
		c.most(len(p.Entries[i].Members), maxMembers, fmt.Sprintf("entries[%d].members", i))
	}
	if p.Identity != nil && len(p.Identity.JWKS) > maxKeySet {
		c.fail("identity.jwks", "has %d bytes, at most %d are possible", len(p.Identity.JWKS), maxKeySet)
	}
}

// checkTexts refuses a portal whose texts are larger than they may be together. IDs and keys have been made by then.
func (c *checker) checkTexts() {
	if texts := c.portal.texts(); texts > maxTexts {
		c.fail("texts", "take %d bytes, at most %d are possible: shorten or remove some", texts, maxTexts)
	}
}

func (c *checker) most(has, most int, at string) {
	if has > most {
		c.fail(at, "has %d items, at most %d are possible", has, most)
	}
}

// full says why a call cannot add so many records to s, "" when it can.
func (c *call) full(s *state, adds int) string {
	err := c.memory()
	c.memory = func() error { return err } // all profiles and attempts decide alike, and to ask may take time
	if err != nil {
		return "mock-docspace: " + err.Error()
	}
	if s.portal.records()+adds > maxRecords {
		return fmt.Sprintf("mock-docspace keeps at most %d users, API keys, entries and links in a portal: remove some", maxRecords)
	}
	return ""
}
