package client

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The classes of an [*Error], for errors.Is. The outcomes of a share link are beside [*LinkError].
var (
	// ErrConnection is a call without a complete answer: no connection, a reset in the middle, or no time left. The
	// cause matches too: context.DeadlineExceeded, context.Canceled, syscall.ECONNREFUSED and so on.
	ErrConnection = errors.New("no complete answer from the portal")
	// ErrRedirect is a redirect that is not followed.
	ErrRedirect = errors.New("the redirect was not followed")
	// ErrResponseTooLarge is an answer of more than 4 MiB.
	ErrResponseTooLarge = errors.New("the answer is too large")
	// ErrMalformedResponse is a 2xx that is not the answer the contract promises.
	ErrMalformedResponse = errors.New("the answer is not what a DocSpace portal sends")

	// ErrBadRequest is 400.
	ErrBadRequest = errors.New("the portal could not read the request")
	// ErrUnauthorized is 401.
	ErrUnauthorized = errors.New("not signed in: the credentials are missing, wrong or expired")
	// ErrPaymentRequired is 402.
	ErrPaymentRequired = errors.New("the portal's plan does not allow it")
	// ErrForbidden is 403: the role, the key's scopes or the caller's address do not allow it.
	ErrForbidden = errors.New("not allowed")
	// ErrNotFound is 404: no such portal or call. A share key that does not exist is ErrLinkNotFound.
	ErrNotFound = errors.New("the portal has no such address")
	// ErrUnsupportedMediaType is 415.
	ErrUnsupportedMediaType = errors.New("the portal does not take this media type")
	// ErrRateLimited is 429. [Error.RetryAfter] says how long to wait, where the portal does.
	ErrRateLimited = errors.New("too many requests")
	// ErrToken is a token source that gave no token; nothing was sent. Its error matches too, but its text, which may hold a
	// secret, is not repeated: whoever writes the source logs it there.
	ErrToken = errors.New("the token source gave no token")

	// ErrServer is any 5xx, from the portal or a proxy in front of it.
	ErrServer = errors.New("the server failed")

	// ErrTooManyAttempts says that the portal refuses passwords for this link for a while: 60 seconds unless the portal
	// is set otherwise (LoginSettings.cs). It comes with ErrForbidden or ErrRateLimited.
	ErrTooManyAttempts = errors.New("too many wrong passwords; wait a minute")

	// ErrInvalidArgument is a call that was refused before anything was sent.
	ErrInvalidArgument = errors.New("nothing was sent")
	// ErrInvalidShareKey is a share key that no link can have. It comes with ErrInvalidArgument.
	ErrInvalidShareKey = errors.New("the share key cannot be sent")
)

// ErrInsecureHTTP is what [New] says of an address at which credentials would be sent for all to read: http, to another
// machine. See [WithInsecureHTTP].
var ErrInsecureHTTP = errors.New("credentials do not go over plain http to another machine")

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

	detail  string // our own words
	classes []error
	cause   *cause
}

// Error gives one line: the operation, what is wrong, the status, the server's words.
func (e *Error) Error() string {
	operation := e.Operation
	if operation == "" {
		operation = "call"
	}
	parts := []string{"docspace: " + operation}
	switch {
	case len(e.classes) > 0:
		parts = append(parts, e.classes[0].Error())
	case e.StatusCode != 0:
		parts = append(parts, strings.TrimSpace("HTTP "+strconv.Itoa(e.StatusCode)+" "+http.StatusText(e.StatusCode)))
	}
	if e.StatusCode != 0 && len(e.classes) > 0 {
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

// Unwrap gives the classes that the error belongs to, and what caused it.
func (e *Error) Unwrap() []error {
	all := append([]error(nil), e.classes...)
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

// statusClass gives the sentinel of a status that is not success; nil where the status says it all.
func statusClass(status int) error {
	switch {
	case status == http.StatusBadRequest:
		return ErrBadRequest
	case status == http.StatusUnauthorized:
		return ErrUnauthorized
	case status == http.StatusPaymentRequired:
		return ErrPaymentRequired
	case status == http.StatusForbidden:
		return ErrForbidden
	case status == http.StatusNotFound:
		return ErrNotFound
	case status == http.StatusUnsupportedMediaType:
		return ErrUnsupportedMediaType
	case status == http.StatusTooManyRequests:
		return ErrRateLimited
	case status >= 500:
		return ErrServer
	case status >= 300 && status <= 399:
		return ErrRedirect
	case status < 300:
		return ErrMalformedResponse
	default:
		return nil
	}
}
