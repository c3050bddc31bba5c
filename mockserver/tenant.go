package mockserver

import (
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// findTenant refuses requests whose Origin or Host is no address. A self-hosted portal answers at every host, but it reads
// both of them as URIs to look for its tenant (TenantManager.cs; recorded: F644, F1562).
func findTenant(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if origin := strings.Join(c.Request().Header.Values(echo.HeaderOrigin), ","); origin != "" {
			if message := dotnet.URIError(origin); message != "" {
				return badURI(message)
			}
		}
		if message := dotnet.URIError(callFrom(c.Request().Context()).address); message != "" {
			return badURI(message)
		}
		return next(c)
	}
}
