package client

import (
	"fmt"
	"log/slog"
)

// NotInForceError says that the portal answered a switch with success and kept another value.
type NotInForceError struct {
	Operation string // the operation, by its name in the contract
	Asked     bool   // the value that was sent
	InForce   bool   // the value that the portal says is in force
}

// Error says which value is in force, and why when that is known.
func (e *NotInForceError) Error() string {
	text := fmt.Sprintf("docspace: %s: asked for %s, but %s is in force", e.Operation, onOff(e.Asked), onOff(e.InForce))
	if e.Operation == opExternalShareSocialMedia && e.Asked {
		text += "; sharing to social networks can only be on while external sharing is on"
	}
	return text
}

// LogValue gives slog the fields and the text of the error.
func (e *NotInForceError) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("operation", e.Operation), slog.Bool("asked", e.Asked), slog.Bool("in_force", e.InForce), slog.String("error", e.Error()))
}
