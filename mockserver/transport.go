package mockserver

import (
	"errors"
	"net/http"
)

// Transport reaches the portal without a connection: as the Transport of an [http.Client] it answers every request, whatever
// its host. Faults are as over a connection: a reset is [syscall.ECONNRESET], a body that is cut off ends in
// [io.ErrUnexpectedEOF], and what hangs does so until the request's context ends.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ server *Server }

func (t transport) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.ErrUnsupported
}
