package client

import (
	"context"
	"net/http"
	"time"
)

// call is one operation under way. One goroutine uses it. Functions hold its secrets, so that printing a context or a request
// cannot show them.
type call struct {
	context.Context // the caller's

	operation string          // by its name in the contract; empty when the request is none of its operations
	cfg       *config         // nil when the Portal was not made by New
	facade    bool            // a method of Portal or Visitor began it, and ends it
	arguments func() []string // share key and password; nil when there are none
	masker    masker          // of the arguments and the credentials; see clean
	last      *http.Response  // the answer to the last attempt; nil when none came

	started  time.Time
	deadline time.Time     // of the whole call
	timeout  time.Duration // the time that the deadline allows the call
	attempts int           // the number of the attempt under way, counted from 1

	attemptDeadline time.Time     // of the attempt under way
	attemptTime     time.Duration // the time that its deadline allows
}

// attemptContext is the context of one request of a call. It tells every part of the chain which call the request is for.
type attemptContext struct {
	context.Context // ends with the attempt

	call *call
}

type callKey struct{}

// Value finds the call when a request editor has put a context around it.
func (c *call) Value(key any) any {
	if key == (callKey{}) {
		return c
	}
	return c.Context.Value(key)
}

// Value hides the call from another chain within this one, which makes calls of its own.
func (a *attemptContext) Value(key any) any {
	if key == (callKey{}) {
		return nil
	}
	return a.Context.Value(key)
}

// begin begins a call of the facade. The facade ends it with c.end. begin refuses arguments that would cause a panic later.
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
	if shared, ok := ctx.Value(deadlineKey{}).(time.Time); ok {
		c.deadline = shared
	}
	return c, nil
}

// callFor gives the call of a request that enters the chain. It makes a new one for a request of the generated client.
func callFor(req *http.Request, cfg *config) *call {
	if c, ok := req.Context().Value(callKey{}).(*call); ok {
		return c
	}
	c := &call{Context: req.Context(), operation: operationOf(req), cfg: cfg}
	c.start(cfg.timeout)
	if body := req.GetBody; body != nil && req.Method != http.MethodGet {
		c.arguments = func() []string { return passwordsInBody(body) }
	}
	return c
}

// callOf gives the call of a request within the chain. It panics when retry has not made the request.
func callOf(req *http.Request) *call {
	return req.Context().(*attemptContext).call
}

// conclude ends the attempts of a call. It also ends a call of the generated client. The facade looks at the answer first.
func (c *call) conclude(resp *http.Response, err error) (*http.Response, error) {
	c.last = resp
	err = c.errorOf(err)
	if !c.facade {
		c.end(err)
	}
	return resp, err
}

// end ends the call: it fills the caller's ResponseInfo and writes the line in the log.
func (c *call) end(err error) {
	if c.cfg == nil {
		return
	}
	c.fillInfo(err)
	c.logEnd(err)
}
