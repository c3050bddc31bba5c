package client

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync"
)

// originJar is a cookie jar for one origin, because cookies do not tell ports and schemes apart. A function holds the inner
// jar, so that printing cannot show the cookies. The cookie of a share link can be turned back into its password.
type originJar struct {
	origin string
	inner  func() *cookiejar.Jar

	mu    sync.Mutex
	names map[string]bool
}

// The limits of a jar. A portal sets one cookie for each link and one for the session. More cookies, or longer ones, are not
// kept.
const (
	maxCookies = 64
	maxCookie  = 4 << 10 // bytes of name and value
)

func newOriginJar(home *url.URL) *originJar {
	jar, _ := cookiejar.New(nil) // it cannot fail without options
	return &originJar{origin: originOf(home), inner: func() *cookiejar.Jar { return jar }, names: map[string]bool{}}
}

// SetCookies keeps cookies of the jar's origin.
func (j *originJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	if originOf(u) != j.origin {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, cookie := range cookies {
		if len(cookie.Name)+len(cookie.Value) > maxCookie || !j.names[cookie.Name] && len(j.names) >= maxCookies {
			continue
		}
		j.names[cookie.Name] = true
		j.inner().SetCookies(u, []*http.Cookie{cookie})
	}
}

// Cookies gives the cookies for an address of the jar's origin.
func (j *originJar) Cookies(u *url.URL) []*http.Cookie {
	if originOf(u) != j.origin {
		return nil
	}
	return j.inner().Cookies(u)
}
