package client

import (
	"errors"
	"fmt"
	"log/slog"
)

// The outcomes of a share link other than an open one. A [*LinkError] matches exactly one of them.
var (
	// ErrLinkNotFound is status 1: no such link, or what it led to is gone.
	ErrLinkNotFound = errors.New("the link is not valid")
	// ErrLinkExpired is status 2.
	ErrLinkExpired = errors.New("the link has expired")
	// ErrPasswordRequired is status 3: the link has a password and none was sent.
	ErrPasswordRequired = errors.New("the link needs a password")
	// ErrInvalidPassword is status 4. The portal counts it.
	ErrInvalidPassword = errors.New("the password is wrong")
	// ErrExternalAccessDenied is status 5: the link is not for this caller, or the portal's external sharing is off.
	ErrExternalAccessDenied = errors.New("the portal denies external access to the link")
	// ErrUnknownStatus is a status that this version does not know.
	ErrUnknownStatus = errors.New("the portal answered with an unknown link status")
)

// LinkError says that a share link did not open. The portal's whole answer stands beside the status.
type LinkError struct {
	Status ExternalShareStatus // never ExternalShareStatusOk
	Share  *ExternalShare      // never nil
}

// Error says what is wrong with the link; it names neither the key nor the password.
func (e *LinkError) Error() string {
	return fmt.Sprintf("docspace: %s: %v (status %d)", opApplyPassword, e.Unwrap(), e.Status)
}

// Unwrap gives the sentinel of the status.
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

// LogValue gives the operation and the outcome to slog.
func (e *LinkError) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("operation", opApplyPassword), slog.Int("link_status", int(e.Status)), slog.String("error", e.Error()))
}
