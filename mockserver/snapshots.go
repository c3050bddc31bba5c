package mockserver

// SaveSnapshot saves the portal as it is under a name, in place of an earlier snapshot of that name. The error is
// [ErrSnapshotName] or [ErrTooManySnapshots]. Reset leaves snapshots alone.
func (s *Server) SaveSnapshot(name string) (Snapshot, error) {
	return s.snapshots.save(name, s.clock, s.current.Load)
}

// RestoreSnapshot goes back to the portal as it was saved, and says whether there is such a snapshot. Limits count from zero;
// clock, faults and journal stay as they are.
func (s *Server) RestoreSnapshot(name string) bool {
	saved, ok := s.snapshots.find(name)
	if ok {
		s.update(func(*state) *state { return saved.state })
		s.forgetCounts()
	}
	return ok
}

// RemoveSnapshot removes a snapshot, and says whether there was one.
func (s *Server) RemoveSnapshot(name string) bool { return s.snapshots.remove(name) }

// Snapshots are all snapshots, sorted by name.
func (s *Server) Snapshots() []Snapshot { return s.snapshots.list() }
