package client

import (
	"fmt"
	"log/slog"
)

// NotInForceError says that the portal answered a switch with success and kept another value.
type NotInForceError struct {
	Operation string // the operation, as the contract names it
	Asked     bool   // the value that was sent
	InForce   bool   // the value that the portal says is in force
}

// Error says which value is in force, and why where that is known.
func (e *NotInForceError) Error() string {
	text := fmt.Sprintf("docspace: %s: asked for %s, but %s is in force", e.Operation, onOff(e.Asked), onOff(e.InForce))
	if e.Operation == opExternalShareSocialMedia && e.Asked {
		text += "; sharing to social networks can only be on while external sharing is on"
	}
	return text
}

// LogValue gives the same to slog, in parts.
func (e *NotInForceError) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("operation", e.Operation), slog.Bool("asked", e.Asked), slog.Bool("in_force", e.InForce), slog.String("error", e.Error()))
}
