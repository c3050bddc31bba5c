package mockserver

import (
	"sync"
	"sync/atomic"
)

// These bound the memory of journals, in bytes.
const (
	leastJournals = 64 << 20 // of all journals that share a budget
	perRequest    = 2 << 10  // for each request of a journal that is larger than usual

	// entryCost is what an entry takes beside its texts, roughly.
	entryCost = 512

	// elsewhereCost is what one profile's difference takes beside its text, roughly.
	elsewhereCost = 64
)

// JournalBudget bounds the memory that the journals of several Servers take together: 64 MiB, or 2 KiB for each request that one of
// them may keep when that is more. When they take more, the one that takes most drops the older half of its requests, and says so as
// it does when it is full: with a [*DroppedError].
type JournalBudget struct {
	most, used atomic.Int64

	mu       sync.Mutex // held before that of a journal
	journals map[*journal]struct{}
}

// NewJournalBudget makes a budget that no journal has used yet.
func NewJournalBudget() *JournalBudget {
	b := &JournalBudget{journals: map[*journal]struct{}{}}
	b.most.Store(leastJournals)
	return b
}

// join makes a journal use the budget.
func (b *JournalBudget) join(j *journal) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.journals[j] = struct{}{}
	b.most.Store(max(b.most.Load(), int64(j.size)*perRequest))
	j.budget = b
}

// leave gives back what a journal uses. It is not bounded by the budget any more.
func (b *JournalBudget) leave(j *journal) {
	b.mu.Lock()
	defer b.mu.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.budget == b {
		j.budget = nil
		delete(b.journals, j)
		b.used.Add(-j.bytes.Load())
	}
}

// exceeded says whether the journals take too much.
func (b *JournalBudget) exceeded() bool { return b.used.Load() > b.most.Load() }

// relieve makes the largest journals drop requests until the budget is kept.
func (b *JournalBudget) relieve() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.exceeded() {
		var largest *journal
		for j := range b.journals {
			if largest == nil || j.bytes.Load() > largest.bytes.Load() {
				largest = j
			}
		}
		if largest == nil {
			return
		}
		if largest.dropHalf() == 0 {
			return
		}
	}
}

// dropHalf drops the older half of the requests, and returns how many bytes that has freed.
func (j *journal) dropHalf() (freed int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	kept := make([]journalEntry, 0, len(j.slots)/2)
	oldest := j.oldest()
	first := j.sequence + 1 - uint64(cap(kept))
	for sequence := oldest; sequence < first; sequence++ {
		j.drop(j.at(sequence))
	}
	var bytes int64
	for sequence := first; sequence <= j.sequence; sequence++ {
		e := j.at(sequence)
		kept = append(kept, *e)
		bytes += int64(e.counted)
	}
	j.slots, j.first = kept, first
	freed = j.bytes.Load() - bytes
	j.count(-freed)
	return freed
}

// count counts bytes that the journal has come to use, or has given back.
func (j *journal) count(bytes int64) {
	j.bytes.Add(bytes)
	if j.budget != nil {
		j.budget.used.Add(bytes)
	}
}

// size is about how many bytes the entry takes.
func (e *journalEntry) size() int {
	n := entryCost + cap(e.body) + 16*cap(e.header) + len(e.method) + len(e.path) + len(e.hint) + len(e.caller) + len(e.traceID)
	for _, text := range e.header {
		n += len(text)
	}
	for _, other := range e.elsewhere {
		n += elsewhereCost + len(other.does)
	}
	for _, fault := range e.faults {
		n += len(fault)
	}
	for _, violation := range e.violations {
		n += len(violation.Pointer) + len(violation.Message)
	}
	return n
}
