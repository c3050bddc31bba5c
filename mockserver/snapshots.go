package mockserver

// SaveSnapshot saves the current portal under a name. It replaces an earlier snapshot of that name. Reset keeps snapshots. The
// error is [ErrSnapshotName] or [ErrTooManySnapshots].
func (s *Server) SaveSnapshot(name string) (Snapshot, error) {
	return s.snapshots.save(name, s.Clock(), s.era().state.Load)
}

// RestoreSnapshot goes back to a saved portal, sets the counts of all limits to zero, and forgets who has opened which link.
// Clock, faults and journal stay as they are. The result is false when there is no such snapshot, and nothing changes then.
//
// Requests that are under way change the portal that is replaced, not the saved one.
func (s *Server) RestoreSnapshot(name string) bool {
	saved, ok := s.snapshots.find(name)
	if ok {
		s.begin(func(from *era) *era { return from.withState(saved.state) })
	}
	return ok
}

// RemoveSnapshot removes a snapshot. The result is false when there is no such snapshot.
func (s *Server) RemoveSnapshot(name string) bool { return s.snapshots.remove(name) }

// Snapshots returns all snapshots, sorted by name.
func (s *Server) Snapshots() []Snapshot { return s.snapshots.list() }
