package mockserver

import (
	"encoding/json"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

var escapedSlashes = strings.NewReplacer("%2F", "/", "%2f", "/")

// withSlashes replaces the escapes of slashes.
func withSlashes(text string) string {
	if !strings.Contains(text, "%") {
		return text // most texts, and quickly
	}
	return escapedSlashes.Replace(text)
}

// shareToken is the content of a share key with a remembered password. The server signs this object as a text of JSON
// (ExternalShare.cs).
type shareToken struct {
	ID       string `json:"Id"`
	Password string `json:"Password"`
}

func (s secret) readToken(signed string) (shareToken, bool) {
	if signed == "" {
		return shareToken{}, false // most requests have none
	}
	payload, ok := s.verify(signed)
	var token shareToken
	if !ok || json.Unmarshal([]byte(payload), &token) != nil {
		return shareToken{}, false
	}
	return token, true
}

// findLink finds a link by its key. A key has two forms, and the second one contains the remembered password. Only the ID in it
// counts here (recorded: VE077).
func (s *state) findLink(secret secret, key string) *Link {
	if link := s.links[key]; link != nil {
		return link
	}
	// No key of a portal has a slash. The keys of a portal file may have some, and the server does not unescape them in a path.
	if link := s.links[withSlashes(key)]; link != nil {
		return link
	}
	payload, ok := secret.verify(key)
	if !ok {
		return nil
	}
	// The same signature can be written in other ways. A link whose key was changed has another one.
	if link := s.linksByID[dotnet.ToLower(payload)]; link != nil && link.Key == secret.mintKey(link.ID) {
		return link
	}
	if token, ok := secret.readToken(key); ok {
		return s.linksByID[dotnet.ToLower(token.ID)]
	}
	return nil
}
