package client

import (
	"errors"
	"net/http"
)

// maxRedirects is how many redirects one call follows.
const maxRedirects = 5

// redirectRefusal says why a redirect is not followed. connectionError makes an *Error of it.
type redirectRefusal struct {
	status int
	reason string
	target error // the origin it leads to, or the error of the caller's own rule; nil when the reason is enough
}

func (r *redirectRefusal) Error() string { return r.reason }

// withRedirectRule gives a copy of the client that follows a redirect only when it is safe: to the same origin, with the same
// method, without user info, and five times at most. Within the same origin the credentials stay and https stays https. The
// caller's own CheckRedirect is asked afterwards, and can refuse more.
func withRedirectRule(given *http.Client) *http.Client {
	own := *given
	own.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if refusal := refuseRedirect(req, via); refusal != nil {
			return refusal.withStatus(req)
		}
		if given.CheckRedirect == nil {
			return nil
		}
		err := given.CheckRedirect(req, via)
		if err == nil || errors.Is(err, http.ErrUseLastResponse) {
			return err
		}
		refusal := &redirectRefusal{reason: "the HTTP client's own rule refuses it", target: err}
		return refusal.withStatus(req)
	}
	return &own
}

// withStatus adds the status of the answer that caused the request.
func (r *redirectRefusal) withStatus(req *http.Request) *redirectRefusal {
	if req.Response != nil {
		r.status = req.Response.StatusCode
	}
	return r
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
