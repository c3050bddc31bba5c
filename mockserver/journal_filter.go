package mockserver

import (
	"fmt"
	"slices"
	"strings"
)

// Filter says which requests are meant. A field that is left out allows everything.
type Filter struct {
	Operation  Operation
	Method     string
	Status     int
	Unanswered bool   // only requests without an answer, whose Status is 0
	Caller     string // e-mail address
	Anonymous  bool   // only requests of nobody with an account
	Fault      string // ID of a fault that was applied
	TraceID    string
	Violated   bool   // only requests that broke the contract
	After      uint64 // only requests with a higher Sequence
}

// FilterError is a mistake in a [Filter], which no request can match.
type FilterError struct {
	Path    string // the field, such as operation
	Message string
}

func (e *FilterError) Error() string { return fmt.Sprintf("filter: %s: %s", e.Path, e.Message) }

// check refuses what cannot be meant.
func (f Filter) check() error {
	switch {
	case f.Operation != "" && f.Operation.Method() == "":
		return &FilterError{"operation", fmt.Sprintf("unknown operation %.60q: use one of %v, or none for any", f.Operation, Operations())}
	case f.Status != 0 && (f.Status < 100 || f.Status > 599):
		return &FilterError{"status", fmt.Sprintf("must be between 100 and 599, not %d", f.Status)}
	case f.Unanswered && f.Status != 0:
		return &FilterError{"unanswered", "does not go with a status: what is not answered has none"}
	case f.Anonymous && f.Caller != "":
		return &FilterError{"anonymous", "does not go with a caller: who is anonymous is nobody"}
	default:
		return nil
	}
}

func (f Filter) matches(e *entry) bool {
	return e.sequence > f.After &&
		(f.Operation == "" || f.Operation == e.operation) &&
		(f.Method == "" || f.Method == e.method) &&
		(f.Status == 0 || f.Status == e.status) &&
		(!f.Unanswered || e.status == 0) &&
		(f.Caller == "" || strings.EqualFold(f.Caller, e.caller)) &&
		(!f.Anonymous || e.caller == "") &&
		(f.Fault == "" || slices.Contains(e.faults, f.Fault)) &&
		(f.TraceID == "" || strings.EqualFold(f.TraceID, e.traceID)) &&
		(!f.Violated || len(e.violations) > 0)
}
