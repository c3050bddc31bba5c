package mockserver

import (
	"encoding/json"
	"strings"
)

var escapedSlashes = strings.NewReplacer("%2F", "/", "%2f", "/")

// shareToken is the content of a share key with a remembered password. The server signs this object as a text of JSON
// (ExternalShare.cs).
type shareToken struct {
	ID       string `json:"Id"`
	Password string `json:"Password"`
}

func (s secret) readToken(signed string) (shareToken, bool) {
	var payload string
	var token shareToken
	if !s.verify(signed, &payload) || json.Unmarshal([]byte(payload), &token) != nil {
		return shareToken{}, false
	}
	return token, true
}

// findLink finds a link by its key. A key has two forms, and the second one contains the remembered password.
func (s *state) findLink(secret secret, key string) *Link {
	if link := s.links[key]; link != nil {
		return link
	}
	// No key of a portal has a slash. The keys of a portal file may have some, and the server does not unescape them in a path.
	if link := s.links[escapedSlashes.Replace(key)]; link != nil {
		return link
	}
	if token, ok := secret.readToken(key); ok {
		return s.linksByID[token.ID]
	}
	return nil
}
