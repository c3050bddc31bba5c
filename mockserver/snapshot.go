package mockserver

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// MaxSnapshots is the largest number of snapshots of a portal.
const MaxSnapshots = 100

// ErrTooManySnapshots is the error of [Server.SaveSnapshot] when there are already [MaxSnapshots] with other names.
var ErrTooManySnapshots = fmt.Errorf("there are %d snapshots, the most that a portal can have: delete some", MaxSnapshots)

// ErrSnapshotName is the error of [Server.SaveSnapshot] when the name is not valid.
var ErrSnapshotName = errors.New("the name of a snapshot has 1 to 100 letters, digits, dots, hyphens and underscores, and begins with a letter or digit")

// Snapshot describes a saved state of the portal. [Server.RestoreSnapshot] goes back to it.
type Snapshot struct {
	Name  string    // 1 to 100 letters, digits, dots, hyphens and underscores; the first is a letter or digit
	Saved time.Time // on the portal's clock
}

// snapshots are the saved states, by name. To save a state copies nothing, because a state never changes.
type snapshots struct {
	mu    sync.Mutex
	saved map[string]snapshot
}

type snapshot struct {
	Snapshot
	state *state
}

var snapshotName = text.Pattern{Text: `^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`}

func (s *snapshots) save(name string, clock *Clock, current func() *state) (Snapshot, error) {
	if !snapshotName.MatchString(name) {
		return Snapshot{}, ErrSnapshotName
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, replaced := s.saved[name]; !replaced && len(s.saved) >= MaxSnapshots {
		return Snapshot{}, ErrTooManySnapshots
	}
	if s.saved == nil {
		s.saved = map[string]snapshot{}
	}
	saved := snapshot{Snapshot{Name: name, Saved: clock.Now()}, current()}
	s.saved[name] = saved
	return saved.Snapshot, nil
}

func (s *snapshots) find(name string) (snapshot, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	saved, ok := s.saved[name]
	return saved, ok
}

func (s *snapshots) remove(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.saved[name]
	delete(s.saved, name)
	return ok
}

func (s *snapshots) list() []Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Snapshot, 0, len(s.saved))
	for _, saved := range s.saved {
		list = append(list, saved.Snapshot)
	}
	slices.SortFunc(list, func(a, b Snapshot) int { return strings.Compare(a.Name, b.Name) })
	return list
}
