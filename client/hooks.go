package client

import (
	"context"
	"net/http"
	"time"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// Hooks are called around each attempt of each call, by the goroutine that makes the call, with the context that the
// caller has given. Either may be nil. What they are told holds no secret.
type Hooks struct {
	Before func(context.Context, Attempt) // StatusCode, Duration, Err and what stands in the answer are still empty
	After  func(context.Context, Attempt)
}

// Attempt is one request of a call.
type Attempt struct {
	Operation  string // as the contract names it; empty when the request is none of its operations
	Method     string
	Number     int           // counted from 1
	StatusCode int           // the HTTP status; 0 when no answer came
	Duration   time.Duration // until the answer was there in full
	RequestID  string        // of the answer; empty when it has none
	RateLimit  RateLimit     // of the answer
	Err        error         // an *Error when there was no complete answer; a status other than 200 is none yet
}

// logged calls the hooks around each attempt.
func callHooks(hooks Hooks, next api.HttpRequestDoer) api.HttpRequestDoer {
	if hooks.Before == nil && hooks.After == nil {
		return next
	}
	return doerFunc(func(req *http.Request) (*http.Response, error) {
		c := callOf(req)
		attempt := Attempt{Operation: c.operation, Method: req.Method, Number: c.attempt}
		if hooks.Before != nil {
			hooks.Before(c.Context, attempt)
		}
		began := time.Now()
		resp, err := next.Do(req)
		if hooks.After != nil {
			attempt.Duration = time.Since(began)
			attempt.StatusCode = statusOf(resp, err)
			attempt.Err = c.errorOf(err)
			if resp != nil {
				attempt.RequestID = c.requestID(resp)
				attempt.RateLimit = readRateLimit(resp.Header)
			}
			hooks.After(c.Context, attempt)
		}
		return resp, err
	})
}
