package client

import (
	"net/http"
	"net/url"
)

// newChain is the way of every request, the facade's and the generated client's alike, from the outside in:
//
//	authorise  common headers; credentials for the portal's own origin only
//	sendOnce   takes from a POST what would let it be sent again
//	buffer     one deadline over request and answer, size limits; what fails below becomes an *Error
//	http       the caller's client or the default one, with our redirect rule
func newChain(home *url.URL, cfg *config) HttpRequestDoer {
	doer := cfg.generated.Client
	if given, ok := doer.(*http.Client); ok {
		doer = withRedirectRule(given)
	}
	doer = buffer(cfg.timeout, doer)
	doer = sendOnce(doer)
	doer = authorise(originOf(home), cfg, doer)
	return doer
}

// sendOnce keeps a password from being sent twice. Without GetBody neither a redirect (307, 308) nor net/http's own
// retry (HTTP/2 REFUSED_STREAM, a stale connection) can read the body again.
func sendOnce(next HttpRequestDoer) HttpRequestDoer {
	return doerFunc(func(req *http.Request) (*http.Response, error) {
		if req.Method == http.MethodPost {
			req.GetBody = nil // req is the copy that authorise has made
		}
		return next.Do(req)
	})
}
