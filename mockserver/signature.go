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

// sign makes a signed text: base64url(base64(SHA256(json + secret)) + "?" + json), without padding (Signature.cs). For a GUID
// this is a share key of 111 characters. It is not encrypted: everybody can read the text.
func (s secret) sign(value string) string {
	payload := dotnet.Quote(value)
	return base64.RawURLEncoding.EncodeToString(append(append([]byte(s.digest(payload)), '?'), payload...))
}

func (s secret) digest(payload string) string {
	digest := sha256.Sum256(append([]byte(payload), s...))
	return base64.StdEncoding.EncodeToString(digest[:])
}

// verify reads the text that sign has signed. It returns false when the text was not signed with this secret. A payload ends
// at the first question mark, so that no text with one can be read (Signature.cs).
func (s secret) verify(signed string) (value string, ok bool) {
	raw, ok := dotnet.FromBase64URL(signed)
	if !ok {
		return "", false
	}
	parts := strings.Split(string(raw), "?")
	if len(parts) < 2 || !text.SameSecret(s.digest(parts[1]), parts[0]) {
		return "", false
	}
	return value, json.Unmarshal([]byte(parts[1]), &value) == nil
}

// mintKey makes the share key of a link, as a portal makes its requestToken.
func (s secret) mintKey(linkID string) string { return s.sign(linkID) }
