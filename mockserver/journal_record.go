package mockserver

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
)

// record writes a request into the journal, or completes it there. It runs before the answer is sent, so that a client that has
// the answer finds the request in the journal. status is 0 while there is no answer.
func (s *Server) record(c *call, status int) {
	c.superseded = c.era != s.current.Load()
	s.journal.record(c, status)
}

// recordRequest records requests that get no answer. recordedAnswer records every other.
func (s *Server) recordRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		err := next(c)
		if call.ending == unanswered || call.ending == resetConn {
			s.record(call, 0)
		}
		return err
	}
}

// recordedAnswer is the answer of a call. It records the request when the answer is complete but not sent. The functions that Echo
// can call then would need memory for each request.
type recordedAnswer struct {
	http.ResponseWriter
	server *Server
	call   *call
	begun  bool
}

// WriteHeader implements [http.ResponseWriter].
func (a *recordedAnswer) WriteHeader(status int) {
	a.begin(status)
	a.ResponseWriter.WriteHeader(status)
}

// begin does, once, what is to be done before the answer begins.
func (a *recordedAnswer) begin(status int) {
	if a.begun {
		return
	}
	a.server.readRefused(a.call, a.Header())
	a.server.record(a.call, status)
	if a.call.sequence > 0 {
		a.call.setHeader(a.Header(), headerSequence, strconv.FormatUint(a.call.sequence, 10))
	}
	a.call.setLateHeaders(a.Header(), status)
	a.begun = true
}

// Unwrap is for [http.ResponseController].
func (a *recordedAnswer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
