package mockserver

import "fmt"

// update replaces the state of an era by what change returns. change must not write to its argument: other requests read it.
func (s *Server) update(e *era, change func(*state) *state) {
	s.writing.Lock()
	defer s.writing.Unlock()
	before := e.state.Load()
	if after := change(before); after != before {
		e.state.Store(after)
		if e == s.current.Load() {
			s.changed()
		}
	}
}

// updateBy is update for a call. It fails, and changes nothing, when the texts of the portal would become larger than they may be.
func (s *Server) updateBy(c *call, change func(*state) *state) (err error) {
	s.update(c.era, func(current *state) *state {
		after := change(current)
		if after.texts > max(maxTexts, current.texts) {
			c.remark = "A limit of mock-docspace made this answer. A portal has none."
			err = invalidOperation(fmt.Sprintf("mock-docspace keeps at most %d bytes of texts in a portal: remove some", maxTexts), "mock-docspace")
			return current
		}
		return after
	})
	return err
}

// SetState replaces the whole portal by p until Reset, sets the counts of all limits to zero, and forgets who has opened which link.
// Clock, faults and journal stay as they are. It returns the new portal with all defaults filled in; fields that p leaves out have the
// values of [DefaultPortal]. The error is a [*PortalError], and nothing changes then.
//
// Requests that are under way change the portal that is replaced, not p.
func (s *Server) SetState(p Portal) (set Portal, err error) {
	if p, err = p.complete(s.newID, s.random); err != nil {
		return Portal{}, err
	}
	s.begin(func(from *era) *era { return from.withState(newState(p)) })
	return p.clone(), nil
}

// Replace is SetState without the new portal.
func (s *Server) Replace(p Portal) error {
	_, err := s.SetState(p)
	return err
}

// Change replaces the portal until Reset by the one that next makes from it, and returns the new portal with all defaults
// filled in. Nothing else changes the portal meanwhile. next must not write to its argument, and must not call the Server.
//
// next may fail: Change then returns its error. The other error is a [*PortalError]. Nothing changes when there is an error.
func (s *Server) Change(next func(Portal) (Portal, error)) (changed Portal, err error) {
	s.update(s.era(), func(current *state) *state {
		var p Portal
		if p, err = next(current.portal); err != nil {
			return current
		}
		if p, err = p.complete(s.newID, s.random); err != nil {
			return current
		}
		changed = p.clone()
		after := newState(p)
		if *p.Settings == *current.portal.Settings && p.Profile == current.portal.Profile {
			after.settings = current.settings // they may be encoded already
		}
		return after
	})
	return changed, err
}

// edit is Change with a function that may write to its argument, which is a copy of the portal.
func (s *Server) edit(change func(*Portal) error) (Portal, error) {
	return s.Change(func(current Portal) (Portal, error) {
		p := current.clone()
		return p, change(&p)
	})
}

// Reseed is [Server.SetState], and later calls of Reset go back to p too. The error is a [*PortalError], and nothing changes then.
func (s *Server) Reseed(p Portal) error {
	p, err := p.complete(s.newID, s.random)
	if err != nil {
		return err
	}
	s.begin(func(from *era) *era {
		s.seed = newState(p)
		return from.withState(s.seed)
	})
	return nil
}

// Reset goes back to the portal that [New] or [Server.Reseed] got. It also removes all faults, empties the journal, sets the
// clock to the time of day, sets the counts of all limits to zero, and forgets who has opened which link. Snapshots stay. Reset
// takes the same time on every portal.
//
// Requests that are under way change the portal before, and are not in the new journal.
func (s *Server) Reset() {
	s.begin(func(from *era) *era {
		from.faults.clear() // nothing waits any more
		return s.firstEra()
	})
}
