package mockserver

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// applyFaults applies the faults to the four calls. It runs before everything that the portal itself does.
func (s *Server) applyFaults(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		if call.route.facts == nil {
			return next(c)
		}
		hits := call.era.faults.draw(call.operation(), call.request.Header)
		if len(hits) == 0 {
			return next(c)
		}
		_ = call.identify(http.Header{}) // the journal has the caller also when the call fails
		s.readBody(call, c.Response().Header())
		for _, h := range hits {
			call.faults = append(call.faults, h.state.ID)
			call.faultKinds = append(call.faultKinds, h.state.Kind)
			c.Response().Header().Add(headerFault, h.state.ID)
		}
		for _, h := range hits {
			if h.delay > 0 {
				s.record(call, 0) // so that a client that gives up finds the request in the journal
			}
			if !h.wait(c.Request().Context(), h.delay) {
				call.remark = "The client gave up while a fault delayed the request."
				call.ending = unanswered
				return nil
			}
		}
		f := hits[len(hits)-1]
		call.remark = f.state.Kind.remark()
		switch kind := f.state.Kind; {
		case kind == FaultReset:
			call.ending = resetConn
			return nil
		case kind == FaultHang:
			s.record(call, 0)
			f.hang(c.Request().Context())
			call.ending = unanswered
			return nil
		case kind == FaultProxy:
			return f.proxyPage(c)
		case kind.answers():
			return f.failure(call)
		case kind.damages():
			return s.damage(c, kind, next)
		default:
			return next(c)
		}
	}
}

// remark says what a fault of the kind does to the answer, "" when that is nothing.
func (k FaultKind) remark() string {
	switch {
	case k == FaultReset, k == FaultHang:
		return "A fault took the answer away, and the portal was not asked."
	case k == FaultProxy, k.answers():
		return "A fault made this answer, and the portal was not asked."
	case k.damages():
		return "A fault damaged the answer of the portal."
	default:
		return ""
	}
}

// wait waits for the delay, or until the fault is removed. It returns false when the client gives up.
func (f *plannedFault) wait(ctx context.Context, delay time.Duration) bool {
	if delay == 0 {
		return true
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
	case <-f.removed:
	case <-f.released:
	}
	return true
}

// hang waits until the client gives up or the fault is removed.
func (f *plannedFault) hang(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-f.removed:
	case <-f.released:
	}
}
