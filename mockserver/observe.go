package mockserver

import (
	"time"

	"github.com/labstack/echo/v4"
)

// Observation is what is known of a request when it is over. It is meant for metrics: the journal forgets requests, and can be
// cleared.
type Observation struct {
	Operation  Operation // "" for what is none of the four calls
	Method     string    // as it was sent, so that it can be anything
	Status     int       // of the answer; 0 when there was none
	Duration   time.Duration
	Faults     []FaultKind // that were applied
	Hint       bool        // the other profile would have answered otherwise
	Violations int         // of the contract
}

// observeRequest calls observe after each request; nil is nobody.
func observeRequest(observe func(Observation)) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if observe == nil {
			return next
		}
		return func(c echo.Context) error {
			err := next(c)
			call := callFrom(c.Request().Context())
			observe(Observation{
				Operation: call.operation(), Method: call.request.Method, Status: call.ending.statusOf(c.Response().Status), Duration: time.Since(call.arrived),
				Faults: call.faultKinds, Hint: call.hint != "", Violations: len(call.violations),
			})
			return err
		}
	}
}
