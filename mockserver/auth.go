package mockserver

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
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

// identify finds the caller. All Authorization headers together select the one scheme that is tried (BaseStartup.cs; recorded:
// cH-H004A to cH-H013D). Some schemes add headers to the answer, or take one away.
func (c *call) identify(answer http.Header) error {
	header := strings.TrimSpace(dotnet.JoinValues(c.request.Header[echo.HeaderAuthorization]))
	bearer, isBearer := strings.CutPrefix(header, bearerPrefix)
	switch trimmed := strings.TrimSpace(bearer); {
	case strings.HasPrefix(header, basicPrefix):
		answer.Set(echo.HeaderWWWAuthenticate, "Basic")
		return c.basic(strings.TrimPrefix(header, basicPrefix))
	case isBearer && dotnet.IsJWT(trimmed):
		return c.jwt(answer, bearer)
	case isBearer && strings.HasPrefix(trimmed, apiKeyPrefix):
		if !c.hasTenant() {
			c.becauseOf(said{server: "A523"})
			return noTenant()
		}
		c.apiKey = true
		c.useAPIKey(bearer)
	default:
		c.useToken(answer, header)
	}
	return nil
}

// The server compares the case of the schemes' names, and takes only a blank after them (recorded: cH-H014A, cH-H139A, cH-H141A).
const basicPrefix, bearerPrefix = "Basic ", "Bearer "
