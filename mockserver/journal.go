package mockserver

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// Request is what the journal keeps of a request. Nothing in it is secret: share keys, credentials, passwords and cookies are
// masked as ***.
type Request struct {
	Sequence      uint64        // 1 for the first request of the Server, never used twice
	Time          time.Time     // of its arrival, on the portal's clock
	Operation     Operation     // "" for what is none of the four calls
	Method        string        //
	Path          string        // as it was understood, with the fields asked for
	Caller        string        // e-mail address, "" for anonymous
	Status        int           // of the answer; 0 when there was none, or is none yet
	Duration      time.Duration // until the answer was sent off, in real time
	Faults        []string      // IDs of the faults that were applied
	Hint          string        // as in X-Mock-Hint
	Violations    []Violation   // of the contract
	Header        http.Header   // what may be secret is ***
	Body          string        // of the four calls; JSON, in which every text and whatever may be secret is ***
	BodyTruncated bool          // Body is only the beginning
	TraceID       string        // from a valid traceparent, 32 hexadecimal digits
}

// DroppedError says that the journal cannot answer, because it has dropped requests which could match: it is better to have
// no number than a wrong one.
type DroppedError struct {
	Dropped uint64 // requests of the operation asked for that were dropped since the journal was last cleared
	Through uint64 // Sequence of the last of them: a Filter with this as After can be answered
}

func (e *DroppedError) Error() string {
	dropped := fmt.Sprintf("%d requests which could match, the last of them", e.Dropped)
	if e.Dropped == 1 {
		dropped = "1 request which could match,"
	}
	return fmt.Sprintf("the journal has dropped %s with sequence %d: clear it more often, or make it larger", dropped, e.Through)
}

// ErrNoJournal is the answer to every question when the Server was made with WithJournal(0).
var ErrNoJournal = errors.New("there is no journal: its size is 0")

const (
	defaultJournal = 1000
	maxJournal     = 1_000_000
)

// WithJournal keeps that many requests, the latest ones; left out it is 1000. 0 keeps none.
func WithJournal(size int) Option {
	return func(o *options) error {
		if size < 0 || size > maxJournal {
			return fmt.Errorf("WithJournal: the size must be between 0 and %d, not %d", maxJournal, size)
		}
		o.journal = size
		return nil
	}
}

// Requests are the requests that match, oldest first. The error is a [*DroppedError], a [*FilterError] or
// [ErrNoJournal].
func (s *Server) Requests(f Filter) ([]Request, error) {
	var found []Request
	err := s.journal.each(f, func(e *entry) { found = append(found, e.request()) })
	return found, err
}

// CountRequests is how many requests match. The error is a [*DroppedError], a [*FilterError] or
// [ErrNoJournal].
func (s *Server) CountRequests(f Filter) (int, error) {
	n := 0
	err := s.journal.each(f, func(*entry) { n++ })
	return n, err
}

// LastMatching are the latest requests that match and are still there, at most n, oldest first: what was dropped is no matter.
// The error is [ErrNoJournal] or a [*FilterError].
func (s *Server) LastMatching(f Filter, n int) ([]Request, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	return s.journal.last(f, n)
}

// LastRequests are the latest requests, at most n, oldest first; none without a journal.
func (s *Server) LastRequests(n int) []Request {
	requests, _ := s.LastMatching(Filter{}, n) // the one error is that there is no journal
	return requests
}

// ClearRequests forgets all requests, also those that are still under way.
func (s *Server) ClearRequests() { s.journal.clear() }

// record writes a request into the journal, or completes it there. It comes before the answer is sent off, so that whoever has
// read the answer finds the request; status is 0 while there is no answer.
func (s *Server) record(c *call, status int) { s.journal.record(c, status) }

// recordRequest records every request that is answered, at the moment when its answer is complete but not sent.
func (s *Server) recordRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		c.Response().Before(func() {
			s.read(c)
			s.record(call, c.Response().Status)
		})
		err := next(c)
		if call.ending == unanswered || call.ending == resetConn {
			s.record(call, 0)
		}
		return err
	}
}

// journal is a ring of entries, whose slots and their memory are used again.
type journal struct {
	mu       sync.Mutex
	size     int
	slots    []entry
	first    uint64 // sequence of what is, or was first, in slots[0]; its successors follow
	sequence uint64 // of the latest request
	cleared  uint64
	dropped  map[Operation]dropped
}

// dropped is what is still known of the entries of one operation that were overwritten.
type dropped struct{ count, through uint64 }

func newJournal(size int) *journal {
	return &journal{size: size, first: 1, dropped: map[Operation]dropped{}}
}

func (j *journal) clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.slots = j.slots[:0]
	j.first = j.sequence + 1
	j.cleared++
	clear(j.dropped)
}

// generation is how often the journal was cleared: what arrived before is not recorded after.
func (j *journal) generation() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.cleared
}

func (j *journal) record(c *call, status int) {
	elapsed := time.Since(c.arrived)
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.size == 0 || c.cleared != j.cleared {
		return
	}
	var e *entry
	if c.sequence == 0 {
		e = j.add()
		c.sequence = e.sequence
		e.begin(c)
	} else if e = j.at(c.sequence); e.sequence != c.sequence {
		return // dropped meanwhile
	}
	e.complete(c, status, elapsed)
}

// at is the slot of a sequence.
func (j *journal) at(sequence uint64) *entry {
	return &j.slots[(sequence-j.first)%uint64(j.size)] //nolint:gosec // a size is not negative
}

func (j *journal) add() *entry {
	j.sequence++
	if n := len(j.slots); n < j.size {
		if n < cap(j.slots) {
			j.slots = j.slots[:n+1] // a slot from before the journal was cleared
		} else {
			j.slots = append(j.slots, entry{})
		}
	} else {
		old := j.at(j.sequence)
		d := j.dropped[old.operation]
		j.dropped[old.operation] = dropped{d.count + 1, old.sequence}
	}
	e := j.at(j.sequence)
	e.sequence = j.sequence
	return e
}

// each calls visit for every entry that matches, oldest first, unless one that was dropped could have matched.
func (j *journal) each(f Filter, visit func(*entry)) error {
	if err := f.check(); err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.size == 0 {
		return ErrNoJournal
	}
	var lost DroppedError
	for operation, d := range j.dropped {
		if d.through > f.After && (f.Operation == "" || f.Operation == operation) {
			lost.Dropped += d.count
			lost.Through = max(lost.Through, d.through)
		}
	}
	if lost.Dropped > 0 {
		return &lost
	}
	for sequence := j.oldest(); sequence <= j.sequence; sequence++ {
		if e := j.at(sequence); f.matches(e) {
			visit(e)
		}
	}
	return nil
}

// last are the latest that match and are still there, at most n, oldest first.
func (j *journal) last(f Filter, n int) ([]Request, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.size == 0 {
		return nil, ErrNoJournal
	}
	var found []Request
	for sequence := j.sequence; sequence >= j.oldest() && len(found) < n; sequence-- {
		if e := j.at(sequence); f.matches(e) {
			found = append(found, e.request())
		}
	}
	slices.Reverse(found)
	return found, nil
}

func (j *journal) oldest() uint64 { return j.sequence + 1 - uint64(len(j.slots)) }
