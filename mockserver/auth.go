package mockserver

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

const (
	apiKeyPrefix = "sk-"
	// Scopes that allow everything (AuthConstants.cs).
	scopeRead, scopeWrite = "*:read", "*:write"
)

// authenticate finds out who is calling. The scheme follows from the Authorization header (BaseStartup.cs); credentials
// that are no good leave the caller anonymous, it is authorize that refuses.
func (s *Server) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := callFrom(c.Request().Context()).identify(c.Response().Header()); err != nil {
			return err
		}
		return next(c)
	}
}

// identify finds out who is calling, and adds to the header of the answer what that alone brings about.
func (c *call) identify(answer http.Header) error {
	header := c.request.Header.Get(echo.HeaderAuthorization)
	token, isBearer := strings.CutPrefix(header, "Bearer ")
	switch {
	case strings.HasPrefix(header, "Basic "):
		answer.Set(echo.HeaderWWWAuthenticate, "Basic")
		return c.basic(strings.TrimPrefix(header, "Basic "))
	case isBearer && isJWT(token):
		return c.jwt(token)
	case isBearer && strings.HasPrefix(token, apiKeyPrefix):
		c.apiKey = true
		c.useAPIKey(token)
	default:
		c.session(answer, token, header)
	}
	return nil
}

// signIn makes an enabled user the caller.
func (c *call) signIn(u *User, scopes ...string) bool {
	if u == nil || u.Disabled {
		return false
	}
	c.caller, c.scopes = u, scopes
	return true
}

// session takes the portal token of the cookie, or else of the Authorization header with or without "Bearer ". A failure
// deletes the cookies it came with (CookieAuthHandler.cs).
func (c *call) session(answer http.Header, bearer, header string) {
	r, token := c.request, header
	if bearer != "" {
		token = bearer
	}
	if cookie, err := r.Cookie("asc_auth_key"); err == nil && cookie.Value != "" {
		token = cookie.Value
	}
	if c.signIn(c.state.usersByToken[token], scopeWrite) {
		return
	}
	for _, name := range []string{"asc_auth_key", "socketio.sid"} {
		if _, err := r.Cookie(name); err == nil {
			answer.Add(echo.HeaderSetCookie, deletedCookie(name, c.cookiePath))
		}
	}
}

// useAPIKey acts as the key's creator, within the key's permissions (ApiKeyBearerAuthHandler.cs).
func (c *call) useAPIKey(key string) {
	u, k := c.state.userOfAPIKey(key, c.started)
	if u == nil {
		return
	}
	scopes := k.Permissions
	if k.unlimited() {
		scopes = []string{scopeWrite}
	}
	c.signIn(u, scopes...)
}

// basic takes e-mail address and password. What cannot be read at all is thrown outside of the handler's try, and so
// ends as a 500 (BasicAuthHandler.cs).
func (c *call) basic(payload string) error {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(payload))
	if err != nil {
		return &exception{
			status: http.StatusInternalServerError, class: "System.FormatException", hresult: -2146233033, traced: true,
			message: "The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.",
			method:  "ASC.Api.Core.Auth.BasicAuthHandler.HandleAuthenticateAsync()",
		}
	}
	email, password, found := strings.Cut(string(raw), ":")
	if !found {
		return &exception{
			status: http.StatusInternalServerError, class: "System.IndexOutOfRangeException", hresult: -2146233080, traced: true,
			message: "Index was outside the bounds of the array.",
			method:  "ASC.Api.Core.Auth.BasicAuthHandler.HandleAuthenticateAsync()",
		}
	}
	u := c.state.usersByEmail[strings.ToLower(email)]
	if u != nil && u.Password != "" && sameText(password, u.Password) {
		c.signIn(u, scopeWrite)
	}
	return nil
}

// readableJWT is what the server takes for an access token (JwtBearerAuthHandler.cs: a token that can be read).
var readableJWT = regexp.MustCompile(`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$`)

// jwt takes an OAuth access token. The fake cannot check its signature, since it has no identity service: whoever the
// subject names is the caller. Without a subject that is a GUID the server throws (JwtBearerAuthHandler.cs).
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
	// How the scopes of a text with blanks are read was not traced; this is what OAuth 2.0 says of them.
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

// isJWT says whether the server takes a Bearer for an access token: three parts, and claims in the second.
func isJWT(token string) bool {
	if !readableJWT.MatchString(token) {
		return false
	}
	_, readable := readClaims(token)
	return readable
}

var guid = regexp.MustCompile(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// admission is whether a call may be made at all.
type admission int

const (
	admitted         admission = iota
	unauthorized               // 401, the middleware's challenge
	forbidden                  // 403 without a body, the middleware's
	forbiddenProblem           // 403 as a bare problem, the resource filter's
)

// admission decides by credentials and scopes (AuthorizationExtension.cs). Whether the role suffices is seen only after
// the body has been read, so that a body that cannot be read is a 400 for everybody with an account.
func (c *call) admission(p *profile) admission {
	accepted := []string{scopeWrite, "files:write"}
	forVisitors := false
	switch c.route.operation {
	case GetFilesSettings:
		accepted = append(accepted, scopeRead, "files:read")
		forVisitors = p.anonymousSettings
	case ApplyExternalSharePassword:
		forVisitors = true
	default: // the switches are for nobody anonymous
	}
	inScope := slices.ContainsFunc(accepted, func(scope string) bool { return slices.Contains(c.scopes, scope) })
	switch {
	case c.caller == nil && !forVisitors:
		return unauthorized
	case inScope:
		return admitted
	case c.route.operation == ExternalShare || c.route.operation == ExternalShareSocialMedia:
		return forbidden
	case c.apiKey:
		// [AllowAnonymous] switches the policy off; a filter looks again, but at API keys only (ApiKeyScopesFilter.cs).
		return forbiddenProblem
	default:
		return admitted
	}
}

// authorize holds back who may not make the call.
func (s *Server) authorize(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		admission := call.admission(call.state.profile)
		for _, other := range call.state.profile.others() {
			switch call.admission(other) {
			case admission:
			case unauthorized:
				call.hintf("profile %s refuses this call without valid credentials, with 401", other.name)
			case forbiddenProblem:
				call.hintf("profile %s answers an API key that is not valid with 403 here, not with 401", other.name)
			default:
				call.hintf("profile %s answers this call without credentials with 200 and neutral constants", other.name)
			}
		}
		switch admission {
		case unauthorized:
			return &refusal{status: http.StatusUnauthorized, message: "No valid credentials: send an API key or a portal token as Authorization: Bearer …, Basic, or the cookie asc_auth_key"}
		case forbidden:
			return &refusal{status: http.StatusForbidden}
		case forbiddenProblem:
			return &filterProblem{status: http.StatusForbidden}
		default:
			return next(c)
		}
	}
}
