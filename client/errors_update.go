package client

import (
	"fmt"
	"log/slog"
)

// UpdateError says that [Portal.UpdateSharing] did not come to its end, and how things stand. errors.Is and errors.As
// look through it at what went wrong.
type UpdateError struct {
	Step   string        // the operation that failed, as the contract names it
	Done   SharingUpdate // the switches that the portal has confirmed before
	Before SharingPolicy // as it was in the beginning
	// InForce is the policy as it was read after the failure; nil when that was not possible either.
	InForce *SharingPolicy
	Err     error
}

// Error says what went wrong, and what is in force now.
func (e *UpdateError) Error() string {
	text := "it is not known what is in force now"
	if e.InForce != nil {
		text = fmt.Sprintf("in force now: external sharing %s, social media %s", onOff(e.InForce.ExternalShare), onOff(e.InForce.ExternalShareSocialMedia))
	}
	return fmt.Sprintf("%v; %s", e.Err, text)
}

// Unwrap gives what went wrong.
func (e *UpdateError) Unwrap() error { return e.Err }

// LogValue gives the same to slog.
func (e *UpdateError) LogValue() slog.Value {
	return slog.GroupValue(slog.String("step", e.Step), slog.String("error", e.Error()))
}
