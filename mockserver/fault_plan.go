package mockserver

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// maxFaults is the largest number of faults of a portal. Faults that are used up count too.
const maxFaults = 10_000

// faultPlan has the faults of a portal, and decides which of them apply to a request.
type faultPlan struct {
	closed *atomic.Bool // of the Server

	mu       sync.Mutex
	faults   []*plannedFault // in the order in which they were added
	active   []*plannedFault // without those that are used up
	busy     atomic.Bool     // there are active faults
	released chan struct{}   // closed when all faults so far are removed
}

type plannedFault struct {
	state    FaultState
	random   *rand.Rand
	removed  chan struct{} // closed when this fault is removed
	released chan struct{} // of the plan when this fault was added
}

// hit is a fault that applies to a request.
type hit struct {
	*plannedFault
	delay time.Duration
}

func newFaultPlan(closed *atomic.Bool) *faultPlan {
	return &faultPlan{closed: closed, released: make(chan struct{})}
}

func (p *faultPlan) add(f Fault) (FaultState, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.closed.Load():
		return FaultState{}, &FaultError{Path: "portal", Message: "is closed, and takes no more faults"}
	case len(p.faults) >= maxFaults:
		return FaultState{}, &FaultError{Path: "id", Message: fmt.Sprintf("there are %d faults already: remove some, used up ones count too", maxFaults)}
	case p.index(f.ID) >= 0:
		return FaultState{}, &FaultError{Path: "id", Message: "there is already a fault with this id"}
	}
	planned := &plannedFault{
		state:    FaultState{Fault: f},
		random:   rand.New(rand.NewPCG(f.Seed, 0)), //nolint:gosec // a run must be repeatable, and this is no secret
		removed:  make(chan struct{}),
		released: p.released,
	}
	p.faults = append(p.faults, planned)
	p.active = append(p.active, planned)
	p.busy.Store(true)
	return planned.state, nil
}

func (p *faultPlan) index(id string) int {
	return slices.IndexFunc(p.faults, func(f *plannedFault) bool { return f.state.ID == id })
}

func (p *faultPlan) states() []FaultState {
	p.mu.Lock()
	defer p.mu.Unlock()
	states := make([]FaultState, len(p.faults))
	for i, f := range p.faults {
		states[i] = f.state
	}
	return states
}

func (p *faultPlan) remove(id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := p.index(id)
	if i < 0 {
		return false
	}
	f := p.faults[i]
	close(f.removed)
	p.faults = slices.Delete(p.faults, i, i+1)
	p.retire(f)
	return true
}

// retire removes a fault from the active ones.
func (p *faultPlan) retire(f *plannedFault) {
	if i := slices.Index(p.active, f); i >= 0 {
		p.active = slices.Delete(p.active, i, i+1)
	}
	p.busy.Store(len(p.active) > 0)
}

// clear removes all faults, and ends the waiting of all requests that hang or wait because of them.
func (p *faultPlan) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults, p.active = nil, nil
	p.busy.Store(false)
	close(p.released)
	p.released = make(chan struct{})
}

// draw decides which faults apply to a request, and counts it. They are any number of delays, and then at most one fault of
// another kind.
func (p *faultPlan) draw(operation Operation, header http.Header) []hit {
	if !p.busy.Load() {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var hits []hit
	for _, f := range slices.Clone(p.active) {
		if !f.matches(operation, header) {
			continue
		}
		f.state.Matched++
		if f.state.Probability != 0 && f.random.Float64() >= f.state.Probability {
			continue
		}
		f.state.Applied++
		if f.state.Applied == f.state.Times {
			f.state.UsedUp = true
			p.retire(f)
		}
		h := hit{f, f.state.Delay}
		if more := f.state.DelayMax - f.state.Delay; more > 0 {
			h.delay += time.Duration(f.random.Int64N(int64(more) + 1))
		}
		hits = append(hits, h)
		if f.state.Kind != FaultDelay {
			break
		}
	}
	return hits
}

func (f *plannedFault) matches(operation Operation, header http.Header) bool {
	if f.state.Operation != "" && f.state.Operation != operation {
		return false
	}
	if !f.state.Header {
		return true
	}
	for _, value := range header.Values(headerFault) {
		for id := range strings.SplitSeq(value, ",") {
			if strings.TrimSpace(id) == f.state.ID {
				return true
			}
		}
	}
	return false
}
