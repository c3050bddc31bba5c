package mockserver

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
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
// body has been bound. So a body that cannot be read is a 400 for everybody with an account. visitor says that the call carries
// the key of a link.
func (c *call) admission(p *profile, visitor bool) admission {
	facts := c.route.facts
	forVisitors := facts.anonymous
	if facts.operation == GetFilesSettings {
		forVisitors = p.anonymousSettings || visitor
	}
	switch {
	case c.caller == nil && !forVisitors:
		return unauthorized
	case c.hasOne(facts.scopes):
		return admitted
	case !facts.anonymous:
		return forbidden
	case c.apiKey:
		// [AllowAnonymous] switches the policy off, but a filter still checks API keys (ApiKeyScopesFilter.cs).
		return forbiddenProblem
	default:
		return admitted
	}
}

// unauthenticated is the refusal of a call that needs credentials.
func unauthenticated() error {
	return &refusal{status: http.StatusUnauthorized, message: "No valid credentials: send an API key or a portal token as Authorization: Bearer …, Basic, or the cookie asc_auth_key"}
}

// authorize refuses callers who may not make the call.
func (s *Server) authorize(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		p, visitor := call.state.profile, s.visitsLink(call)
		decision := call.admission(p, visitor)
		askOthers(p, admitAlike, func(other *profile) admission { return call.admission(other, visitor) }, func(other *profile, theirs admission) {
			switch theirs {
			case decision:
			case unauthorized:
				call.differs(other, "{refuses|refuse} this call without valid credentials, with 401").because(call.claimsOfCall().noAccount.by(other))
			case forbiddenProblem:
				call.differs(other, "{answers|answer} an API key that is not valid with 403 here, not with 401").because("A409")
			default:
				call.differs(other, "{answers|answer} this call without credentials with 200 and neutral constants").because("A005")
			}
		})
		switch claims := call.claimsOfCall(); {
		case decision == unauthorized:
			call.becauseOf(claims.noAccount)
		case decision != admitted && call.caller != nil:
			call.becauseOf(claims.scope)
		}
		switch decision {
		case unauthorized:
			return unauthenticated()
		case forbidden:
			return &refusal{status: http.StatusForbidden}
		case forbiddenProblem:
			return &filterProblem{status: http.StatusForbidden}
		default:
			return next(c)
		}
	}
}

// visitsLink says whether an anonymous caller of the settings sends the key of a link that leads somewhere, also to the question
// for a password. The reference lets these visitors read the settings.
func (s *Server) visitsLink(c *call) bool {
	if c.caller != nil || c.operation() != GetFilesSettings {
		return false
	}
	use := newLinkUse(c, nil)
	if use.key = use.token(); use.key == "" {
		return false
	}
	status := c.state.decide(c.state.profile, s.random, use).share.Status
	return status == api.ExternalShareStatusOk || status == api.ExternalShareStatusRequiredPassword
}
