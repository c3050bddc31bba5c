package mockserver

// update replaces the portal. change must not change its argument.
func (s *Server) update(change func(*state) *state) {
	s.writing.Lock()
	defer s.writing.Unlock()
	before := s.current.Load()
	if after := change(before); after != before {
		s.current.Store(after)
		s.changed()
	}
}

// Replace puts another portal in place of the one that is there, until Reset. What p leaves out is as in [DefaultPortal].
// The error is a [*PortalError], and changes nothing.
func (s *Server) Replace(p Portal) error {
	_, err := s.Change(func(Portal) (Portal, error) { return p, nil })
	return err
}

// Change puts another portal in place, which next makes out of the one that is there, and gives it back with everything filled in.
// Nothing else changes the portal meanwhile. next must not change its argument, and must not call the Server. The error is that of
// next or a [*PortalError], and changes nothing.
func (s *Server) Change(next func(Portal) (Portal, error)) (changed Portal, err error) {
	s.update(func(current *state) *state {
		var p Portal
		if p, err = next(current.portal); err != nil {
			return current
		}
		if p, err = p.complete(s.newID, s.secret.mintKey); err != nil {
			return current
		}
		changed = p.clone()
		after := newState(p)
		if *p.Settings == *current.portal.Settings {
			after.settings = current.settings // which may have been encoded
		}
		return after
	})
	return changed, err
}

// edit changes a copy of the portal, and puts it in place unless it has a mistake.
func (s *Server) edit(change func(*Portal) error) (Portal, error) {
	return s.Change(func(current Portal) (Portal, error) {
		p := current.clone()
		return p, change(&p)
	})
}

// Reseed puts another portal in place, and makes Reset go back to this one. The error is a [*PortalError], and changes
// nothing.
func (s *Server) Reseed(p Portal) error {
	p, err := p.complete(s.newID, s.secret.mintKey)
	if err != nil {
		return err
	}
	s.update(func(*state) *state {
		s.seed = newState(p)
		return s.seed
	})
	return nil
}

// Reset goes back to the portal that the Server was made with: its state, no faults, an empty journal, the time of day on the
// clock, and nothing counted for any limit. Snapshots stay. It takes the same time whatever has happened.
func (s *Server) Reset() {
	s.clock.Reset()
	s.ClearFaults()
	s.update(func(*state) *state { return s.seed })
	s.forgetCounts()
	s.ClearRequests()
}

// forgetCounts lets the limits count from zero.
func (s *Server) forgetCounts() {
	s.passwords.Store(newPasswordLimiter())
	s.rates.Store(newRateLimiter())
}
