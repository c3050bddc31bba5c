package client

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// ResponseInfo is what an answer says beside its content. See [WithResponseInfo].
type ResponseInfo struct {
	StatusCode int           // the HTTP status of the last attempt; 0 when no answer came
	Attempts   int           // how often the request was sent
	Duration   time.Duration // of the whole call, waits included
	RequestID  string        // for the people who run the portal; empty when the answer has none
	RateLimit  RateLimit     // as of the last answer
}

// WithResponseInfo gives a context; a call that is made with it fills into when it ends, well or not. A method that makes
// several requests leaves what it knows of the last one. Give each of concurrent calls its own.
func WithResponseInfo(ctx context.Context, into *ResponseInfo) context.Context {
	return context.WithValue(ctx, infoKey{}, into)
}

type infoKey struct{}

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
