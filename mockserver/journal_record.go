package mockserver

import (
	"github.com/labstack/echo/v4"
)

// record writes a request into the journal, or completes it there. It runs before the answer is sent, so that a client that has
// the answer finds the request in the journal. status is 0 while there is no answer.
func (s *Server) record(c *call, status int) {
	c.superseded = c.era != s.current.Load()
	s.journal.record(c, status)
}

// recordRequest records every request when its answer is complete but not sent, and requests that get no answer. Echo makes room for
// each function that is to run then, so that there is only this one.
func (s *Server) recordRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		c.Response().Before(func() {
			s.readRefused(c)
			s.record(call, c.Response().Status)
			call.setLateHeaders(c.Response().Header(), c.Response().Status)
		})
		err := next(c)
		if call.ending == unanswered || call.ending == resetConn {
			s.record(call, 0)
		}
		return err
	}
}
