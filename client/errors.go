package client

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Error is a call that failed, except for [*NotInForceError], [*LinkError] and [*UpdateError]. What comes from the server is one line
// of at most 300 characters without control characters, and without the secrets of the call.
type Error struct {
	Operation   string              // as the contract names it; empty for a request that is none of its operations
	StatusCode  int                 // the HTTP status; 0 when no answer came
	Message     string              // the server's own words; empty when it gave none
	Type        string              // the server's exception type, such as "System.InvalidOperationException"; mostly empty
	Fields      map[string][]string // messages by the JSON path they are about; only on a 400 with validation messages
	RetryAfter  time.Duration       // how long the server asks to wait; 0 when it does not say
	ContentType string              // the media type of the answer
	RequestID   string              // how the portal, or a proxy before it, calls this request; empty when it does not say
	RateLimit   RateLimit           // what the answer says about the limit of requests
	Attempts    int                 // how often the request was sent; 0 when it was not

	detail string // our own words
	kinds  []error
	cause  *cause
}

// Error gives one line: the operation, what is wrong, the status, the server's words.
func (e *Error) Error() string {
	operation := e.Operation
	if operation == "" {
		operation = "call"
	}
	parts := []string{"docspace: " + operation}
	switch {
	case len(e.kinds) > 0:
		parts = append(parts, e.kinds[0].Error())
	case e.StatusCode != 0:
		parts = append(parts, strings.TrimSpace("HTTP "+strconv.Itoa(e.StatusCode)+" "+http.StatusText(e.StatusCode)))
	}
	if e.StatusCode != 0 && len(e.kinds) > 0 {
		parts[1] += " (HTTP " + strconv.Itoa(e.StatusCode) + ")"
	}
	if e.Attempts > 1 {
		parts[len(parts)-1] += " after " + strconv.Itoa(e.Attempts) + " attempts"
	}
	for _, text := range []string{e.detail, e.Message} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	if e.cause != nil && e.cause.text != "" {
		parts = append(parts, e.cause.text)
	}
	return strings.Join(parts, ": ")
}

// Unwrap gives the kinds that the error belongs to, and what caused it.
func (e *Error) Unwrap() []error {
	all := append([]error(nil), e.kinds...)
	if e.cause != nil {
		all = append(all, e.cause)
	}
	return all
}

// LogValue gives slog what the error holds, in parts; those that are empty are left out.
func (e *Error) LogValue() slog.Value {
	attrs := []slog.Attr{slog.String("operation", e.Operation), slog.Int("status", e.StatusCode), slog.String("error", e.Error())}
	for _, part := range []struct{ name, value string }{
		{"message", e.Message}, {"type", e.Type}, {"request_id", e.RequestID},
	} {
		if part.value != "" {
			attrs = append(attrs, slog.String(part.name, part.value))
		}
	}
	if len(e.Fields) > 0 {
		attrs = append(attrs, slog.Any("fields", e.Fields))
	}
	if e.RetryAfter > 0 {
		attrs = append(attrs, slog.Duration("retry_after", e.RetryAfter))
	}
	if e.RateLimit != (RateLimit{}) {
		attrs = append(attrs, slog.Int("rate_limit", e.RateLimit.Limit), slog.Int("rate_limit_remaining", e.RateLimit.Remaining))
	}
	if e.Attempts > 1 {
		attrs = append(attrs, slog.Int("attempts", e.Attempts))
	}
	return slog.GroupValue(attrs...)
}

// failed is what comes of an error of the generated client: one of the chain, or of a request editor.
func (c *call) errorOf(err error) error {
	if err == nil {
		return nil
	}
	var known *Error
	if errors.As(err, &known) {
		named := *known
		named.Operation, named.Attempts = c.operation, c.attempt
		if named.cause != nil {
			named.cause = &cause{text: c.clean(named.cause.text), err: named.cause.err}
		}
		return &named
	}
	return &Error{Operation: c.operation, detail: "the request could not be made", cause: c.newCause(err)}
}

// refuse is the error for what is not even sent.
func (c *call) refuse(detail string, kinds ...error) *Error {
	return &Error{Operation: c.operation, detail: detail, kinds: kinds}
}
