package client

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// ResponseInfo is what an answer says in addition to its content. See [WithResponseInfo].
type ResponseInfo struct {
	StatusCode int           // the HTTP status of the last attempt; 0 when no answer came
	Attempts   int           // how often the request was sent
	Duration   time.Duration // of the whole call, with its waits
	RequestID  string        // the id to tell the people who run the portal; empty when the answer has none
	RateLimit  RateLimit     // of the last answer
}

// WithResponseInfo gives a context for one call. The call fills into when it ends, with or without an error. After a method
// that sends several requests, into describes the last one. Calls that run at the same time need one each.
func WithResponseInfo(ctx context.Context, into *ResponseInfo) context.Context {
	return context.WithValue(ctx, infoKey{}, into)
}

type infoKey struct{}

// fillInfo fills the ResponseInfo that the caller has given, if any.
func (c *call) fillInfo(err error) {
	into, _ := c.Value(infoKey{}).(*ResponseInfo)
	if into == nil {
		return
	}
	*into = ResponseInfo{StatusCode: statusOf(c.last, err), Attempts: c.attempts, Duration: time.Since(c.started)}
	if c.last != nil {
		into.RequestID = c.requestID(c.last)
		into.RateLimit = c.rateLimit(c.last)
	}
}

// statusOf gives the status of an answer, or of an answer that broke off, or 0.
func statusOf(resp *http.Response, err error) int {
	var failure *Error
	switch {
	case resp != nil:
		return resp.StatusCode
	case errors.As(err, &failure):
		return failure.StatusCode
	default:
		return 0
	}
}
