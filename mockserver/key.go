package mockserver

import (
	"strings"
)

// Key is what the first enabled user of a role can send as Authorization: Bearer …, an API key with every permission or
// else a token; "" when there is none.
func (s *Server) Key(role Role) string {
	current := s.current.Load()
	for _, u := range current.portal.Users {
		if u.Role != role || u.Disabled {
			continue
		}
		for _, k := range current.portal.APIKeys {
			if owner, _ := current.userOfAPIKey(k.Key, s.clock.Now()); owner != nil && owner.ID == u.ID && k.unlimited() {
				return k.Key
			}
		}
		for _, token := range u.Tokens {
			// As a Bearer the others would be taken for something else.
			if !strings.HasPrefix(token, apiKeyPrefix) && !isJWT(token) {
				return token
			}
		}
	}
	return ""
}
