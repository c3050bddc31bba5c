package mockserver

import (
	"bytes"
	"net/http"
	"slices"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// Limits of one entry of the journal. They bound its memory for every request.
const (
	maxEntryBody    = 16 << 10 // bytes; a body of more than maxCheckedBody is *** as a whole
	maxEntryText    = 2 << 10  // bytes of the path, and of the hint
	maxEntryHeaders = 64       // values of headers
)

// journalEntry is a request in the journal.
type journalEntry struct {
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
	noted      bool // hint is a note
	profile    *profile
	claims     claimList
	remark     string
	elsewhere  []elsewhere
	violations []Violation
	header     []string // pairs of name and value; request() decides which values are shown
	traceID    string
	superseded bool
	counted    int // bytes that the journal counts for it

	// body is the body as it was sent, and request() masks it. A body that is too large to keep is masked first and then cut.
	body      []byte
	masked    bool
	truncated bool
}

// elsewhere is what another profile does with a request.
type elsewhere struct {
	profile *profile
	does    string
	claims  claimList
}

// begin fills in everything that is known of a request before its answer.
func (e *journalEntry) begin(c *call) {
	secrets := c.secrets()
	clear(e.header)
	*e = journalEntry{sequence: e.sequence, counted: e.counted, time: c.started, operation: c.operation(), header: e.header[:0],
		method: shownMethod(c), path: text.Shorten(maskedPath(c), maxEntryText), traceID: secrets.mask(c.traceID)}
	switch e.body = c.body; {
	case c.bodyDropped || len(c.body) > maxCheckedBody:
		e.body, e.masked, e.truncated = []byte(text.Mask), true, true
	case len(c.body) > maxEntryBody || secrets.in(string(c.body)):
		masked := maskedBody(c.body, secrets)
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

// complete fills in the rest: the answer, and what was found out meanwhile.
func (e *journalEntry) complete(c *call, status int, elapsed time.Duration) {
	e.status, e.duration, e.superseded = status, elapsed, c.superseded
	e.faults, e.violations, e.hint = c.faults, c.shownViolations(), text.Shorten(c.shownHint(), maxEntryText)
	e.noted, e.profile, e.claims, e.remark = c.noted, c.state.profile, c.claims, c.remark
	if c.bodyDropped && e.remark == "" {
		e.remark = "The body was too large to be read."
	}
	e.elsewhere = nil
	for _, d := range c.differences {
		e.elsewhere = append(e.elsewhere, elsewhere{d.profile, text.Shorten(c.secrets().mask(d.one), maxEntryText), d.claims})
	}
	if c.caller != nil {
		e.caller = c.caller.Email
	}
}

// request is a copy of the entry, with secrets masked.
func (e *journalEntry) request() Request {
	r := Request{
		Sequence: e.sequence, Time: e.time, Operation: e.operation, Method: e.method, Path: e.path, Caller: e.caller,
		Status: e.status, Duration: e.duration, Faults: slices.Clone(e.faults), Hint: e.hint, Violations: slices.Clone(e.violations),
		Header: http.Header{}, Body: string(e.body), BodyTruncated: e.truncated, TraceID: e.traceID, Superseded: e.superseded, Claims: e.claims.texts(),
	}
	for i := 0; i < len(e.header); i += 2 {
		r.Header.Add(e.header[i], shownHeader(e.header[i], e.header[i+1]))
	}
	if !e.masked {
		r.Body = string(maskedBody(e.body, nil))
	}
	return r
}
