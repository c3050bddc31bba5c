package mockserver

import (
	"bytes"
	"net/http"
	"slices"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// Bounds of one entry of the journal.
const (
	maxEntryBody    = 16 << 10
	maxEntryText    = 2 << 10 // path, hint
	maxEntryHeaders = 64      // and as many values
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
		method: shownMethod(c), path: text.Shorten(maskedPath(c), maxEntryText), traceID: secrets.mask(c.traceID)}
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
	e.faults, e.violations, e.hint = c.faults, c.shownViolations(), text.Shorten(c.shownHint(), maxEntryText)
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
