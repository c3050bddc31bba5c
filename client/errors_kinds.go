package client

import (
	"errors"
	"net/http"
)

// The kinds of an [*Error], for errors.Is. The outcomes of a share link are beside [*LinkError].
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

// statusKind gives the sentinel of a status that is not success; nil where the status says it all.
func statusKind(status int) error {
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
