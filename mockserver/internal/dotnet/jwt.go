package dotnet

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// The two compact forms of an access token (JwtConstants.cs, Microsoft.IdentityModel): signed, and encrypted.
var (
	signedJWT    = text.Pattern{Text: `^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$`}
	encryptedJWT = text.Pattern{Text: `^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`}
)

// clockSkew is how far the clocks of the portal and its identity service may be apart (JwtBearerAuthHandler.cs).
const clockSkew = 2 * time.Minute

// JWTError says why an access token cannot be read, as an exception of .NET with the hresult of an argument.
type JWTError struct {
	Class   string
	Message string
}

func (e *JWTError) Error() string { return e.Message }

const (
	hiddenPart   = "'[PII of type 'System.String' is hidden. For more details, see https://aka.ms/IdentityModel/PII.]'"
	malformedJWT = "IDX12709: CanReadToken() returned false. JWT is not well formed.\nThe token needs to be in JWS or JWE Compact Serialization Format. (JWS): 'EncodedHeader.EncodedPayload.EncodedSignature'. (JWE): 'EncodedProtectedHeader.EncodedEncryptedKey.EncodedInitializationVector.EncodedCiphertext.EncodedAuthenticationTag'."
)

// IsJWT says whether a text has the form of an access token, whatever is in it (JwtSecurityTokenHandler.cs: CanReadToken).
func IsJWT(text string) bool {
	switch strings.Count(text, ".") {
	case 2:
		return signedJWT.MatchString(text)
	case 4:
		return encryptedJWT.MatchString(text)
	default:
		return false
	}
}

// JWT has the claims of an access token. The signature has not been checked.
type JWT struct {
	claims map[string]json.RawMessage // nil when they are encrypted
}

// ReadJWT reads an access token. The error is a [*JWTError]. Its texts hide the token, as the server does unless it is told
// otherwise (JwtSecurityTokenHandler.cs: ReadJwtToken).
func ReadJWT(text string) (JWT, error) {
	if !IsJWT(text) {
		return JWT{}, &JWTError{"Microsoft.IdentityModel.Tokens.SecurityTokenMalformedException", malformedJWT}
	}
	parts := strings.Split(text, ".")
	if _, ok := readPart(parts[0]); !ok {
		return JWT{}, &JWTError{"System.ArgumentException", "IDX12729: Unable to decode the header " + hiddenPart + " as Base64Url encoded string."}
	}
	if len(parts) > 3 {
		return JWT{}, nil
	}
	claims, ok := readPart(parts[1])
	if !ok {
		return JWT{}, &JWTError{"System.ArgumentException", "IDX12723: Unable to decode the payload " + hiddenPart + " as Base64Url encoded string."}
	}
	return JWT{claims}, nil
}

// readPart reads a part of a token, which is an object.
func readPart(part string) (object map[string]json.RawMessage, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil || !utf8.Valid(raw) {
		return nil, false
	}
	err = json.NewDecoder(bytes.NewReader(raw)).Decode(&object)
	return object, err == nil && object != nil
}

// Subject is the GUID of the user, as ParseGUID writes it. ok is false when there is none.
func (t JWT) Subject() (guid string, ok bool) { return ParseGUID(t.text("sub")) }

// Issuer is who made the token.
func (t JWT) Issuer() string { return t.text("iss") }

// Audience is for whom the token was made.
func (t JWT) Audience() []string { return t.texts("aud") }

// Scopes are what the token allows. A text is one scope, also when it has blanks, and the name of the claim has any letter case
// (ScopesAuthorizationHandler.cs).
func (t JWT) Scopes() []string {
	var scopes []string
	for name := range t.claims {
		if EqualFold(name, "scope") {
			scopes = append(scopes, t.texts(name)...)
		}
	}
	return scopes
}

// Lasts says whether the token has begun and has not ended. A token that never ends does not count (JwtBearerAuthHandler.cs:
// RequireExpirationTime).
func (t JWT) Lasts(now time.Time) bool {
	ends, ok := t.time("exp")
	if !ok || ends.Before(now.Add(-clockSkew)) {
		return false
	}
	begins, ok := t.time("nbf")
	return !ok || !begins.After(ends) && !begins.After(now.Add(clockSkew))
}

// time is the time in a claim: seconds since 1970, which .NET cuts to whole ones.
func (t JWT) time(name string) (at time.Time, ok bool) {
	var seconds *float64
	if json.Unmarshal(t.claims[name], &seconds) != nil || seconds == nil {
		return time.Time{}, false
	}
	const last = 253402300799 // the last second that .NET has, of the year 9999
	return time.Unix(int64(math.Max(0, math.Min(*seconds, last))), 0), true
}

func (t JWT) text(name string) string {
	var text string
	if json.Unmarshal(t.claims[name], &text) != nil {
		return ""
	}
	return text
}

// texts are the text of a claim, or the texts in its list.
func (t JWT) texts(name string) []string {
	if text := t.text(name); text != "" {
		return []string{text}
	}
	var list []any
	if json.Unmarshal(t.claims[name], &list) != nil {
		return nil
	}
	var texts []string
	for _, item := range list {
		if text, ok := item.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}
