package host

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/portalname"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

const headerToken = "X-Mock-Token" //nolint:gosec // the name of a header

// guard refuses callers that may not use the control API. Health and ready answer everybody.
func (h *Host) guard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		switch {
		case c.Path() == controlPath+"/health", c.Path() == controlPath+"/ready":
			return next(c)
		case !sameSite(r):
			return refuseControl(http.StatusForbidden, "the control API answers no web page of another site: leave the headers Origin and Sec-Fetch-Site out")
		case h.rebound(r):
			return refuseControl(http.StatusForbidden, "Host %.60q may be that of a web page: use an IP address or localhost, or give the server a token", r.Host)
		case h.options.token != "" && !text.SameSecret(tokenOf(r), h.options.token):
			c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
			return refuseControl(http.StatusUnauthorized, "the control API wants its token: send Authorization: Bearer TOKEN or %s: TOKEN", headerToken)
		default:
			return next(c)
		}
	}
}

// rebound says whether a request can come from a page of another site whose name leads to this machine. With a token, such a page does not
// get far.
func (h *Host) rebound(r *http.Request) bool { return h.options.token == "" && !localHost(r) }

func tokenOf(r *http.Request) string {
	if token := r.Header.Get(headerToken); token != "" {
		return token
	}
	scheme, token, _ := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
	if !dotnet.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// sameSite says whether a request does not come from a web page of another origin. Browsers send Origin with every request that
// could change something, and Sec-Fetch-Site also with images, links and forms. "same-site" is another port of this machine. What no
// browser sends is refused.
func sameSite(r *http.Request) bool {
	for _, origin := range r.Header.Values(echo.HeaderOrigin) {
		address, err := url.Parse(origin)
		if err != nil || address.Scheme != "http" && address.Scheme != "https" || address.Host == "" || !dotnet.EqualFold(address.Host, r.Host) {
			return false
		}
	}
	return !slices.ContainsFunc(r.Header.Values("Sec-Fetch-Site"), func(site string) bool {
		return site != "none" && site != "same-origin"
	})
}

// localHost says whether the host is one that no web page can have. The owner of a site can make the site's name resolve to this
// machine (DNS rebinding), but cannot take an IP address or localhost.
func localHost(r *http.Request) bool {
	if address, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok && address.Network() == "unix" {
		return true // browsers do not open socket files
	}
	if _, port, err := net.SplitHostPort(r.Host); err == nil && strings.Trim(port, "0123456789") != "" {
		return false
	}
	name := strings.ToLower(strings.TrimSuffix(portalname.HostName(r.Host), "."))
	if _, err := netip.ParseAddr(name); err == nil {
		return true // an IPv6 address may have a zone after %
	}
	return name == "" || name == "localhost" || strings.HasSuffix(name, portalname.LocalDomain) && !strings.Contains(name, "%")
}
