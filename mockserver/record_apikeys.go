package mockserver

import (
	"crypto/rand"
	"encoding/hex"
)

var apiKeyRecords = records[APIKey]{
	kind: "API key", path: "apiKeys", idName: "key", sameID: sameExactly,
	list: func(p *Portal) *[]APIKey { return &p.APIKeys }, id: func(k *APIKey) *string { return &k.Key },
}

// AddAPIKey adds an API key until Reset, and returns it. A key that k leaves out is made as a real portal makes it: sk- and 64
// hexadecimal digits. The error is a [*PortalError], and nothing changes then.
func (s *Server) AddAPIKey(k APIKey) (APIKey, error) {
	if k.Key == "" {
		var digits [32]byte
		_, _ = rand.Read(digits[:])
		k.Key = apiKeyPrefix + hex.EncodeToString(digits[:])
	}
	return apiKeyRecords.add(s, func(*Portal) APIKey { return k })
}

// APIKey returns the API key with this text. The error is a [*NotFoundError].
func (s *Server) APIKey(key string) (APIKey, error) { return apiKeyRecords.get(s, key) }

// ChangeAPIKey changes an API key until Reset, and returns the changed one. change can set every field except Key, and must not
// call the Server.
//
// change may fail: ChangeAPIKey then returns its error. Other errors are a [*NotFoundError] or a [*PortalError]. Nothing
// changes when there is an error.
func (s *Server) ChangeAPIKey(key string, change func(*APIKey) error) (APIKey, error) {
	return apiKeyRecords.change(s, key, change)
}

// RemoveAPIKey removes an API key until Reset. The result is false when there is no such key.
func (s *Server) RemoveAPIKey(key string) bool { return apiKeyRecords.remove(s, key) }
