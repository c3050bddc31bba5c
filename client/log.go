package client

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"
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
func logged(hooks Hooks, next HttpRequestDoer) HttpRequestDoer {
	if hooks.Before == nil && hooks.After == nil {
		return next
	}
	return doerFunc(func(req *http.Request) (*http.Response, error) {
		c := callOf(req)
		attempt := Attempt{Operation: c.name(req), Method: req.Method, Number: c.attempt}
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
				attempt.RequestID = requestID(resp)
				attempt.RateLimit = readRateLimit(resp.Header)
			}
			hooks.After(c.Context, attempt)
		}
		return resp, err
	})
}

// over ends a call: it writes the one line in the log and fills the caller's ResponseInfo.
func (c *call) over(cfg *config, req *http.Request, resp *http.Response, err error) (*http.Response, error) {
	if into, _ := c.Value(infoKey{}).(*ResponseInfo); into != nil {
		*into = ResponseInfo{StatusCode: statusOf(resp, err), Attempts: c.attempt, Duration: time.Since(c.started)}
		if resp != nil {
			into.RequestID = requestID(resp)
			into.RateLimit = readRateLimit(resp.Header)
		}
	}
	err = c.failed(err)
	if cfg.logger != nil {
		level := slog.LevelInfo
		if status := statusOf(resp, err); err != nil || status < 200 || status > 299 {
			level = slog.LevelWarn
		}
		c.log(cfg, level, "docspace call", req, resp, err)
	}
	var failure *Error
	if errors.As(err, &failure) {
		failure.Attempts = c.attempt
	}
	return resp, err
}

// logRetry is for those who want to see more than one line a call: it stands below the level that handlers write.
func (c *call) logRetry(cfg *config, req *http.Request, resp *http.Response, err error, wait time.Duration) {
	if cfg.logger != nil {
		c.log(cfg, slog.LevelDebug, "docspace call is tried again", req, resp, err, slog.Duration("wait", wait))
	}
}

// log writes what is on this list and nothing else; none of it can hold a secret.
func (c *call) log(cfg *config, level slog.Level, message string, req *http.Request, resp *http.Response, err error, more ...slog.Attr) {
	if !cfg.logger.Enabled(c.Context, level) {
		return
	}
	attrs := append([]slog.Attr{
		slog.String("operation", c.name(req)),
		slog.Int("status", statusOf(resp, err)),
		slog.Int("attempt", c.attempt),
		slog.Duration("duration", time.Since(c.started)),
	}, more...)
	if resp != nil {
		if id := requestID(resp); id != "" {
			attrs = append(attrs, slog.String("request_id", id))
		}
	}
	if err := c.failed(err); err != nil {
		attrs = append(attrs, slog.String("error", err.Error()))
	}
	cfg.logger.LogAttrs(c.Context, level, message, attrs...)
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

// name is the operation; calls through Portal.API are known by their address.
func (c *call) name(req *http.Request) string {
	if c.operation != "" {
		return c.operation
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
