package mockserver

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// state is the portal at one moment. It never changes. A change of the portal replaces it, so that readers need no lock.
type state struct {
	portal   Portal
	profile  *profile
	settings *settingsView

	usersByEmail, usersByID, usersByToken map[string]*User
	sessions                              map[string]*Session // by token
	apiKeys                               map[string]*APIKey
	entries                               entryNames
	lastEntry                             int32 // the largest number that an entry has had
	tree                                  entryTree
	texts                                 int              // bytes of all texts
	hashes                                *sync.Map        // of the users' passwords, each a func() string
	links, linksByID                      map[string]*Link // without invitations, which open nothing
	linksByEntry                          map[*Entry][]*Link
	signingKeys                           []jose.JSONWebKey // of the identity service

	secrets func() *secrets // made at the first call
}

// newState makes the state of a portal that complete has checked.
func newState(p Portal) *state {
	profile, _ := profileByName(p.Profile)
	s := &state{
		portal:       p,
		profile:      profile,
		settings:     newSettingsView(profile, *p.Settings),
		usersByEmail: make(map[string]*User, len(p.Users)),
		usersByToken: make(map[string]*User, len(p.Users)),
		usersByID:    make(map[string]*User, len(p.Users)),
		apiKeys:      make(map[string]*APIKey, len(p.APIKeys)),
		entries:      nameEntries(p.Entries),
		lastEntry:    largestID(p.Entries),
		hashes:       &sync.Map{},
		texts:        p.texts(),
	}
	s.tree = s.entries.plant(p.Entries)
	s.nameLinks()
	s.nameSessions()
	for i := range p.Users {
		u := &p.Users[i]
		s.usersByEmail[strings.ToLower(u.Email)] = u
		s.usersByID[u.ID] = u
		for _, token := range u.Tokens {
			s.usersByToken[portalToken(token)] = u
		}
	}
	if p.Identity != nil {
		s.signingKeys, _ = signingKeys(p.Identity.JWKS) // complete has read them
	}
	for i := range p.APIKeys {
		s.apiKeys[p.APIKeys[i].Key] = &p.APIKeys[i]
	}
	return s
}

// nameLinks finds the links of the portal by their names and entries.
func (s *state) nameLinks() {
	p := s.portal
	s.links, s.linksByID = make(map[string]*Link, len(p.Links)), make(map[string]*Link, len(p.Links))
	s.linksByEntry = make(map[*Entry][]*Link, len(p.Links))
	for i := range p.Links {
		l := &p.Links[i]
		if !l.Invitation {
			s.links[l.Key], s.linksByID[l.ID] = l, l
		}
		if e := s.entries.find(l.Entry); e != nil {
			s.linksByEntry[e] = append(s.linksByEntry[e], l)
		}
	}
	s.learnSecrets()
}

func (s *state) learnSecrets() {
	p := s.portal
	s.secrets = sync.OnceValue(func() *secrets { return newSecrets(&p) })
}

// with is s with another portal of the same installation, as a call leaves it.
func (s *state) with(p Portal) *state {
	next := newState(p)
	next.hashes, next.lastEntry = s.hashes, max(next.lastEntry, s.lastEntry)
	if *p.Settings == *s.portal.Settings {
		next.settings = s.settings // it may be encoded already
	}
	return next
}

// withSettings is a copy of s with other switches, or s itself when they are the same.
func (s *state) withSettings(settings Settings) *state {
	if settings == *s.portal.Settings {
		return s
	}
	next := *s
	next.portal.Settings = &settings
	next.settings = newSettingsView(s.profile, settings)
	return &next
}

// withLinks is a copy of s with other links.
func (s *state) withLinks(links []Link) *state {
	next := *s
	next.texts += changeOfTexts(s.portal.Links, links)
	next.portal.Links = links
	next.nameLinks()
	return &next
}

// withCulture is a copy of s in which a user has another language.
func (s *state) withCulture(id, culture string) *state {
	p := s.portal.clone()
	for i := range p.Users {
		if p.Users[i].ID == id {
			p.Users[i].Culture = culture
		}
	}
	return s.with(p)
}

// withPassword is a copy of s in which a link has another password.
func (s *state) withPassword(linkID, password string) *state {
	links := slices.Clone(s.portal.Links)
	for i := range links {
		if links[i].ID == linkID {
			links[i].Password = password
		}
	}
	return s.withLinks(links)
}

// withPrimaryRevoked is a copy of s in which an entry remembers that its primary link was revoked.
func (s *state) withPrimaryRevoked(e *Entry) *state {
	p := s.portal.clone()
	for i := range p.Entries {
		if p.Entries[i].fullName() == e.fullName() {
			p.Entries[i].PrimaryRevoked = true
		}
	}
	return s.with(p)
}

// userOfAPIKey finds the user of an API key. Unknown, inactive and expired keys, and keys of disabled users, all have none
// (ApiKeysDbContext.cs).
func (s *state) userOfAPIKey(key string, now time.Time) (*User, *APIKey) {
	k, ok := s.apiKeys[key]
	if !ok || (k.Active != nil && !*k.Active) || (!k.Expires.IsZero() && !k.Expires.After(now)) {
		return nil, nil
	}
	u := s.usersByEmail[strings.ToLower(k.User)]
	if u == nil || u.Disabled {
		return nil, nil
	}
	return u, k
}
