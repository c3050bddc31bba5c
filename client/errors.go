package client

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Error is a call that failed. Three other failures have types of their own: [*NotInForceError], [*LinkError] and
// [*UpdateError]. Text from the server is one line of at most 300 characters, without control characters and without the
// secrets of the call.
type Error struct {
	Operation   string              // by its name in the contract; empty for a request that is none of its operations
	StatusCode  int                 // the HTTP status; 0 when no answer came
	Message     string              // the server's own words; empty when it gave none
	Type        string              // the server's exception type, such as "System.InvalidOperationException"; often empty
	Fields      map[string][]string // the messages for each JSON path; only for a 400 with validation messages
	RetryAfter  time.Duration       // how long the server asks to wait; 0 when it does not say
	ContentType string              // the media type of the answer
	RequestID   string              // the id that the portal, or a proxy before it, gave the request; empty when there is none
	RateLimit   RateLimit           // what the answer says about the limit of requests
	Attempts    int                 // how often the request was sent; 0 when nothing was sent

	detail string // our own words
	kinds  []error
	cause  *cause
}

// Error gives one line with the operation, the kind, the status and the server's words.
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

// Unwrap gives the kinds of the error, and its cause.
func (e *Error) Unwrap() []error {
	all := append([]error(nil), e.kinds...)
	if e.cause != nil {
		all = append(all, e.cause)
	}
	return all
}

// LogValue gives slog the fields that are not empty, and the text of the error.
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

// refuse makes the error of a call that is not sent.
func (c *call) refuse(detail string, kinds ...error) *Error {
	return &Error{Operation: c.operation, detail: detail, kinds: kinds}
}

// errorOf makes an *Error of the call from an error of the chain or of a request editor.
func (c *call) errorOf(err error) error {
	if err == nil {
		return nil
	}
	var known *Error
	if errors.As(err, &known) {
		named := *known
		named.Operation, named.Attempts = c.operation, c.attempts
		if named.cause != nil {
			named.cause = &cause{text: c.clean(named.cause.text), err: named.cause.err}
		}
		return &named
	}
	return &Error{Operation: c.operation, detail: "the request could not be made", cause: newCause(c.ownMasker(), err)}
}
