package mockserver

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// MaxSnapshots is how many snapshots a portal can have.
const MaxSnapshots = 100

// ErrTooManySnapshots is the error of [Server.SaveSnapshot] when there are [MaxSnapshots] of other names.
var ErrTooManySnapshots = fmt.Errorf("there are %d snapshots, which is as many as there may be: delete some", MaxSnapshots)

// ErrSnapshotName is the error of [Server.SaveSnapshot] for a name that cannot be one.
var ErrSnapshotName = errors.New("the name of a snapshot has 1 to 100 letters, digits, dots, hyphens and underscores, and begins with a letter or digit")

// Snapshot is a state of the portal that can be come back to.
type Snapshot struct {
	Name  string
	Saved time.Time // on the portal's clock
}

// snapshots are the saved states, by name. A state never changes, so that saving one copies nothing.
type snapshots struct {
	mu    sync.Mutex
	saved map[string]snapshot
}

type snapshot struct {
	Snapshot
	state *state
}

var snapshotName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// SaveSnapshot saves the portal as it is under a name, in place of an earlier snapshot of that name. The error is
// [ErrSnapshotName] or [ErrTooManySnapshots]. Reset leaves snapshots alone.
func (s *Server) SaveSnapshot(name string) (Snapshot, error) {
	if !snapshotName.MatchString(name) {
		return Snapshot{}, ErrSnapshotName
	}
	list := &s.snapshots
	list.mu.Lock()
	defer list.mu.Unlock()
	if _, replaced := list.saved[name]; !replaced && len(list.saved) >= MaxSnapshots {
		return Snapshot{}, ErrTooManySnapshots
	}
	if list.saved == nil {
		list.saved = map[string]snapshot{}
	}
	saved := snapshot{Snapshot{Name: name, Saved: s.clock.Now()}, s.current.Load()}
	list.saved[name] = saved
	return saved.Snapshot, nil
}

// RestoreSnapshot goes back to the portal as it was saved, and says whether there is such a snapshot. Limits count from zero;
// clock, faults and journal stay as they are.
func (s *Server) RestoreSnapshot(name string) bool {
	s.snapshots.mu.Lock()
	saved, ok := s.snapshots.saved[name]
	s.snapshots.mu.Unlock()
	if ok {
		s.update(func(*state) *state { return saved.state })
		s.forgetCounts()
	}
	return ok
}

// RemoveSnapshot removes a snapshot, and says whether there was one.
func (s *Server) RemoveSnapshot(name string) bool {
	s.snapshots.mu.Lock()
	defer s.snapshots.mu.Unlock()
	_, ok := s.snapshots.saved[name]
	delete(s.snapshots.saved, name)
	return ok
}

// Snapshots are all of them, by name.
func (s *Server) Snapshots() []Snapshot {
	s.snapshots.mu.Lock()
	defer s.snapshots.mu.Unlock()
	list := make([]Snapshot, 0, len(s.snapshots.saved))
	for _, saved := range s.snapshots.saved {
		list = append(list, saved.Snapshot)
	}
	slices.SortFunc(list, func(a, b Snapshot) int { return strings.Compare(a.Name, b.Name) })
	return list
}
