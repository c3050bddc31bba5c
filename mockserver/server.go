package mockserver

import (
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/labstack/echo/v4"
)

// Server is a portal in memory. It is an [http.Handler], and safe for concurrent use.
type Server struct {
	echo   *echo.Echo
	logger *slog.Logger
	clock  *Clock
	newID  func() string
	secret secret

	contract ContractMode
	journal  *journal
	closed   atomic.Bool
	faults   atomic.Pointer[faultPlan]

	seed      *state // what Reset goes back to
	writing   sync.Mutex
	changed   func()            // after each change of current
	observe   func(Observation) // after each request; nil for nobody
	current   atomic.Pointer[state]
	snapshots snapshots
	passwords atomic.Pointer[passwordLimiter]
	rates     atomic.Pointer[rateLimiter]
}

// Clock is what the portal tells the time by.
func (s *Server) Clock() *Clock { return s.clock }

// State is a copy of the portal as it is now.
func (s *Server) State() Portal { return s.current.Load().portal.clone() }
