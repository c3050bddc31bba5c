package client

import (
	"errors"
	"net/http"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// newChain is the way of every request, the facade's and the generated client's alike, from the outside in:
//
//	retry      the deadline of the call; its turn; again what can be repeated and may pass; one line in the log at the end
//	authorise  common headers; credentials for the portal's own origin only (or visit, for callers without any)
//	log        the hooks around each attempt
//	buffer     the deadline of the attempt over request and answer, size limits; what fails below becomes an *Error
//	http       the caller's client or the default one, with our redirect rule
func newChain(cfg *config, sign func(api.HttpRequestDoer) api.HttpRequestDoer, doer api.HttpRequestDoer) api.HttpRequestDoer {
	if given, ok := doer.(*http.Client); ok {
		doer = withRedirectRule(given)
	}
	doer = limitAnswer(doer)
	doer = callHooks(cfg.hooks, doer)
	doer = sign(doer)
	doer = retry(cfg, doer)
	return doer
}

// NewDoer gives the transport that a [Portal] has, retries, credentials, limits and all, to those who use the generated
// client alone. It takes the options of [New]:
//
//	doer, err := client.NewDoer(url, client.WithAPIKey(key))
//	raw, err := client.NewClientWithResponses(url, client.WithHTTPClient(doer))
//
// Every answer that it gives is in memory, of one that is no 2xx the first 64 KiB, and every error is an [*Error].
// WithRequestEditorFn belongs to the generated client, and WithoutAttemptGuard changes nothing here.
func NewDoer(baseURL string, opts ...Option) (api.HttpRequestDoer, error) {
	cfg, home, err := newConfig(baseURL, opts)
	if err != nil {
		return nil, err
	}
	if len(cfg.editors) > 0 {
		return nil, errors.New("docspace: NewDoer: WithRequestEditorFn belongs to the generated client; give it there")
	}
	return newChain(cfg, authorise(home, cfg), cfg.doer), nil
}

// doerFunc makes a function a HttpRequestDoer. The whole chain consists of these: what a function holds (credentials,
// above all) cannot be printed.
type doerFunc func(*http.Request) (*http.Response, error)

// Do sends the request.
func (f doerFunc) Do(req *http.Request) (*http.Response, error) { return f(req) }
