package mockserver

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
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
