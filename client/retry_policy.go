package client

import (
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"
)

// RetryPolicy says how often a call is repeated, and after which waits. A field that is zero has its default. So
// RetryPolicy{} is the default policy, and RetryPolicy{Attempts: 1} repeats nothing.
//
// GET and PUT are repeated when no complete answer came, because the connection failed or the attempt took too long. They
// are also repeated after 429, 502, 503 and 504. What makes a link is not: a PUT for links without the id of one, and a GET for
// the primary link. A POST is never repeated, because the portal counts passwords, but for the one that signs out. The DELETE of
// a room is repeated, because a portal never gives its number to another one. No other request is repeated. No retry begins after
// the call's deadline.
type RetryPolicy struct {
	// Attempts is how often a call is sent at most, with the first time. The default is 3.
	Attempts int
	// BaseDelay is the bound of the first wait. The bound doubles with every wait. The wait is a random time between zero and
	// its bound, so that clients which failed together do not come back together. The default is 500 ms.
	BaseDelay time.Duration
	// MaxDelay is the longest wait when the portal sends no Retry-After. The default is 8 s.
	MaxDelay time.Duration
	// MaxRetryAfter is the longest wait that a Retry-After can impose. The call's deadline is often earlier. The default is
	// 60 s.
	MaxRetryAfter time.Duration
	// InternalServerError also repeats a call after 500. A portal that answers 500 usually fails again.
	InternalServerError bool
	// Budget is how many retries all calls of a Portal have together. One comes back each second. Without retries left, calls
	// fail at once and do not add to the load of a portal that fails already. The default is 20.
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

// transient looks at the outcome. It says whether another attempt may have another outcome.
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
		return false // a redirect, for example, an answer that is too large, or a token source whose own calls failed
	case errors.As(err, &certificate):
		return false
	case failure.StatusCode >= 300: // the status came, and then the answer broke off
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

// delay is the time to wait after an attempt: the portal's Retry-After, or a random part of a bound that doubles.
func (p RetryPolicy) delay(attempt int, resp *http.Response, err error, now time.Time) time.Duration {
	asked := time.Duration(0)
	var failure *Error
	switch {
	case resp != nil:
		asked = retryAfter(resp.Header.Get("Retry-After"), now)
	case errors.As(err, &failure):
		asked = failure.RetryAfter
	}
	if asked > 0 {
		return min(asked, p.MaxRetryAfter)
	}
	bound := min(p.BaseDelay, p.MaxDelay)
	for range attempt - 1 {
		if bound > p.MaxDelay/2 { // to double it could overflow
			bound = p.MaxDelay
			break
		}
		bound *= 2
	}
	return rand.N(bound) //nolint:gosec // jitter, no secret
}
