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
	header     []string // pairs of name and value
	traceID    string

	// body is what was sent, and masked when it is asked for; what is too large to be kept is masked before it is cut.
	body      []byte
	masked    bool
	truncated bool
}

// begin takes what is known of a request when it arrives.
func (e *entry) begin(c *call) {
	*e = entry{sequence: e.sequence, time: c.started, operation: c.route.operation, header: e.header[:0],
		method: shownMethod(c.request.Method), path: cut(maskedPath(c), maxEntryText), traceID: c.traceID}
	if !c.isOperation() {
		e.operation = ""
	}
	if e.body = c.text; len(c.text) > maxEntryBody {
		masked := maskedBody(c.text)
		e.truncated = len(masked) > maxEntryBody
		e.body, e.masked = bytes.Clone(masked[:min(len(masked), maxEntryBody)]), true
	}
	for name, values := range c.request.Header {
		for _, value := range values {
			if len(e.header) == 2*maxEntryHeaders {
				return
			}
			e.header = appendHeader(e.header, name, value)
		}
	}
}

// complete takes what has been found out since.
func (e *entry) complete(c *call, status int, elapsed time.Duration) {
	e.status, e.duration = status, elapsed
	e.faults, e.violations, e.hint = c.faults, c.violations, cut(c.hint, maxEntryText)
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
		r.Header.Add(e.header[i], e.header[i+1])
	}
	if !e.masked {
		r.Body = string(maskedBody(e.body))
	}
	return r
}

// mask stands for what may be secret.
const mask = "***"

// plainHeaders are the headers whose values are shown. Every other one may carry a credential, as a cookie can be sent in a
// header of its own name.
var plainHeaders = map[string]bool{
	"Accept": true, "Accept-Encoding": true, "Accept-Language": true, "Cache-Control": true, "Connection": true,
	"Content-Encoding": true, "Content-Length": true, "Content-Type": true, "Expect": true, "Origin": true,
	"Access-Control-Request-Headers": true, "Access-Control-Request-Method": true,
	"User-Agent": true, "X-Forwarded-For": true, "X-Forwarded-Host": true, "X-Forwarded-Proto": true,
	headerFault: true, "X-Mock-Portal": true, "X-Request-Id": true,
}

func appendHeader(header []string, name, value string) []string {
	switch {
	case plainHeaders[name]:
		return append(header, name, cut(value, maxEntryValue))
	case len(name) <= 64 && !strings.ContainsFunc(name, func(r rune) bool { return !isLetter(r) && r != '-' && (r < '0' || r > '9') }):
		return append(header, name, mask)
	default:
		return append(header, mask, mask)
	}
}

func shownMethod(method string) string {
	if len(method) > 20 || strings.ContainsFunc(method, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		return mask
	}
	return method
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
