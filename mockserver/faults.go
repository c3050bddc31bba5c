package mockserver

// Fault adds a fault, until Reset, and answers what was left out. Of those that match a request the first one that was added
// and is not used up is applied; one of kind FaultDelay lets the request go on to later ones. The answer then names it in the
// header X-Mock-Fault. The error is a [*FaultError].
func (s *Server) Fault(f Fault) (FaultState, error) {
	f, err := f.complete(s.newID)
	if err != nil {
		return FaultState{}, err
	}
	return s.faults.Load().add(f)
}

// Faults are all faults, also those that are used up, in the order in which they were added.
func (s *Server) Faults() []FaultState { return s.faults.Load().states() }

// RemoveFault removes a fault, and says whether it was there. What hangs or waits because of it goes on: a delayed request is
// answered at once, a hanging one loses its connection.
func (s *Server) RemoveFault(id string) bool { return s.faults.Load().remove(id) }

// ClearFaults removes all faults, see RemoveFault.
func (s *Server) ClearFaults() { s.replaceFaults(newFaultPlan()) }

// Close ends all that hangs or waits because of a fault, and takes no more faults: call it before waiting for the requests of
// a server that shuts down, or of a portal that is given up. The Server still answers afterwards.
func (s *Server) Close() {
	s.closed.Store(true)
	s.ClearFaults()
}

func (s *Server) replaceFaults(plan *faultPlan) {
	plan.closed = &s.closed
	if old := s.faults.Swap(plan); old != nil {
		old.release()
	}
}
