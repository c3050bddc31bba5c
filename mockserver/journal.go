package mockserver

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Sizes of a journal, in requests.
const (
	defaultJournal = 1000
	maxJournal     = 1_000_000
)

// journal is a ring of entries. New entries use the memory of old ones.
type journal struct {
	mu       sync.Mutex
	size     int // in entries
	slots    []journalEntry
	first    uint64 // the sequence that slots[0] had when the ring was new or cleared; the next slots follow
	sequence uint64 // of the latest request
	run      *journalRun
	bytes    atomic.Int64   // that slots take, also those that clear has freed
	budget   *JournalBudget // nil when it has left it
	dropped  map[Operation]dropped
}

// journalRun is the journal from one time when it is cleared to the next. Requests of an earlier run are not recorded.
type journalRun struct{ _ byte } // a struct without fields could have the address of another

// dropped describes the overwritten entries of one operation: their number, and the sequence of the last one.
type dropped struct{ count, through uint64 }

func newJournal(size int, budget *JournalBudget) *journal {
	j := &journal{size: size, first: 1, dropped: map[Operation]dropped{}}
	budget.join(j)
	return j
}

// clear empties the journal, and begins the run that follows.
func (j *journal) clear() *journalRun {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.slots = j.slots[:0]
	j.first = j.sequence + 1
	j.run = &journalRun{}
	clear(j.dropped)
	return j.run
}

func (j *journal) record(c *call, status int) {
	if budget := j.write(c, status, time.Since(c.arrived)); budget != nil && budget.exceeded() {
		budget.relieve()
	}
}

// write is record without a look at the budget, which it returns.
func (j *journal) write(c *call, status int, elapsed time.Duration) *JournalBudget {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.size == 0 || c.journalRun != j.run {
		return nil
	}
	var e *journalEntry
	switch {
	case c.sequence == 0:
		e = j.add()
		c.sequence = e.sequence
		e.begin(c)
	case c.sequence < j.oldest():
		return nil // the entry was dropped
	default:
		e = j.at(c.sequence)
	}
	e.complete(c, status, elapsed)
	size := e.size()
	j.count(int64(size - e.counted))
	e.counted = size
	return j.budget
}

// at is the slot for a sequence.
func (j *journal) at(sequence uint64) *journalEntry {
	return &j.slots[(sequence-j.first)%uint64(j.size)] //nolint:gosec // a size is not negative
}

func (j *journal) add() *journalEntry {
	j.sequence++
	if n := len(j.slots); n < j.size {
		if n < cap(j.slots) {
			j.slots = j.slots[:n+1] // reuses a slot that clear has freed
		} else {
			j.slots = append(j.slots, journalEntry{})
		}
	} else {
		j.drop(j.at(j.sequence))
	}
	e := j.at(j.sequence)
	e.sequence = j.sequence
	return e
}

// drop counts an entry that the journal drops.
func (j *journal) drop(e *journalEntry) {
	j.dropped[e.operation] = dropped{j.dropped[e.operation].count + 1, e.sequence}
}

// each calls visit for every entry that matches, oldest first. The error is a [*DroppedError] when a dropped entry could match.
func (j *journal) each(f Filter, visit func(*journalEntry)) error {
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

// last returns the latest matching requests that are still there, at most n, oldest first.
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

func (j *journal) counts() (held int, dropped uint64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, d := range j.dropped {
		dropped += d.count
	}
	return len(j.slots), dropped
}
