package mockserver

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
)

// readableJWT is the form of an access token (JwtBearerAuthHandler.cs: a token that can be read).
var readableJWT = regexp.MustCompile(`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$`)

// jwt signs in the user whom the subject of an OAuth access token names. The fake has no identity service, so it does not
// check the signature. The server throws an exception when the subject is missing or no GUID (JwtBearerAuthHandler.cs).
func (c *call) jwt(token string) error {
	claims, _ := readClaims(token)
	var sub string
	if json.Unmarshal(claims.Sub, &sub) != nil || !guid.MatchString(sub) {
		return &exception{status: http.StatusUnauthorized, message: "Claim 'sub' is not present in JWT"}
	}
	var expiry float64
	if json.Unmarshal(claims.Expiry, &expiry) == nil && float64(c.started.Unix()) >= expiry {
		return nil
	}
	// OAuth 2.0: a text has scopes between blanks. How the server reads such a text was not traced.
	var scopes []string
	var text string
	if json.Unmarshal(claims.Scope, &text) == nil {
		scopes = strings.Fields(text)
	} else if json.Unmarshal(claims.Scope, &scopes) != nil {
		scopes = nil
	}
	c.signIn(c.state.usersByID[strings.ToLower(sub)], scopes...)
	return nil
}

type claims struct {
	Sub    json.RawMessage `json:"sub"`
	Expiry json.RawMessage `json:"exp"`
	Scope  json.RawMessage `json:"scope"`
}

func readClaims(token string) (c claims, readable bool) {
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	readable = err == nil && json.Unmarshal(payload, &c) == nil
	return c, readable
}

// isJWT says whether the server takes a Bearer for an access token. It must have three parts, and the second one must have
// claims.
func isJWT(token string) bool {
	if !readableJWT.MatchString(token) {
		return false
	}
	_, readable := readClaims(token)
	return readable
}

var guid = regexp.MustCompile(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
