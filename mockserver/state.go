package mockserver

import (
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

	usersByEmail, usersByToken, usersByID map[string]*User
	apiKeys                               map[string]*APIKey
	entries                               entryNames
	links, linksByID                      map[string]*Link
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
		links:        make(map[string]*Link, len(p.Links)),
		linksByID:    make(map[string]*Link, len(p.Links)),
		secrets:      sync.OnceValue(func() *secrets { return newSecrets(&p) }),
	}
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
	for i := range p.Links {
		s.links[p.Links[i].Key] = &p.Links[i]
		s.linksByID[p.Links[i].ID] = &p.Links[i]
	}
	return s
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

// withPassword is a copy of s in which a link has another password.
func (s *state) withPassword(linkID, password string) *state {
	p := s.portal.clone()
	for i := range p.Links {
		if p.Links[i].ID == linkID {
			p.Links[i].Password = password
		}
	}
	next := newState(p)
	next.settings = s.settings
	return next
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
