package mockserver

import (
	"net/http"

	"github.com/labstack/echo/v4"
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
		header.Set(echo.HeaderAccessControlAllowMethods, r.Header.Get(echo.HeaderAccessControlRequestMethod))
		if wanted := r.Header.Get(echo.HeaderAccessControlRequestHeaders); wanted != "" {
			header.Set(echo.HeaderAccessControlAllowHeaders, wanted)
		}
		return c.NoContent(http.StatusNoContent)
	}
}

// isPreflight says whether a browser asks if a page may make a call.
func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get(echo.HeaderOrigin) != "" && r.Header.Get(echo.HeaderAccessControlRequestMethod) != ""
}
