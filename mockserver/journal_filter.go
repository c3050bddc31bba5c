package mockserver

import (
	"fmt"
	"slices"
	"strings"
)

// Filter selects requests. A request matches when it matches every field. A field with its zero value matches every request.
type Filter struct {
	Operation  Operation // "" also matches requests that are none of the contract's calls
	Method     string    // in capitals, such as PUT
	Status     int       // 100 to 599
	Unanswered bool      // only requests without an answer; their Status is 0
	Caller     string    // e-mail address, in any letter case
	Anonymous  bool      // only requests without a signed-in user
	Fault      string    // ID of a fault that was applied
	TraceID    string    // 32 hexadecimal digits, in any letter case
	Violated   bool      // only requests that break openapi.yaml
	After      uint64    // only requests with a higher Sequence
}

// FilterError is a mistake in a [Filter]. No request can match such a filter.
type FilterError struct {
	Path    string // the field, such as operation
	Message string
}

func (e *FilterError) Error() string { return fmt.Sprintf("filter: %s: %s", e.Path, e.Message) }

// check refuses a filter that no request can match.
func (f Filter) check() error {
	switch {
	case f.Operation != "" && f.Operation.Method() == "":
		return &FilterError{"operation", fmt.Sprintf("unknown operation %.60q: use one of %v, or none for any", f.Operation, Operations())}
	case f.Status != 0 && (f.Status < 100 || f.Status > 599):
		return &FilterError{"status", fmt.Sprintf("must be between 100 and 599, not %d", f.Status)}
	case f.Unanswered && f.Status != 0:
		return &FilterError{"unanswered", "does not go with a status: a request without an answer has none"}
	case f.Anonymous && f.Caller != "":
		return &FilterError{"anonymous", "does not go with a caller: an anonymous request has none"}
	default:
		return nil
	}
}

func (f Filter) matches(e *journalEntry) bool {
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
