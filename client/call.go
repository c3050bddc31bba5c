package client

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// call is one operation under way. One goroutine uses it. Secrets are behind functions, where printing a context or a
// request cannot reach them.
type call struct {
	context.Context // the caller's

	operation string          // as the contract names it; empty on calls through Portal.API
	portal    func() []string // the portal's secrets
	own       func() []string // share key and password; nil when there are none
	scrub     scrubber        // of both; see clean

	started  time.Time
	deadline time.Time     // of the whole call
	timeout  time.Duration // what the deadline was made of
	attempt  int           // counted from 1
	until    time.Time     // the end of the attempt
	within   time.Duration // what it was made of
}

// attempt is the context of one request of a call: every part of the chain knows by it which call it works for.
type attempt struct {
	context.Context // ends with the attempt

	call *call
}

// begin refuses what would end in a panic further down.
func (p *Portal) begin(ctx context.Context, operation string) (*call, error) {
	c := &call{Context: ctx, operation: operation}
	switch {
	case p == nil || p.api == nil:
		return c, c.refuse("the Portal was not made by New", ErrInvalidArgument)
	case ctx == nil:
		return c, c.refuse("the context is nil; pass context.Background() if there is none", ErrInvalidArgument)
	}
	c.portal = p.secrets
	return c, nil
}

// beginSecret begins a call whose arguments are secrets too.
func (p *Portal) beginSecret(ctx context.Context, operation, key, password string) (*call, error) {
	c, err := p.begin(ctx, operation)
	c.own = func() []string { return []string{key, password} }
	return c, err
}

// enter gives the call that a request begins with: the facade's, or a new one for the generated client.
func enter(req *http.Request) *call {
	if c, ok := req.Context().(*call); ok {
		return c
	}
	c := &call{Context: req.Context()}
	if body := req.GetBody; body != nil && req.Method == http.MethodPost {
		c.own = func() []string { return passwordsIn(body) }
	}
	return c
}

// callOf gives the call of a request further down in the chain. Only retry makes those.
func callOf(req *http.Request) *call {
	return req.Context().(*attempt).call // a chain without retry is a mistake of ours
}

// passwordsIn reads the body of a password call that the facade did not make, so that its errors do not repeat it either.
func passwordsIn(getBody func() (io.ReadCloser, error)) []string {
	body, err := getBody()
	if err != nil {
		return nil
	}
	defer body.Close()
	content, err := readUpTo(maxErrorBody, body, -1)
	var sent ExternalShareRequestParam
	if err != nil || json.Unmarshal(content, &sent) != nil || sent.Password == nil {
		return nil
	}
	return []string{*sent.Password}
}

// refuse is the error for what is not even sent.
func (c *call) refuse(detail string, classes ...error) *Error {
	return &Error{Operation: c.operation, detail: detail, classes: classes}
}

// clean makes text from outside fit for an error. Only errors need it, so only they pay for it.
func (c *call) clean(text string) string {
	if c.scrub == nil {
		var secrets []string
		for _, known := range []func() []string{c.portal, c.own} {
			if known != nil {
				secrets = append(secrets, known()...)
			}
		}
		c.scrub = newScrubber(secrets...)
	}
	return c.scrub.line(text)
}
