package mockserver

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// secret is the key with which a portal signs share keys, cookies and sessions. On a real portal it is the installation's
// docDbKey.
type secret []byte

// sign makes a signed text from v: base64url(base64(SHA256(json(v) + secret)) + "?" + json(v)), without padding (Signature.cs).
// For a GUID this is a share key of 111 characters. It is not encrypted: everybody can read v.
func (s secret) sign(v any) string {
	payload := string(dotnet.AppendJSON(nil, v))
	digest := sha256.Sum256(append([]byte(payload), s...))
	return base64.RawURLEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString(digest[:]) + "?" + payload))
}

// verify reads v from a text that sign has made. It returns false when the text was not signed with this secret.
func (s secret) verify(signed string, v any) bool {
	raw, err := base64.RawURLEncoding.DecodeString(signed)
	if err != nil {
		return false
	}
	_, payload, found := strings.Cut(string(raw), "?")
	if !found || json.Unmarshal([]byte(payload), v) != nil {
		return false
	}
	return text.SameSecret(s.sign(v), signed)
}

// mintKey makes the share key of a link, as a portal makes its requestToken.
func (s secret) mintKey(linkID string) string { return s.sign(linkID) }
