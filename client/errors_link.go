package client

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
)

// The outcomes of a share link that is not open. A [*LinkError] matches exactly one of them. The change of a link
// that was refused before it was sent can match some of them too, see [LinkSpec].
var (
	// ErrLinkNotFound is status 1: there is no such link, or its entry is gone.
	ErrLinkNotFound = errors.New("the link is not valid")
	// ErrLinkExpired is status 2.
	ErrLinkExpired = errors.New("the link has expired")
	// ErrPasswordRequired is status 3: the link has a password, and none was sent.
	ErrPasswordRequired = errors.New("the link needs a password")
	// ErrInvalidPassword is status 4. The portal counts it.
	ErrInvalidPassword = errors.New("the password is wrong")
	// ErrExternalAccessDenied is status 5: the link is not for this caller, or the portal's external sharing is off.
	ErrExternalAccessDenied = errors.New("the portal denies external access to the link")
	// ErrUnknownStatus is a status that this version does not know.
	ErrUnknownStatus = errors.New("the portal answered with an unknown link status")
)

// LinkError says that a share link did not open.
type LinkError struct {
	Operation string              // by its name in the contract; empty is the password call
	Status    ExternalShareStatus // why it did not open; never ExternalShareStatusOk
	Share     *ExternalShare      // the portal's whole answer; never nil
}

// Error says why the link did not open. It contains neither the key nor the password.
func (e *LinkError) Error() string {
	return fmt.Sprintf("docspace: %s: %v (status %d)", e.operation(), e.Unwrap(), e.Status)
}

func (e *LinkError) operation() string { return cmp.Or(e.Operation, opApplyPassword) }

// Unwrap gives the outcome that belongs to the status.
func (e *LinkError) Unwrap() error {
	switch e.Status {
	case ExternalShareStatusInvalid:
		return ErrLinkNotFound
	case ExternalShareStatusExpired:
		return ErrLinkExpired
	case ExternalShareStatusRequiredPassword:
		return ErrPasswordRequired
	case ExternalShareStatusInvalidPassword:
		return ErrInvalidPassword
	case ExternalShareStatusExternalAccessDenied:
		return ErrExternalAccessDenied
	default:
		return ErrUnknownStatus
	}
}

// LogValue gives slog the operation, the status and the text of the error.
func (e *LinkError) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("operation", e.operation()), slog.Int("link_status", int(e.Status)), slog.String("error", e.Error()))
}
