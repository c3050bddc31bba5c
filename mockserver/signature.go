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
	return base64.RawURLEncoding.EncodeToString([]byte(s.digest(payload) + "?" + payload))
}

func (s secret) digest(payload string) string {
	digest := sha256.Sum256(append([]byte(payload), s...))
	return base64.StdEncoding.EncodeToString(digest[:])
}

// verify reads the text that sign has signed. It returns false when the text was not signed with this secret. A payload ends
// at the first question mark, so that no text with one can be read (Signature.cs).
func (s secret) verify(signed string) (value string, ok bool) {
	raw, err := decodeBase64URL(signed)
	if err != nil {
		return "", false
	}
	parts := strings.Split(string(raw), "?")
	if len(parts) < 2 || !text.SameSecret(s.digest(parts[1]), parts[0]) {
		return "", false
	}
	return value, json.Unmarshal([]byte(parts[1]), &value) == nil
}

// decodeBase64URL decodes as .NET does: blanks are nothing, and padding may be there, as much of it as the length allows. The bits that
// the last letter has too many must be zero, so that no other letter stands for it (Base64UrlDecoder.cs (runtime); recorded: VD161,
// VD164, cK-K141 to cK-K143).
func decodeBase64URL(encoded string) ([]byte, error) {
	encoded = blanks.Replace(encoded)
	bare := strings.TrimRight(encoded, "=%")
	if padding := len(encoded) - len(bare); padding > 0 && padding > (4-len(bare)%4)%4 {
		return nil, base64.CorruptInputError(len(bare))
	}
	return base64.RawURLEncoding.Strict().DecodeString(bare)
}

var blanks = strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "")

// mintKey makes the share key of a link, as a portal makes its requestToken.
func (s secret) mintKey(linkID string) string { return s.sign(linkID) }
