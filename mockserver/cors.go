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
		allowed := dotnet.JoinValues(r.Header[echo.HeaderOrigin]) != ""
		if allowed {
			header.Set(echo.HeaderAccessControlAllowOrigin, "*")
		}
		if !isPreflight(r) {
			if allowed {
				c.Response().Before(func() { exposeOwn(header) })
			}
			return next(c)
		}
		if allowed {
			allowAsked(header, r)
		}
		callFrom(r.Context()).because("A509")
		return c.NoContent(http.StatusNoContent)
	}
}

// exposeOwn lets a page of another origin read the fake's own headers of an answer that it may read. The line is the fake's own: the server
// names no headers, so that a page cannot read more of it here than there.
func exposeOwn(header http.Header) {
	if header.Get(echo.HeaderAccessControlAllowOrigin) != "" {
		header.Add(echo.HeaderAccessControlExposeHeaders, ownHeaders)
	}
}

// allowAsked allows the method and the headers that a preflight request asks for.
func allowAsked(header http.Header, r *http.Request) {
	if wanted := strings.Join(r.Header.Values(echo.HeaderAccessControlRequestMethod), ","); wanted != "" {
		header.Set(echo.HeaderAccessControlAllowMethods, dotnet.QuoteValues([]string{wanted}))
	}
	if wanted := dotnet.SplitValues(r.Header.Values(echo.HeaderAccessControlRequestHeaders)); len(wanted) > 0 {
		header.Set(echo.HeaderAccessControlAllowHeaders, dotnet.QuoteValues(wanted))
	}
}

// isPreflight says whether a browser asks if a page may make a call. An empty Origin is enough, but gets no permission.
func isPreflight(r *http.Request) bool {
	return dotnet.EqualFold(r.Method, http.MethodOptions) && len(r.Header.Values(echo.HeaderOrigin)) > 0 && len(r.Header.Values(echo.HeaderAccessControlRequestMethod)) > 0
}
