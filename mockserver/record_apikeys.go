package mockserver

import (
	"crypto/rand"
	"encoding/hex"
)

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
func (s *Server) ChangeAPIKey(key string, change func(*APIKey) error) (APIKey, error) {
	return apiKeyRecord.change(s, key, change)
}

// RemoveAPIKey removes an API key, until Reset, and says whether there was one.
func (s *Server) RemoveAPIKey(key string) bool { return apiKeyRecord.remove(s, key) }
