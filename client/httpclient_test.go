package client_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// A connection can be used again when its answer was read to the end and closed.
func TestConnectionsAreReused(t *testing.T) {
	var opened atomic.Int64
	server := httptest.NewUnstartedServer(reply(403, jsonType, errorJSON(403, "no", `"T"`)))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	portal := newPortal(t, server.URL)
	for range 5 {
		mustBe(t, callBy(portal, "PUT"), client.ErrForbidden)
	}
	if opened.Load() != 1 {
		t.Errorf("%d connections", opened.Load())
	}
}
