package client

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"time"
)

// originJar is a cookie jar for one origin, because cookies do not tell ports and schemes apart. A function holds the inner
// jar, so that printing cannot show the cookies. The cookie of a share link can be turned back into its password. The inner jar
// knows no clock but the time of day, so it learns of no end before it has come.
type originJar struct {
	home   *url.URL
	origin string
	clock  Clock
	inner  func() *cookiejar.Jar

	mu    sync.Mutex
	names map[string]bool
	ends  map[cookieID]time.Time
}

// cookieID tells cookies apart as the inner jar does. The domain is empty for the portal's own host.
type cookieID struct{ name, domain, path string }

func newCookieID(u *url.URL, cookie *http.Cookie) cookieID {
	id := cookieID{cookie.Name, strings.TrimPrefix(strings.ToLower(cookie.Domain), "."), cookie.Path}
	if strings.EqualFold(id.domain, u.Hostname()) {
		id.domain = ""
	}
	if !strings.HasPrefix(id.path, "/") { // then it is the folder of the address (RFC 6265, 5.1.4)
		id.path = "/" + strings.TrimPrefix(u.Path[:max(strings.LastIndexByte(u.Path, '/'), 0)], "/")
	}
	return id
}

// The limits of a jar. A portal sets one cookie for each link and one for the session. More cookies, or longer ones, are not
// kept.
const (
	maxCookies = 64
	maxCookie  = 4 << 10 // bytes of name and value
)

func newOriginJar(home *url.URL, clock Clock) *originJar {
	jar, _ := cookiejar.New(nil) // it cannot fail without options
	return &originJar{
		home: home, origin: originOf(home), clock: clock, inner: func() *cookiejar.Jar { return jar },
		names: map[string]bool{}, ends: map[cookieID]time.Time{},
	}
}

// SetCookies keeps cookies of the jar's origin.
func (j *originJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	if originOf(u) != j.origin {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	now := j.clock.Now()
	for _, cookie := range cookies {
		if len(cookie.Name)+len(cookie.Value) > maxCookie || !j.names[cookie.Name] && len(j.names) >= maxCookies {
			continue
		}
		j.names[cookie.Name] = true
		j.keep(u, cookie, now)
	}
}

// keep gives a cookie to the inner jar without its end, or as one to remove when it has ended.
func (j *originJar) keep(u *url.URL, cookie *http.Cookie, now time.Time) {
	end := cookie.Expires
	if cookie.MaxAge != 0 {
		end = now.Add(time.Duration(cookie.MaxAge) * time.Second)
	}
	kept := *cookie //nolint:gosec // a cookie of the portal, with the attributes that it gave
	kept.Expires, kept.MaxAge = time.Time{}, 0
	id := newCookieID(u, cookie)
	delete(j.ends, id)
	switch {
	case end.IsZero():
	case !now.Before(end):
		kept.MaxAge = -1
	default:
		j.ends[id] = end
	}
	j.inner().SetCookies(u, []*http.Cookie{&kept})
}

// removeEnded removes the cookies that have ended since they were set.
func (j *originJar) removeEnded() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for id, end := range j.ends {
		if j.clock.Now().Before(end) {
			continue
		}
		removal := http.Cookie{Name: id.name, Domain: id.domain, Path: id.path, MaxAge: -1} //nolint:gosec // it is never sent
		j.inner().SetCookies(j.home, []*http.Cookie{&removal})
		delete(j.ends, id)
	}
}

// Cookies gives the cookies for an address of the jar's origin.
func (j *originJar) Cookies(u *url.URL) []*http.Cookie {
	if originOf(u) != j.origin {
		return nil
	}
	j.removeEnded()
	return j.inner().Cookies(u)
}
