package mockserver

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// secret is what a portal signs its keys with, as the installation's docDbKey does on a real one.
type secret []byte

// sign makes a signed text of v: base64url(base64(SHA256(json(v) + secret)) + "?" + json(v)), without padding
// (Signature.cs). For a GUID that is a share key of 111 characters. It hides nothing: v can be read out of it.
func (s secret) sign(v any) string {
	text := string(appendJSON(nil, v))
	digest := sha256.Sum256(append([]byte(text), s...))
	return base64.RawURLEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString(digest[:]) + "?" + text))
}

// verify reads what sign wrote, and says whether it was signed with this secret.
func (s secret) verify(signed string, v any) bool {
	raw, err := base64.RawURLEncoding.DecodeString(signed)
	if err != nil {
		return false
	}
	_, text, found := strings.Cut(string(raw), "?")
	if !found || json.Unmarshal([]byte(text), v) != nil {
		return false
	}
	return sameText(s.sign(v), signed)
}

// passwordKey is the value of the cookie that remembers a right password (ExternalShare.cs).
func (s secret) passwordKey(password string) string { return s.sign(password) }

// shareToken is what a share key can carry beside the link: the remembered password. The server puts this object into
// a JSON text (ExternalShare.cs).
type shareToken struct {
	ID       string `json:"Id"`
	Password string `json:"Password"`
}

func (s secret) tokenWithPassword(linkID, passwordKey string) string {
	return s.sign(string(appendJSON(nil, shareToken{linkID, passwordKey})))
}

func (s secret) readToken(signed string) (shareToken, bool) {
	var text string
	var token shareToken
	if !s.verify(signed, &text) || json.Unmarshal([]byte(text), &token) != nil {
		return shareToken{}, false
	}
	return token, true
}

// sameText compares in a time that tells nothing about where the texts differ.
func sameText(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
