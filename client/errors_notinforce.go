package client

import (
	"fmt"
	"log/slog"
	"strings"
)

// NotInForceError says that the portal answered a change with success and kept another value. Asked and InForce are those of
// a switch. A link or a policy has several properties, so their names are in Properties, and what is in force is returned
// beside the error.
type NotInForceError struct {
	Operation  string // the operation, by its name in the contract
	Asked      bool   // the value of a switch that was sent
	InForce    bool   // the value of a switch that the portal says is in force
	Properties string // the properties of a link or a policy that are not as they were sent, by their names in the contract, with blanks between
}

// Error says which value is in force, and why when that is known.
func (e *NotInForceError) Error() string {
	if names := strings.Fields(e.Properties); len(names) > 0 {
		return fmt.Sprintf("docspace: %s: the portal answered with success, but has not taken over %s", e.Operation, strings.Join(names, ", "))
	}
	text := fmt.Sprintf("docspace: %s: asked for %s, but %s is in force", e.Operation, onOff(e.Asked), onOff(e.InForce))
	if e.Operation == opExternalShareSocialMedia && e.Asked {
		text += "; sharing to social networks can only be on while external sharing is on"
	}
	return text
}

// LogValue gives slog the fields and the text of the error.
func (e *NotInForceError) LogValue() slog.Value {
	if e.Properties != "" {
		return slog.GroupValue(slog.String("operation", e.Operation), slog.String("properties", e.Properties), slog.String("error", e.Error()))
	}
	return slog.GroupValue(
		slog.String("operation", e.Operation), slog.Bool("asked", e.Asked), slog.Bool("in_force", e.InForce), slog.String("error", e.Error()))
}
