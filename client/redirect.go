package client

import (
	"net/http"
)

// maxRedirects is how many redirects one call follows.
const maxRedirects = 5

// redirectRefusal is why a redirect is not followed. buffer makes an *Error of it.
type redirectRefusal struct {
	status int
	reason string
}

func (r *redirectRefusal) Error() string { return r.reason }

// withRedirectRule gives a copy of the client that follows a redirect only when nothing can go wrong by it: the same
// origin (so credentials stay, and https stays https), the same method, no user info, five times at most. What the
// caller's own CheckRedirect says counts beneath that.
func withRedirectRule(given *http.Client) *http.Client {
	own := *given
	own.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if reason := refuseRedirect(req, via); reason != "" {
			status := 0
			if req.Response != nil {
				status = req.Response.StatusCode
			}
			return &redirectRefusal{status: status, reason: reason}
		}
		if given.CheckRedirect != nil {
			return given.CheckRedirect(req, via)
		}
		return nil
	}
	return &own
}

func refuseRedirect(req *http.Request, via []*http.Request) string {
	first := via[0]
	switch {
	case originOf(req.URL) != originOf(first.URL):
		return "it leads to another origin, " + originOf(req.URL) + "; if that is the portal, make the Portal with that address"
	case req.URL.User != nil:
		return "it carries a user name or password"
	case first.Method == http.MethodPost:
		return "a POST is sent once"
	case req.Method != first.Method:
		return "it would turn " + first.Method + " into " + req.Method
	case len(via) > maxRedirects:
		return "there were too many before it"
	}
	return ""
}
