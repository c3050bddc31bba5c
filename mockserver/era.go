package mockserver

import "sync/atomic"

// era is a portal from one whole new state to the next one. [New], [Server.Reset], [Server.RestoreSnapshot], [Server.SetState] and
// [Server.Reseed] each begin an era.
//
// A request works in the era in which it arrived. So what a request changes that was under way meanwhile goes to the state that is
// gone, and its answer is that of a request that came before.
type era struct {
	state     atomic.Pointer[state]
	passwords *passwordLimiter
	rates     *rateLimiter
	opened    *openedLinks
	*sinceReset
}

// sinceReset is what goes on from one era to the next, until Reset replaces it.
type sinceReset struct {
	clock   *clockFace
	faults  *faultPlan
	journal atomic.Pointer[journalRun]
}

// newEra is an era that begins with this state. Nothing has been counted or opened in it.
func newEra(s *state, running *sinceReset) *era {
	e := &era{passwords: newPasswordLimiter(), rates: newRateLimiter(), opened: newOpenedLinks(), sinceReset: running}
	e.state.Store(s)
	return e
}

// firstEra is the era that New and Reset begin.
func (s *Server) firstEra() *era {
	running := &sinceReset{clock: newClockFace(s.now), faults: newFaultPlan(&s.closed)}
	running.journal.Store(s.journal.clear())
	return newEra(s.seed, running)
}

// era is the one in which s works.
func (s *Server) era() *era {
	if s.pinned != nil {
		return s.pinned
	}
	return s.current.Load()
}

// Pin returns the portal as a request sees it that arrives now. What is changed through it goes to the state of now, also when
// [Server.Reset], [Server.RestoreSnapshot], [Server.SetState] or [Server.Reseed] has put another one in its place meanwhile: nobody sees
// the change then. The control API works so.
func (s *Server) Pin() *Server { return &Server{installation: s.installation, pinned: s.era()} }

// begin begins the era that next makes from the one in which s works. Nothing changes when that one is over already: what s would
// change came before.
func (s *Server) begin(next func(from *era) *era) {
	s.writing.Lock()
	defer s.writing.Unlock()
	from := s.era()
	if from != s.current.Load() {
		return
	}
	s.current.Store(next(from))
	from.clock.wake() // who waits on it looks at the clock of now
	s.changed()
}

// withState is an era that follows e with another state.
func (e *era) withState(s *state) *era { return newEra(s, e.sinceReset) }
