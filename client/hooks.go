package client

import (
	"context"
	"net/http"
	"time"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// Hooks are functions that are called around each attempt of each call. The goroutine of the call calls them, with the
// context that the caller gave. Either may be nil. An [Attempt] holds no secret.
type Hooks struct {
	Before func(context.Context, Attempt) // StatusCode, Duration, RequestID, RateLimit and Err are still empty
	After  func(context.Context, Attempt) // the Attempt is complete
}

// Attempt is one request of a call.
type Attempt struct {
	Operation  string        // by its name in the contract; empty when the request is none of its operations
	Method     string        // the HTTP method
	Number     int           // counted from 1
	StatusCode int           // the HTTP status; 0 when no answer came
	Duration   time.Duration // until the whole answer was there
	RequestID  string        // of the answer; empty when it has none
	RateLimit  RateLimit     // of the answer
	Err        error         // an *Error when no complete answer came; nil for an answer of any status
}

// callHooks calls the hooks around each attempt.
func callHooks(hooks Hooks, next api.HttpRequestDoer) api.HttpRequestDoer {
	if hooks.Before == nil && hooks.After == nil {
		return next
	}
	return doerFunc(func(req *http.Request) (*http.Response, error) {
		c := callOf(req)
		attempt := Attempt{Operation: c.operation, Method: req.Method, Number: c.attempts}
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
				attempt.RateLimit = c.rateLimit(resp)
			}
			hooks.After(c.Context, attempt)
		}
		return resp, err
	})
}
