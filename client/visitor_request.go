package client

import (
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// visit stands where authorise does. It takes away what a request editor may have put in, and keeps what the portal sets.
func visit(jar *originJar, cfg *config) func(api.HttpRequestDoer) api.HttpRequestDoer {
	return func(next api.HttpRequestDoer) api.HttpRequestDoer {
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
