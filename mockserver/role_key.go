package mockserver

import (
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// Key returns a text with which an app signs in as a user of this role: it sends the text as Authorization: Bearer …. It is
// an API key with all permissions, or else a token, of the first enabled user that has one. It is "" when no such user has
// one.
func (s *Server) Key(role Role) string {
	current := s.era().state.Load()
	now := s.Clock().Now()
	for _, u := range current.portal.Users {
		if u.Role != role || u.Disabled {
			continue
		}
		for _, k := range current.portal.APIKeys {
			if owner, _ := current.userOfAPIKey(k.Key, now); owner != nil && owner.ID == u.ID && k.unlimited() {
				return k.Key
			}
		}
		for _, token := range u.Tokens {
			// The portal takes the other tokens for an API key or an access token when they are sent as a Bearer.
			if !strings.HasPrefix(token, apiKeyPrefix) && !dotnet.IsJWT(token) {
				return token
			}
		}
	}
	return ""
}
