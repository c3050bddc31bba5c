package mockserver

import (
	"errors"
	"time"

	"github.com/labstack/echo/v4"
)

// Observation is what a request came to, for metrics: the journal forgets, and is cleared.
type Observation struct {
	Operation  Operation // "" for what is none of the four calls
	Method     string    // as it was sent, so that it can be anything
	Status     int       // of the answer; 0 when there was none
	Duration   time.Duration
	Faults     []FaultKind // that were applied
	Hint       bool        // the other profile would have answered otherwise
	Violations int         // of the contract
}

// WithObserver calls a function after each request. It must return at once, and be safe for concurrent use.
func WithObserver(observe func(Observation)) Option {
	return func(o *options) error {
		if observe == nil {
			return errors.New("WithObserver: the function is nil")
		}
		o.observe = observe
		return nil
	}
}

func (s *Server) observeRequest(next echo.HandlerFunc) echo.HandlerFunc {
	if s.observe == nil {
		return next
	}
	return func(c echo.Context) error {
		err := next(c)
		call := callFrom(c.Request().Context())
		s.observe(Observation{
			Operation: call.operation(), Method: call.request.Method, Status: call.ending.statusOf(c.Response().Status), Duration: time.Since(call.arrived),
			Faults: call.faultKinds, Hint: call.hint != "", Violations: len(call.violations),
		})
		return err
	}
}

// JournalSize is how many requests the journal holds, and how many it has dropped since it was last cleared.
func (s *Server) JournalSize() (held int, dropped uint64) {
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	for _, d := range s.journal.dropped {
		dropped += d.count
	}
	return len(s.journal.slots), dropped
}

// JournalSize is [Server.JournalSize] of all portals together. Being asked for it keeps no portal from expiring.
func (h *Host) JournalSize() (held int, dropped uint64) {
	held, dropped = h.main.JournalSize()
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, portal := range h.portals {
		n, d := portal.server.JournalSize()
		held, dropped = held+n, dropped+d
	}
	return held, dropped
}
