package client

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// call is one operation under way. One goroutine uses it. Secrets are behind functions, where printing a context or a
// request cannot reach them.
type call struct {
	context.Context // the caller's

	operation string          // as the contract names it; empty when the request is none of its operations
	cfg       *config         // nil when the Portal is none
	facade    bool            // begun by a method of Portal or Visitor, which ends it too
	arguments func() []string // share key and password; nil when there are none
	scrub     masker          // of those and the portal's; see clean
	last      *http.Response  // the answer to the last attempt; nil when none came

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

type callKey struct{}

// Value finds the call again where a request editor has put a context around it.
func (c *call) Value(key any) any {
	if key == (callKey{}) {
		return c
	}
	return c.Context.Value(key)
}

// Value hides the call from a second chain beneath this one, which makes calls of its own.
func (a *attempt) Value(key any) any {
	if key == (callKey{}) {
		return nil
	}
	return a.Context.Value(key)
}

// begin starts a call of the facade, whose end is told by c.end. It refuses what would end in a panic further down.
func (p *Portal) begin(ctx context.Context, operation string) (*call, error) {
	c := &call{Context: ctx, operation: operation, facade: true}
	if ctx == nil {
		c.Context = context.Background()
	}
	if p == nil || p.cfg == nil {
		return c, c.refuse("the Portal was not made by New", ErrInvalidArgument)
	}
	c.cfg = p.cfg
	c.start(p.cfg.timeout)
	if ctx == nil {
		return c, c.refuse("the context is nil; pass context.Background() if there is none", ErrInvalidArgument)
	}
	if of, ok := ctx.Value(deadlineKey{}).(time.Time); ok {
		c.deadline = of
	}
	return c, nil
}

// enter gives the call that a request begins with: the facade's, or a new one for the generated client.
func callFor(req *http.Request, cfg *config) *call {
	if c, ok := req.Context().Value(callKey{}).(*call); ok {
		return c
	}
	c := &call{Context: req.Context(), operation: operationOf(req), cfg: cfg}
	c.start(cfg.timeout)
	if body := req.GetBody; body != nil && req.Method == http.MethodPost {
		c.arguments = func() []string { return passwordsInBody(body) }
	}
	return c
}

// callOf gives the call of a request further down in the chain. Only retry makes those.
func callOf(req *http.Request) *call {
	return req.Context().(*attempt).call // a chain without retry is a mistake of ours
}

// over is the end of the last attempt. Calls of the generated client end with it; the facade looks at the answer first.
func (c *call) conclude(resp *http.Response, err error) (*http.Response, error) {
	c.last = resp
	err = c.errorOf(err)
	if !c.facade {
		c.end(err)
	}
	return resp, err
}

// end writes the one line in the log and fills the caller's ResponseInfo.
func (c *call) end(err error) {
	if c.cfg == nil {
		return
	}
	if into, _ := c.Value(infoKey{}).(*ResponseInfo); into != nil {
		*into = ResponseInfo{StatusCode: statusOf(c.last, err), Attempts: c.attempt, Duration: time.Since(c.started)}
		if c.last != nil {
			into.RequestID = c.requestID(c.last)
			into.RateLimit = readRateLimit(c.last.Header)
		}
	}
	level := slog.LevelInfo
	if status := statusOf(c.last, err); err != nil || status < 200 || status > 299 {
		level = slog.LevelWarn
	}
	c.log(level, "docspace call", c.last, err)
}
