package mockserver

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
)

// A reset is a reset of TCP, not only the end of the connection.
func TestResetIsOfTCP(t *testing.T) {
	for _, secure := range []bool{false, true} {
		s := newServer(t)
		listener := httptest.NewUnstartedServer(s)
		if secure {
			listener.StartTLS()
		} else {
			listener.Start()
		}
		defer listener.Close()
		addFault(t, s, Fault{Kind: FaultReset})
		_, _, err := reached{client: listener.Client(), url: listener.URL}.get(t.Context(), s)
		if !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("TLS %t: %v", secure, err)
		}
	}
}

func TestStatusOfAnEnding(t *testing.T) {
	for e, want := range map[ending]int{answered: 200, cutOff: 200, unanswered: 0, resetConn: 0} {
		if got := e.statusOf(200); got != want {
			t.Errorf("%d: got %d, want %d", e, got, want)
		}
	}
}

// A connection that cannot be taken over, as over HTTP/2, is given up all the same.
func TestEndOfWhatIsNotAnswered(t *testing.T) {
	for e, want := range map[ending]any{answered: nil, cutOff: http.ErrAbortHandler, unanswered: http.ErrAbortHandler, resetConn: http.ErrAbortHandler} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("%d: got %v, want %v", e, got, want)
				}
			}()
			e.end(httptest.NewRecorder())
		}()
	}
}
