package mockserver

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// cors lets every origin read every answer, also errors. It answers preflight requests before all other checks
// (BaseStartup.cs with the shipped "cors": "*"). It does not allow credentials across origins.
func cors(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, header := c.Request(), c.Response().Header()
		if r.Header.Get(echo.HeaderOrigin) == "" {
			return next(c)
		}
		header.Set(echo.HeaderAccessControlAllowOrigin, "*")
		if !isPreflight(r) {
			return next(c)
		}
		if wanted := strings.Join(r.Header.Values(echo.HeaderAccessControlRequestMethod), ","); wanted != "" {
			header.Set(echo.HeaderAccessControlAllowMethods, dotnet.QuoteValues([]string{wanted}))
		}
		if wanted := dotnet.SplitValues(r.Header.Values(echo.HeaderAccessControlRequestHeaders)); len(wanted) > 0 {
			header.Set(echo.HeaderAccessControlAllowHeaders, dotnet.QuoteValues(wanted))
		}
		return c.NoContent(http.StatusNoContent)
	}
}

// isPreflight says whether a browser asks if a page may make a call.
func isPreflight(r *http.Request) bool {
	return dotnet.EqualFold(r.Method, http.MethodOptions) && r.Header.Get(echo.HeaderOrigin) != "" && len(r.Header.Values(echo.HeaderAccessControlRequestMethod)) > 0
}
