package mockserver

import (
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/labstack/echo/v4"
)

// Server is a portal in memory. It is an [http.Handler]. It is safe for concurrent use.
type Server struct {
	echo   *echo.Echo
	logger *slog.Logger
	clock  *Clock
	newID  func() string
	random secret // signs what a portal without a docDbKey signs

	contract ContractMode
	journal  *journal
	closed   atomic.Bool
	faults   atomic.Pointer[faultPlan]

	seed       *state            // Reset goes back to it
	writing    sync.Mutex        // held during a change of current or seed
	changed    func()            // called after each change of current
	observe    func(Observation) // called after each request; nil when nobody observes
	current    atomic.Pointer[state]
	snapshots  snapshots
	loginLocks attemptLocks
	rounds     int // of hashes of passwords
	passwords  atomic.Pointer[passwordLimiter]
	rates      atomic.Pointer[rateLimiter]
	opened     atomic.Pointer[openedLinks]
}

// Clock returns the clock of the portal.
func (s *Server) Clock() *Clock { return s.clock }

// State returns a copy of the portal as it is now.
func (s *Server) State() Portal { return s.current.Load().portal.clone() }
