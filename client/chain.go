package client

import (
	"errors"
	"net/http"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// newChain makes the way of every request, of the facade and of the generated client alike. From the outside to the inside:
//
//	retry        waits for a slot, sets the deadline of each attempt, repeats what may be repeated; ends the call
//	authorise    adds the common headers, and the credentials when the request goes to the portal's own origin
//	             (in the chain of a Visitor, visit is in its place: it adds cookies and no credentials)
//	callHooks    calls the hooks before and after each attempt
//	limitAnswer  reads the whole answer up to a size, within the attempt's deadline; makes an *Error of a failure
//	http         is the caller's client or the default one, with our redirect rule
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

// NewDoer gives the chain of a [Portal] to programs that use the generated client alone: with the credentials, the retries,
// the deadlines and the limits. It takes the options of [New]:
//
//	doer, err := client.NewDoer(url, client.WithAPIKey(key))
//	raw, err := api.NewClientWithResponses(url, api.WithHTTPClient(doer))
//
// Every answer that it gives is in memory. When the status is no 2xx, only the first 64 KiB of the body are kept. Every error
// is an [*Error]. It refuses WithRequestEditorFn, which belongs to the generated client. WithoutAttemptGuard changes nothing
// here.
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

// doerFunc makes a HttpRequestDoer of a function. The whole chain consists of functions, because printing cannot show what a
// function holds, such as credentials.
type doerFunc func(*http.Request) (*http.Response, error)

// Do sends the request.
func (f doerFunc) Do(req *http.Request) (*http.Response, error) { return f(req) }
