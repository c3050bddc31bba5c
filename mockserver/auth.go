package mockserver

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// authenticate finds the caller of a request. Most wrong credentials are no error here: the caller is anonymous then, and
// authorize refuses the call if it must.
func (s *Server) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := callFrom(c.Request().Context()).identify(c.Response().Header()); err != nil {
			return err
		}
		return next(c)
	}
}

// identify finds the caller. The Authorization header selects the scheme (BaseStartup.cs). Some schemes add headers to the
// answer.
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
		if !c.hasTenant() {
			return noTenant()
		}
		c.apiKey = true
		c.useAPIKey(token)
	default:
		c.session(answer, token, header)
	}
	return nil
}
