package client

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

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
	doer = buffer(doer)
	doer = logged(cfg.hooks, doer)
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

// checkScheme keeps credentials from going over the wire in the clear.
func checkScheme(home *url.URL, cfg *config) error {
	if cfg.credential.value == nil || cfg.insecure || !inTheClear(home) {
		return nil
	}
	return fmt.Errorf("docspace: base URL: %w; use https, or WithInsecureHTTP where the network can be trusted", ErrInsecureHTTP)
}

// maxHeader bounds the header of an answer; a portal's is below 2 KB, and cookies may come on top.
const maxHeader = 256 << 10

// newHTTPClient is what requests go through unless WithHTTPClient says otherwise: the default transport, made fit for
// many calls to one host.
func newHTTPClient() *http.Client {
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok { // somebody has put another one in its place, and means it
		return &http.Client{}
	}
	own := transport.Clone()
	own.MaxIdleConnsPerHost = maxRequests
	own.MaxResponseHeaderBytes = maxHeader
	return &http.Client{Transport: own}
}
