package client

import (
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"
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
func (p RetryPolicy) delay(attempt int, resp *http.Response, err error) time.Duration {
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
