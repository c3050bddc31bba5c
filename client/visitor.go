package client

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
)

// visitor is the way of [Portal.Unlock]: the same chain without credentials, with cookies of its own.
type visitor struct {
	doer HttpRequestDoer
	jar  *originJar
}

func newVisitor(home *url.URL, cfg *config) *visitor {
	jar := newOriginJar(home)
	doer := cfg.generated.Client
	if given, ok := doer.(*http.Client); ok {
		own := *given
		own.Jar = nil // it may hold a session
		doer = &own
	}
	return &visitor{doer: newChain(cfg, visit(jar, cfg), doer), jar: jar}
}

// visit stands where authorise does. It takes away what a request editor may have put in, and keeps what the portal sets.
func visit(jar *originJar, cfg *config) func(HttpRequestDoer) HttpRequestDoer {
	return func(next HttpRequestDoer) HttpRequestDoer {
		return doerFunc(func(req *http.Request) (*http.Response, error) {
			setHeaders(req, cfg.userAgent, "", "")
			for name := range req.Header {
				if strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Cookie") {
					delete(req.Header, name) // in any spelling: HTTP does not tell them apart
				}
			}
			if req.URL.User != nil { // net/http would make a credential of it
				anonymous := *req.URL
				anonymous.User = nil
				req.URL = &anonymous
			}
			for _, cookie := range jar.Cookies(req.URL) {
				req.AddCookie(cookie)
			}
			resp, err := next.Do(req)
			if resp != nil {
				jar.SetCookies(resp.Request.URL, resp.Cookies()) // of who answered: a doer may have followed a redirect
			}
			return resp, err
		})
	}
}

// VisitorJar gives the cookies that [Portal.Unlock] has been given, for a http.Client that opens what the links lead to.
// It takes cookies from the portal's own scheme, host and port, and gives them to nobody else.
func (p *Portal) VisitorJar() http.CookieJar {
	if p == nil || p.visitor == nil {
		return nil
	}
	return p.visitor.jar
}

// originJar is a jar for one origin: cookies alone would not tell ports and schemes apart. It holds the jar in a
// function, where printing does not reach the cookies: a share link's can be turned back into its password.
type originJar struct {
	origin string
	inner  func() *cookiejar.Jar
}

func newOriginJar(home *url.URL) *originJar {
	jar, _ := cookiejar.New(nil) // without options it cannot fail
	return &originJar{origin: originOf(home), inner: func() *cookiejar.Jar { return jar }}
}

// SetCookies keeps cookies of the portal.
func (j *originJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	if originOf(u) == j.origin {
		j.inner().SetCookies(u, cookies)
	}
}

// Cookies gives them to the portal.
func (j *originJar) Cookies(u *url.URL) []*http.Cookie {
	if originOf(u) != j.origin {
		return nil
	}
	return j.inner().Cookies(u)
}
