package client

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// RetryPolicy says how often and how patiently a call is repeated. The zero value of each field means its default, so
// RetryPolicy{} is the default policy; RetryPolicy{Attempts: 1} repeats nothing.
//
// GET and PUT are repeated when no complete answer came (the connection failed, or the attempt took too long) and on
// 429, 502, 503 and 504. A POST is never repeated: the portal counts passwords. Nothing else is either, and nothing is
// sent again later than the call's deadline allows.
type RetryPolicy struct {
	// Attempts is how often a call is sent at most, the first time included; 3 by default.
	Attempts int
	// BaseDelay bounds the first wait, and every further bound is twice the one before; 500 ms by default. The wait itself
	// is random between nothing and its bound, so that clients which failed together do not come back together.
	BaseDelay time.Duration
	// MaxDelay bounds every wait but those of a Retry-After; 8 s by default.
	MaxDelay time.Duration
	// MaxRetryAfter is the longest wait that a Retry-After can impose; 60 s by default. Mostly the deadline comes first.
	MaxRetryAfter time.Duration
	// InternalServerError also repeats after 500, which a portal answers to what it will fail at again as a rule.
	InternalServerError bool
	// Budget is how many retries all calls of a Portal have together; one comes back each second. 20 by default. When it
	// is used up, calls fail at once instead of adding to the load of a portal that fails already.
	Budget int
}

func (p RetryPolicy) check() error {
	for _, field := range []struct {
		name  string
		value int64
	}{
		{"Attempts", int64(p.Attempts)}, {"BaseDelay", int64(p.BaseDelay)}, {"MaxDelay", int64(p.MaxDelay)},
		{"MaxRetryAfter", int64(p.MaxRetryAfter)}, {"Budget", int64(p.Budget)},
	} {
		if field.value < 0 {
			return fmt.Errorf("docspace: WithRetry: %s is negative; 0 means the default", field.name)
		}
	}
	return nil
}

func (p RetryPolicy) withDefaults() RetryPolicy {
	setIfZero(&p.Attempts, 3)
	setIfZero(&p.BaseDelay, 500*time.Millisecond)
	setIfZero(&p.MaxDelay, 8*time.Second)
	setIfZero(&p.MaxRetryAfter, time.Minute)
	setIfZero(&p.Budget, 20)
	return p
}

func setIfZero[T comparable](value *T, fallback T) {
	var zero T
	if *value == zero {
		*value = fallback
	}
}

// retry bounds the call and each attempt in time, and repeats what may be repeated. Each attempt sees a request of its
// own, with the body from its beginning.
func retry(cfg *config, next api.HttpRequestDoer) api.HttpRequestDoer {
	policy := cfg.retry
	return doerFunc(func(req *http.Request) (*http.Response, error) {
		c := enter(req, cfg)
		repeatable, body := canRepeat(req), req.Body
		defer func() {
			if body != nil {
				_ = body.Close() // as http.Client does, also when it comes to no attempt
			}
		}()
		if req.URL == nil {
			return c.over(nil, c.refuse("the request has no address", ErrInvalidArgument))
		}
		if c.Err() != nil { // over before it began
			return c.over(nil, c.connectionError(req, 0, "nothing was sent", c.Err()))
		}
		for {
			if err := cfg.turns.take(c); err != nil {
				detail := fmt.Sprintf("waiting for a turn, while %d other requests of this Portal were under way", maxRequests)
				return c.over(nil, c.connectionError(req, 0, detail, err))
			}
			c.startAttempt(cfg.attemptTimeout)
			resp, err := send(c, cfg, next, req, body, repeatable)
			if !repeatable || c.attempt >= policy.Attempts || !policy.transient(c, resp, err) {
				return c.over(resp, err)
			}
			wait := policy.wait(c.attempt, resp, err)
			if !c.hasTime(wait) || !cfg.budget.take() {
				return c.over(resp, err)
			}
			c.logRetry(resp, err, wait)
			if !sleep(c, wait) {
				return c.over(nil, c.ended(req, resp))
			}
			if req.GetBody != nil {
				if body, err = req.GetBody(); err != nil {
					return c.over(nil, c.connectionError(req, 0, "the body could not be read again", err))
				}
			}
		}
	})
}

// send makes one attempt. What it hands down is its own, address included: transports may change it.
func send(c *call, cfg *config, next api.HttpRequestDoer, req *http.Request, body io.ReadCloser, repeatable bool) (*http.Response, error) {
	defer cfg.turns.give() // also when somebody's code below panics
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

// transient is about the outcome: it may be another one next time.
func (p RetryPolicy) transient(c *call, resp *http.Response, err error) bool {
	if c.Err() != nil {
		return false
	}
	if err == nil {
		return p.transientStatus(resp.StatusCode)
	}
	var failure *Error
	var certificate *tls.CertificateVerificationError
	switch {
	case !errors.As(err, &failure) || !errors.Is(failure, ErrConnection) || errors.Is(failure, ErrToken):
		return false // such as a redirect, too much of a body, or a token source whose own calls failed
	case errors.As(err, &certificate):
		return false
	case failure.StatusCode >= 300: // the answer broke off, but its status had come
		return p.transientStatus(failure.StatusCode)
	default:
		return true
	}
}

func (p RetryPolicy) transientStatus(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case http.StatusInternalServerError:
		return p.InternalServerError
	default:
		return false
	}
}

// wait is what the portal asks for, up to a cap, or a random part of a bound that doubles.
func (p RetryPolicy) wait(attempt int, resp *http.Response, err error) time.Duration {
	asked := time.Duration(0)
	var failure *Error
	switch {
	case resp != nil:
		asked = retryAfter(resp.Header.Get("Retry-After"), time.Now())
	case errors.As(err, &failure):
		asked = failure.RetryAfter
	}
	if asked > 0 {
		return min(asked, p.MaxRetryAfter)
	}
	bound := min(p.BaseDelay, p.MaxDelay)
	for range attempt - 1 {
		if bound > p.MaxDelay/2 {
			bound = p.MaxDelay
			break
		}
		bound *= 2
	}
	return rand.N(bound) //nolint:gosec // jitter, no secret
}

func (c *call) startAttempt(timeout time.Duration) {
	c.attempt++
	c.until, c.within = time.Now().Add(timeout), timeout
	if c.deadline.Before(c.until) {
		c.until, c.within = c.deadline, c.timeout
	}
}

// hasTime says whether an attempt after that wait would still lie within the call's deadline and the caller's.
func (c *call) hasTime(wait time.Duration) bool {
	then := time.Now().Add(wait)
	if end, ok := c.Deadline(); ok && !then.Before(end) {
		return false
	}
	return then.Before(c.deadline)
}

// ended is the error of a call that its caller has ended between two attempts.
func (c *call) ended(req *http.Request, resp *http.Response) error {
	detail := "while waiting to try again"
	if resp != nil {
		detail += fmt.Sprintf(" after HTTP %d", resp.StatusCode)
	}
	return c.connectionError(req, 0, detail, c.Err())
}

// sleep says whether it was allowed to end.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// bucket holds the retries that are left to all calls together. One flows back each second.
type bucket struct {
	mu   sync.Mutex
	size float64
	left float64
	seen time.Time
}

func newBucket(size int) *bucket { return &bucket{size: float64(size), left: float64(size)} }

func (b *bucket) take() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if !b.seen.IsZero() {
		b.left = min(b.left+now.Sub(b.seen).Seconds(), b.size)
	}
	b.seen = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
