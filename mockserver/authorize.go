package mockserver

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// admission says whether a caller may make a call.
type admission int

const (
	admitted         admission = iota
	unauthorized               // 401, from the middleware
	forbidden                  // 403 without a body, from the middleware
	forbiddenProblem           // 403 with problem details, from the resource filter
)

// admission decides by credentials and scopes (AuthorizationExtension.cs). The operations check the role later, after the
// body has been bound. So a body that cannot be read is a 400 for everybody with an account.
func (c *call) admission(p *profile) admission {
	accepted := writeScopes
	forVisitors := false
	switch c.route.operation {
	case GetFilesSettings:
		accepted = readScopes
		forVisitors = p.anonymousSettings
	case ApplyExternalSharePassword:
		forVisitors = true
	default: // the switches need an account
	}
	switch {
	case c.caller == nil && !forVisitors:
		return unauthorized
	case c.hasOne(accepted):
		return admitted
	case c.route.operation == ExternalShare || c.route.operation == ExternalShareSocialMedia:
		return forbidden
	case c.apiKey:
		// [AllowAnonymous] switches the policy off, but a filter still checks API keys (ApiKeyScopesFilter.cs).
		return forbiddenProblem
	default:
		return admitted
	}
}

// authorize refuses callers who may not make the call.
func (s *Server) authorize(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		decision := call.admission(call.state.profile)
		for _, other := range call.state.profile.others() {
			switch call.admission(other) {
			case decision:
			case unauthorized:
				call.hintf("profile %s refuses this call without valid credentials, with 401", other.name)
			case forbiddenProblem:
				call.hintf("profile %s answers an API key that is not valid with 403 here, not with 401", other.name)
			default:
				call.hintf("profile %s answers this call without credentials with 200 and neutral constants", other.name)
			}
		}
		switch decision {
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
