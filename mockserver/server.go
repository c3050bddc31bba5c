package mockserver

import (
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
)

// Server is a portal in memory. It is an [http.Handler]. It is safe for concurrent use.
type Server struct {
	*installation
	pinned *era // nil is the current one
}

// installation is what a portal has from New on.
type installation struct {
	echo   *echo.Echo
	logger *slog.Logger
	now    func() time.Time // the time of day
	newID  func() string
	random secret // signs what a portal without a docDbKey signs

	contract ContractMode
	journal  *journal
	budget   *JournalBudget // of the journal
	closed   atomic.Bool

	seed       *state            // Reset goes back to it
	writing    sync.Mutex        // held during a change of current, of its state, or of seed
	changed    func()            // called after each change of current or of its state
	memory     func() error      // fails when no more can be kept
	observe    func(Observation) // called after each request; nil when nobody observes
	current    atomic.Pointer[era]
	masked     atomic.Pointer[secrets] // what Mask has added; nil when there is nothing
	snapshots  snapshots
	loginLocks attemptLocks
	rounds     int // of hashes of passwords
}

// Clock returns the clock of the portal.
func (s *Server) Clock() *Clock { return &Clock{face: func() *clockFace { return s.era().clock }} }

// Records is how many users, API keys, entries and links the portal has.
func (s *Server) Records() int { return s.era().state.Load().portal.records() }

// State returns a copy of the portal as it is now.
func (s *Server) State() Portal { return s.era().state.Load().portal.clone() }
