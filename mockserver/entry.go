package mockserver

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Bounds of one entry of the journal.
const (
	maxEntryBody    = 16 << 10
	maxEntryText    = 2 << 10 // path, hint
	maxEntryHeaders = 64      // and as many values
	maxEntryValue   = 256
)

// entry is a request in the journal. It is as large as a request may make it, and no larger, whatever is sent.
type entry struct {
	sequence   uint64
	time       time.Time
	operation  Operation
	method     string
	path       string
	caller     string
	status     int
	duration   time.Duration
	faults     []string
	hint       string
	violations []Violation
	header     []string // pairs of name and value, which is looked at when it is asked for
	traceID    string

	// body is what was sent, and masked when it is asked for; what is too large to be kept is masked before it is cut.
	body      []byte
	masked    bool
	truncated bool
}

// begin takes what is known of a request when it arrives.
func (e *entry) begin(c *call) {
	secrets := c.state.secrets()
	*e = entry{sequence: e.sequence, time: c.started, operation: c.operation(), header: e.header[:0],
		method: shownMethod(c), path: cut(maskedPath(c), maxEntryText), traceID: secrets.mask(c.traceID)}
	if e.body = c.text; len(c.text) > maxEntryBody || secrets.in(string(c.text)) {
		masked := maskedBody(c.text, secrets)
		e.truncated = len(masked) > maxEntryBody
		e.body, e.masked = bytes.Clone(masked[:min(len(masked), maxEntryBody)]), true
	}
	for name, values := range c.request.Header {
		for _, value := range values {
			if len(e.header) == 2*maxEntryHeaders {
				return
			}
			e.header = appendHeader(e.header, name, value, secrets)
		}
	}
}

// complete takes what has been found out since.
func (e *entry) complete(c *call, status int, elapsed time.Duration) {
	e.status, e.duration = status, elapsed
	e.faults, e.violations, e.hint = c.faults, c.shownViolations(), cut(c.shownHint(), maxEntryText)
	if c.caller != nil {
		e.caller = c.caller.Email
	}
}

// request is a copy of the entry, without what is secret.
func (e *entry) request() Request {
	r := Request{
		Sequence: e.sequence, Time: e.time, Operation: e.operation, Method: e.method, Path: e.path, Caller: e.caller,
		Status: e.status, Duration: e.duration, Faults: slices.Clone(e.faults), Hint: e.hint, Violations: slices.Clone(e.violations),
		Header: http.Header{}, Body: string(e.body), BodyTruncated: e.truncated, TraceID: e.traceID,
	}
	for i := 0; i < len(e.header); i += 2 {
		r.Header.Add(e.header[i], shownHeader(e.header[i], e.header[i+1]))
	}
	if !e.masked {
		r.Body = string(maskedBody(e.body, nil))
	}
	return r
}

// mask stands for what may be secret.
const mask = "***"

func appendHeader(header []string, name, value string, secrets *secrets) []string {
	_, shown := headerForms[name]
	switch {
	case shown:
		return append(header, name, cut(secrets.mask(value), maxEntryValue))
	case len(name) <= 64 && !secrets.in(name) && !strings.ContainsFunc(name, func(r rune) bool { return !isLetter(r) && r != '-' && (r < '0' || r > '9') }):
		return append(header, name, mask)
	default:
		return append(header, mask, mask)
	}
}

// shownMethod is the method, or *** for one that might be anything.
func shownMethod(c *call) string {
	switch method := c.request.Method; {
	case slices.Contains(plainMethods, method):
		return method
	case len(method) > 20, strings.ContainsFunc(method, func(r rune) bool { return r < 'A' || r > 'Z' }), c.state.secrets().in(method):
		return mask
	default:
		return method
	}
}

var plainMethods = []string{
	http.MethodGet, http.MethodPut, http.MethodPost, http.MethodOptions, http.MethodDelete, http.MethodHead, http.MethodPatch,
	http.MethodConnect, http.MethodTrace,
}

// shownHint is the hint without what is secret.
func (c *call) shownHint() string { return c.state.secrets().mask(c.hint) }

// shownViolations are the violations without what is secret.
func (c *call) shownViolations() []Violation {
	secrets := c.state.secrets()
	if !slices.ContainsFunc(c.violations, func(v Violation) bool { return secrets.in(v.Pointer) || secrets.in(v.Message) }) {
		return c.violations
	}
	shown := make([]Violation, len(c.violations))
	for i, v := range c.violations {
		shown[i] = Violation{Pointer: secrets.mask(v.Pointer), Message: secrets.mask(v.Message)}
	}
	return shown
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
