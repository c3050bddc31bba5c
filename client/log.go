package client

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
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

// logged calls the hooks around each attempt.
func logged(hooks Hooks, next api.HttpRequestDoer) api.HttpRequestDoer {
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
			attempt.Err = c.failed(err)
			if resp != nil {
				attempt.RequestID = c.requestID(resp)
				attempt.RateLimit = readRateLimit(resp.Header)
			}
			hooks.After(c.Context, attempt)
		}
		return resp, err
	})
}

// over is the end of the last attempt. Calls of the generated client end with it; the facade looks at the answer first.
func (c *call) over(resp *http.Response, err error) (*http.Response, error) {
	c.last = resp
	err = c.failed(err)
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

// logRetry is for those who want to see more than one line a call: it stands below the level that handlers write.
func (c *call) logRetry(resp *http.Response, err error, wait time.Duration) {
	c.log(slog.LevelDebug, "docspace call is tried again", resp, c.failed(err), slog.Duration("wait", wait))
}

// log writes what is on this list and nothing else; none of it can hold a secret.
func (c *call) log(level slog.Level, message string, resp *http.Response, err error, more ...slog.Attr) {
	if c.cfg.logger == nil || !c.cfg.logger.Enabled(c.Context, level) {
		return
	}
	attrs := append([]slog.Attr{
		slog.String("operation", c.operation),
		slog.Int("status", statusOf(resp, err)),
		slog.Int("attempt", c.attempt),
		slog.Duration("duration", time.Since(c.started)),
	}, more...)
	if resp != nil {
		if id := c.requestID(resp); id != "" {
			attrs = append(attrs, slog.String("request_id", id))
		}
	}
	if err != nil {
		attrs = append(attrs, slog.String("error", err.Error()))
	}
	c.cfg.logger.LogAttrs(c.Context, level, message, attrs...)
}

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

// operationOf knows the operation of a request of the generated client by its address.
func operationOf(req *http.Request) string {
	if req.URL == nil {
		return ""
	}
	method, path := req.Method, req.URL.Path
	switch {
	case method == http.MethodGet && strings.HasSuffix(path, "/files/settings"):
		return opFilesSettings
	case method == http.MethodPut && strings.HasSuffix(path, "/files/settings/external"):
		return opExternalShare
	case method == http.MethodPut && strings.HasSuffix(path, "/files/settings/externalsocialmedia"):
		return opExternalShareSocialMedia
	case method == http.MethodPost && strings.Contains(path, "/files/share/") && strings.HasSuffix(path, "/password"):
		return opApplyPassword
	default:
		return ""
	}
}
