package client

import (
	"errors"
	"net/http"
)

// maxRedirects is how many redirects one call follows.
const maxRedirects = 5

// redirectRefusal is why a redirect is not followed. buffer makes an *Error of it.
type redirectRefusal struct {
	status int
	reason string
	target error // where it leads to, or what the caller's own rule says; nil when the reason says it all
}

func (r *redirectRefusal) Error() string { return r.reason }

// withRedirectRule gives a copy of the client that follows a redirect only when nothing can go wrong by it: the same
// origin (so credentials stay, and https stays https), the same method, no user info, five times at most. What the
// caller's own CheckRedirect says counts beneath that.
func withRedirectRule(given *http.Client) *http.Client {
	own := *given
	own.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if refusal := refuseRedirect(req, via); refusal != nil {
			if req.Response != nil {
				refusal.status = req.Response.StatusCode
			}
			return refusal
		}
		if given.CheckRedirect == nil {
			return nil
		}
		err := given.CheckRedirect(req, via)
		if err == nil || errors.Is(err, http.ErrUseLastResponse) {
			return err
		}
		refusal := &redirectRefusal{reason: "the HTTP client's own rule refuses it", target: err}
		if req.Response != nil {
			refusal.status = req.Response.StatusCode
		}
		return refusal
	}
	return &own
}

func refuseRedirect(req *http.Request, via []*http.Request) *redirectRefusal {
	first := via[0]
	switch {
	case originOf(req.URL) != originOf(first.URL):
		return &redirectRefusal{
			reason: "it leads to another origin; if that is the portal, make the Portal with its address",
			target: errors.New(originOf(req.URL)),
		}
	case req.URL.User != nil:
		return &redirectRefusal{reason: "it carries a user name or password"}
	case first.Method == http.MethodPost:
		return &redirectRefusal{reason: "a POST is sent once"}
	case req.Method != first.Method:
		return &redirectRefusal{reason: "it would turn " + first.Method + " into " + req.Method}
	case len(via) > maxRedirects:
		return &redirectRefusal{reason: "there were too many before it"}
	}
	return nil
}
