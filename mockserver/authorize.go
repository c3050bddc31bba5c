package mockserver

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"
)

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
