package client

import (
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// visit takes the place of authorise in the chain of a Visitor. It removes credentials that a request editor has set, adds
// the visitor's cookies, and keeps the cookies of the answer.
func visit(jar *originJar, cfg *config) func(api.HttpRequestDoer) api.HttpRequestDoer {
	return func(next api.HttpRequestDoer) api.HttpRequestDoer {
		return doerFunc(func(req *http.Request) (*http.Response, error) {
			setHeaders(req, cfg.userAgent, "", "")
			removeCredentials(req)
			for _, cookie := range jar.Cookies(req.URL) {
				req.AddCookie(cookie)
			}
			resp, err := next.Do(req)
			if resp != nil {
				jar.SetCookies(resp.Request.URL, resp.Cookies()) // from the address that answered: a doer may follow redirects
			}
			return resp, err
		})
	}
}

// removeCredentials changes a request whose header is its own.
func removeCredentials(req *http.Request) {
	for name := range req.Header {
		if strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Cookie") { // HTTP ignores the case
			delete(req.Header, name)
		}
	}
	if req.URL.User != nil { // net/http would send it as Basic
		anonymous := *req.URL
		anonymous.User = nil
		req.URL = &anonymous
	}
}
