package client

import (
	"errors"
	"net/http"
)

// The kinds of an [*Error], for errors.Is. The outcomes of a share link belong to [*LinkError].
var (
	// ErrConnection says that no complete answer came: there was no connection, it broke in the middle, or the time was over.
	// The error also matches its cause, such as context.DeadlineExceeded, context.Canceled or syscall.ECONNREFUSED.
	ErrConnection = errors.New("no complete answer from the portal")
	// ErrRedirect is a redirect that is not followed.
	ErrRedirect = errors.New("the redirect was not followed")
	// ErrResponseTooLarge is an answer of more than 4 MiB.
	ErrResponseTooLarge = errors.New("the answer is too large")
	// ErrMalformedResponse is a 2xx that is not the answer which the contract promises.
	ErrMalformedResponse = errors.New("the answer is not what a DocSpace portal sends")

	// ErrBadRequest is 400.
	ErrBadRequest = errors.New("the portal could not read the request")
	// ErrUnauthorized is 401.
	ErrUnauthorized = errors.New("not signed in: the credentials are missing, wrong or expired")
	// ErrPaymentRequired is 402.
	ErrPaymentRequired = errors.New("the portal's plan does not allow it")
	// ErrForbidden is 403: the role, the scopes of the key or the address of the caller do not allow the call.
	ErrForbidden = errors.New("not allowed")
	// ErrNotFound is 404: there is no such portal or no such call. A share key that does not exist is ErrLinkNotFound.
	ErrNotFound = errors.New("the portal has no such address")
	// ErrUnsupportedMediaType is 415.
	ErrUnsupportedMediaType = errors.New("the portal does not take this media type")
	// ErrRateLimited is 429. [Error.RetryAfter] says how long to wait, when the portal says it.
	ErrRateLimited = errors.New("too many requests")
	// ErrToken says that the token source gave no token, and that nothing was sent. The error also matches the error of the
	// source. It does not repeat the text of that error, which may hold a secret. The source can log its own text.
	ErrToken = errors.New("the token source gave no token")

	// ErrServer is any 5xx, from the portal or from a proxy before it.
	ErrServer = errors.New("the server failed")

	// ErrTooManyAttempts says that the portal refuses passwords for this link, or log ins of this user, for a while. That is 60 seconds, unless the
	// portal is set otherwise (LoginSettings.cs). When the portal said it, the error also matches ErrForbidden or
	// ErrRateLimited.
	ErrTooManyAttempts = errors.New("too many wrong passwords; wait a minute")

	// ErrInvalidArgument says that a call was refused before anything was sent. A change of a link may have read the link before,
	// and the removal of a room the room.
	ErrInvalidArgument = errors.New("nothing was sent")
	// ErrInvalidShareKey is a share key that no link can have. The error also matches ErrInvalidArgument.
	ErrInvalidShareKey = errors.New("the share key cannot be sent")
)

// ErrInsecureHTTP is the error of [New] for an address to which credentials would travel unencrypted: plain http to another
// machine. See [WithInsecureHTTP].
var ErrInsecureHTTP = errors.New("credentials do not go over plain http to another machine")

// statusKind gives the kind of a status that is not 200. It is nil for a status that has no kind of its own.
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
