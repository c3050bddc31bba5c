package client

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// retry bounds the call and each attempt in time, and repeats what may be repeated. Each attempt sees a request of its
// own, with the body from its beginning.
func retry(cfg *config, next api.HttpRequestDoer) api.HttpRequestDoer {
	policy := cfg.retry
	return doerFunc(func(req *http.Request) (*http.Response, error) {
		c := callFor(req, cfg)
		repeatable, body := canRepeat(req), req.Body
		defer func() {
			if body != nil {
				_ = body.Close() // as http.Client does, also when it comes to no attempt
			}
		}()
		if req.URL == nil {
			return c.conclude(nil, c.refuse("the request has no address", ErrInvalidArgument))
		}
		if c.Err() != nil { // over before it began
			return c.conclude(nil, c.connectionError(req, 0, "nothing was sent", c.Err()))
		}
		for {
			if err := cfg.slots.take(c); err != nil {
				detail := fmt.Sprintf("waiting for a turn, while %d other requests of this Portal were under way", maxRequests)
				return c.conclude(nil, c.connectionError(req, 0, detail, err))
			}
			c.startAttempt(cfg.attemptTimeout)
			resp, err := send(c, cfg, next, req, body, repeatable)
			if !repeatable || c.attempt >= policy.Attempts || !policy.transient(c, resp, err) {
				return c.conclude(resp, err)
			}
			wait := policy.delay(c.attempt, resp, err)
			if !c.hasTime(wait) || !cfg.budget.take() {
				return c.conclude(resp, err)
			}
			c.logRetry(resp, err, wait)
			if !sleep(c, wait) {
				return c.conclude(nil, c.endedWhileWaiting(req, resp))
			}
			if req.GetBody != nil {
				if body, err = req.GetBody(); err != nil {
					return c.conclude(nil, c.connectionError(req, 0, "the body could not be read again", err))
				}
			}
		}
	})
}

// send makes one attempt. What it hands down is its own, address included: transports may change it.
func send(c *call, cfg *config, next api.HttpRequestDoer, req *http.Request, body io.ReadCloser, repeatable bool) (*http.Response, error) {
	defer cfg.slots.release() // also when somebody's code below panics
	ctx, cancel := context.WithDeadline(req.Context(), c.until)
	defer cancel()
	try := req.WithContext(&attempt{Context: ctx, call: c})
	address := *req.URL
	try.URL, try.Body = &address, body
	if !repeatable {
		// Nor may net/http send it again: a redirect (307, 308) would need this, and so would a connection gone stale. The
		// price is that a password call can fail on one that the portal has just closed.
		try.GetBody = nil
	}
	return next.Do(try)
}

// canRepeat is about the request alone: twice the same must be as good as once, and the body must be there twice.
func canRepeat(req *http.Request) bool {
	if req.Method != "" && req.Method != http.MethodGet && req.Method != http.MethodPut { // "" is GET
		return false
	}
	return req.Body == nil || req.Body == http.NoBody || req.GetBody != nil
}

// ended is the error of a call that its caller has ended between two attempts.
func (c *call) endedWhileWaiting(req *http.Request, resp *http.Response) error {
	detail := "while waiting to try again"
	if resp != nil {
		detail += fmt.Sprintf(" after HTTP %d", resp.StatusCode)
	}
	return c.connectionError(req, 0, detail, c.Err())
}
