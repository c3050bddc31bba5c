package client

import (
	"fmt"
	"log/slog"
)

// UpdateError says that [Portal.UpdateSharing] failed after it had read the policy, and what is in force now. errors.Is and
// errors.As also match its cause.
type UpdateError struct {
	Step    string         // the operation that failed, by its name in the contract
	Done    SharingUpdate  // the switches that the portal confirmed before the failure
	Before  SharingPolicy  // the policy before the update
	InForce *SharingPolicy // the policy as read after the failure; nil when it could not be read
	Err     error          // the cause
}

// Error says what went wrong, and what is in force now.
func (e *UpdateError) Error() string {
	text := "it is not known what is in force now"
	if e.InForce != nil {
		text = fmt.Sprintf("in force now: external sharing %s, social media %s", onOff(e.InForce.ExternalShare), onOff(e.InForce.ExternalShareSocialMedia))
	}
	return fmt.Sprintf("%v; %s", e.Err, text)
}

// Unwrap gives the cause.
func (e *UpdateError) Unwrap() error { return e.Err }

// LogValue gives slog the step and the text of the error.
func (e *UpdateError) LogValue() slog.Value {
	return slog.GroupValue(slog.String("step", e.Step), slog.String("error", e.Error()))
}
