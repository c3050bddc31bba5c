package mockserver

import (
	"errors"
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
