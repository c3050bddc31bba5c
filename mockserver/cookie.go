package mockserver

import (
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// newCookie is the Set-Cookie of a cookie (CookiesManager.cs). It lasts as long as the browser's session when expires is zero.
func (c *call) newCookie(name, value string, expires time.Time) string {
	scheme, host := c.seenAs()
	cookie := dotnet.Cookie{Name: name, Value: value, Expires: expires, Path: c.cookiePath, Secure: scheme == "https", HTTPOnly: true}
	cookie.SameSite = c.state.portal.sameSite(cookie.Secure)
	if cookie.Secure && cookie.SameSite == "none" {
		cookie.Partitioned = c.state.profile.partitionedCookies
		c.hintPartitioned(name)
	}
	if base := c.state.portal.BaseDomain; c.comesFrom(base, host) {
		cookie.Domain = "." + base
	}
	return cookie.String()
}

// hintPartitioned hints at profiles that do otherwise with a cookie that can be Partitioned.
func (c *call) hintPartitioned(name string) {
	for _, other := range profiles {
		switch {
		case other.partitionedCookies == c.state.profile.partitionedCookies:
		case other.partitionedCookies:
			c.differsInDetail(other, "{adds|add} Partitioned to the cookie %s", name)
		default:
			c.differsInDetail(other, "{does|do} not add Partitioned to the cookie %s", name)
		}
	}
}

// deletedCookies are the Set-Cookies that delete a cookie.
func (c *call) deletedCookies(name string) []string {
	return c.chooseDeletion(name, func(p *profile) []string { return c.deletionAt(p, name) })
}

// deletedSession are the Set-Cookies that delete a cookie of a session that is not good (CookieAuthHandler.cs).
func (c *call) deletedSession(name string) []string {
	needsAccount := c.route.facts == nil || !c.route.facts.anonymous
	return c.chooseDeletion(name, func(p *profile) []string {
		if p.keepsBadSession && !needsAccount {
			return nil
		}
		return c.deletionAt(p, name)
	})
}

// chooseDeletion gives the portal's Set-Cookies, and hints at those of other profiles.
func (c *call) chooseDeletion(name string, deletion func(*profile) []string) []string {
	ours := deletion(c.state.profile)
	for _, other := range profiles {
		switch theirs := len(deletion(other)); theirs {
		case len(ours):
		case 0:
			c.differsInDetail(other, "{does|do} not delete the cookie %s", name)
		case 1:
			c.differsInDetail(other, "{deletes|delete} the cookie %s with one Set-Cookie", name)
		default:
			c.differsInDetail(other, "{deletes|delete} the cookie %s with %d Set-Cookie", name, theirs)
		}
	}
	return ours
}

// deletionAt are the Set-Cookies of a profile that delete a cookie. Where cookies are partitioned, each form in which a browser can
// have the cookie is deleted: for the host or for the base domain, and over https also the partitioned one.
func (c *call) deletionAt(p *profile, name string) []string {
	deleted := []string{dotnet.DeletedCookie(name, c.cookiePath)}
	if !p.partitionedCookies {
		return deleted
	}
	scheme, _ := c.seenAs()
	https := scheme == "https"
	cookie := dotnet.Cookie{Name: name, Path: c.cookiePath, Expires: c.started.AddDate(0, 0, -3)}
	partitioned := cookie
	partitioned.Secure, partitioned.SameSite, partitioned.Partitioned = true, "none", true
	if https {
		deleted = append(deleted, partitioned.String())
	}
	if base := c.state.portal.BaseDomain; base != "" {
		cookie.Domain, partitioned.Domain = "."+base, "."+base
		deleted = append(deleted, cookie.String())
		if https {
			deleted = append(deleted, partitioned.String())
		}
	}
	return deleted
}

// seenAs is the scheme and the host under which the portal was called, as far as cookies go: those of the parameter origin when it is
// an absolute URI, or else those of the request (HttpRequestExtensions.cs; recorded: cS-S03, cS-S04).
func (c *call) seenAs() (scheme, host string) {
	scheme, host, found := dotnet.URIParts(c.query.Joined("origin"))
	if !found {
		scheme, host, _ = dotnet.URIParts(c.address)
	}
	return scheme, host
}

// comesFrom says whether the call comes from a page of the base domain at another host than here. The name of a page's host only has
// to end with the base domain: evillab.test is a host of lab.test (CookiesManager.cs; recorded: cS-S05).
func (c *call) comesFrom(base, here string) bool {
	if base == "" {
		return false
	}
	_, page, _ := dotnet.URIParts(dotnet.JoinValues(c.request.Header.Values(echo.HeaderOrigin)))
	return page != here && strings.HasSuffix(page, base)
}

// sameSite is the attribute SameSite of cookies over https or http. None needs https, so it is Strict without (CookiesManager.cs;
// recorded: cS-S01, cS-S02).
func (p *Portal) sameSite(https bool) string {
	switch {
	case p.SameSite != nil && *p.SameSite == "Lax":
		return "lax"
	case https && (p.SameSite == nil || *p.SameSite == "None"):
		return "none"
	default:
		return "strict"
	}
}
