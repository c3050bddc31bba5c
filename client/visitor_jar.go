package client

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync"
)

// originJar is a jar for one origin: cookies alone would not tell ports and schemes apart. It holds the jar in a
// function, where printing does not reach the cookies: a share link's can be turned back into its password.
type originJar struct {
	origin string
	inner  func() *cookiejar.Jar

	mu    sync.Mutex
	names map[string]bool
}

// A portal sets one cookie for each link and one for the session. More, or longer ones, are not kept.
const (
	maxCookies = 64
	maxCookie  = 4 << 10
)

func newOriginJar(home *url.URL) *originJar {
	jar, _ := cookiejar.New(nil) // without options it cannot fail
	return &originJar{origin: originOf(home), inner: func() *cookiejar.Jar { return jar }, names: map[string]bool{}}
}

// SetCookies keeps cookies of the portal.
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

// Cookies gives them to the portal.
func (j *originJar) Cookies(u *url.URL) []*http.Cookie {
	if originOf(u) != j.origin {
		return nil
	}
	return j.inner().Cookies(u)
}
