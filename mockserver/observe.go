package mockserver

import (
	"time"

	"github.com/labstack/echo/v4"
)

// Observation describes a finished request. It is for metrics, because the journal forgets requests.
type Observation struct {
	Operation  Operation     // "" for a request that is none of the four calls
	Method     string        // as it was sent: any text
	Status     int           // of the answer; 0 when there was none
	Duration   time.Duration // in real time
	Faults     []FaultKind   // of the faults that were applied
	Hint       bool          // another profile answers this request differently
	Violations int           // number of violations of openapi.yaml
}

// observeRequest calls observe after each request. nil is allowed.
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
