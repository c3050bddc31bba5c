package mockserver

// Fault adds a fault until Reset. The result has the fields that f leaves out. The error is a [*FaultError], and nothing
// changes then.
//
// When several faults match a request, the first added one that is not used up is applied. After a fault of kind FaultDelay,
// the next one that matches is applied too. The header X-Mock-Fault of the answer has the IDs of the applied faults.
func (s *Server) Fault(f Fault) (FaultState, error) {
	f, err := f.complete(s.newID)
	if err != nil {
		return FaultState{}, err
	}
	return s.era().faults.add(f)
}

// Faults returns all faults in the order in which they were added, also those that are used up.
func (s *Server) Faults() []FaultState { return s.era().faults.states() }

// RemoveFault removes a fault. Requests that wait because of it stop waiting: a delayed request is answered at once, and a
// hanging request loses its connection. The result is false when there is no such fault.
func (s *Server) RemoveFault(id string) bool { return s.era().faults.remove(id) }

// ClearFaults removes all faults, as [Server.RemoveFault] removes one.
func (s *Server) ClearFaults() { s.era().faults.clear() }

// Close removes all faults, so that no request hangs or waits, and refuses new faults. Its journal leaves its budget. Call it when an
// HTTP server shuts down, before you wait for its requests, and when you no longer need a portal. The Server still answers requests
// afterwards.
func (s *Server) Close() {
	s.closed.Store(true)
	s.ClearFaults()
	s.budget.leave(s.journal)
}
