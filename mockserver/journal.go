package mockserver

import (
	"slices"
	"sync"
	"time"
)

const (
	defaultJournal = 1000
	maxJournal     = 1_000_000
)

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

func (j *journal) counts() (held int, dropped uint64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, d := range j.dropped {
		dropped += d.count
	}
	return len(j.slots), dropped
}
