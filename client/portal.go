package client

import (
	"context"
	"net/http"
	"time"
)

// FilesSettings is the portal's Files settings. Every property is optional; a portal may leave out any of them.
type FilesSettings = FilesSettingsDto

// ExternalShare is what a share link leads to, see [Portal.ApplyExternalSharePassword].
type ExternalShare = ExternalShareDto

// Portal is one DocSpace portal, reached with one set of credentials. Make it with [New]; it is safe for concurrent use.
type Portal struct {
	api     *ClientWithResponses
	address string

	// A function, so that no way of printing a Portal can reach what it returns.
	secrets func() []string
}

// New gives the portal at baseURL, for example "https://yourportal.onlyoffice.com". The address is absolute, http or
// https, without user info, query and fragment; a path in it is kept in front of every call. Nothing is sent yet.
//
// Without a credential option the portal is asked as a visitor.
func New(baseURL string, opts ...Option) (*Portal, error) {
	cfg, err := newConfig(baseURL, opts)
	if err != nil {
		return nil, err
	}
	home, err := parseBaseURL(cfg.generated.Server)
	if err != nil {
		return nil, err
	}
	address := home.String()
	raw := &Client{
		Server:         address + "/",
		Client:         newChain(home, cfg),
		RequestEditors: cfg.generated.RequestEditors,
	}
	return &Portal{
		api:     &ClientWithResponses{ClientInterface: raw},
		address: address,
		secrets: cfg.credential.secrets,
	}, nil
}

// API gives the client generated from the contract. It has the portal's credentials, deadline, size limit and redirect
// rule, but takes every status as success: look at StatusCode() before anything else.
func (p *Portal) API() *ClientWithResponses {
	if p == nil {
		return nil
	}
	return p.api
}

// String gives the portal's address.
func (p *Portal) String() string {
	if p == nil || p.api == nil {
		return "DocSpace portal (none)"
	}
	return "DocSpace portal " + p.address
}

// call is one operation under way: what its errors are named after and what they must not say.
type call struct {
	operation string
	scrub     scrubber
}

// begin refuses what would end in a panic further down.
func (p *Portal) begin(ctx context.Context, operation string, secrets ...string) (call, error) {
	c := call{operation: operation}
	switch {
	case p == nil || p.api == nil:
		return c, c.refuse("the Portal was not made by New", ErrInvalidArgument)
	case ctx == nil:
		return c, c.refuse("the context is nil; pass context.Background() if there is none", ErrInvalidArgument)
	}
	c.scrub = newScrubber(append(secrets, p.secrets()...)...)
	return c, nil
}

// refuse is the error for what is not even sent.
func (c call) refuse(detail string, classes ...error) *Error {
	return &Error{Operation: c.operation, detail: detail, classes: classes}
}

// defaultTimeout bounds a whole call, the reading of the answer included.
const defaultTimeout = 30 * time.Second

// defaultUserAgent is sent unless WithUserAgent says otherwise.
const defaultUserAgent = "mock-docspace-client"

// doerFunc makes a function a HttpRequestDoer. The whole chain consists of these: what a function holds (credentials,
// above all) cannot be printed.
type doerFunc func(*http.Request) (*http.Response, error)

// Do sends the request.
func (f doerFunc) Do(req *http.Request) (*http.Response, error) { return f(req) }
