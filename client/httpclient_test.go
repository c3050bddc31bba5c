package client_test

import (
	"crypto/tls"
	"errors"
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

// TLS is agreed on once: all calls of a portal and of its visitors use the connection again.
func TestTLSHandshakesOnce(t *testing.T) {
	var handshakes atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		successes := map[string]string{"GET": policyFlags, "PUT": "true", "POST": `{"status":0}`}
		reply(200, jsonType, envelope(successes[r.Method]))(w, r)
	}))
	server.TLS = &tls.Config{VerifyConnection: func(tls.ConnectionState) error {
		handshakes.Add(1)
		return nil
	}}
	server.StartTLS()
	defer server.Close()
	portal := newPortal(t, server.URL, client.WithHTTPClient(server.Client()))
	ctx := t.Context()
	for range 5 {
		_, policyErr := portal.SharingPolicy(ctx)
		_, switchErr := portal.SetExternalShare(ctx, true)
		_, unlockErr := portal.Visitor().Unlock(ctx, "KEY", "pw-1")
		if err := errors.Join(policyErr, switchErr, unlockErr); err != nil {
			t.Fatal(err)
		}
	}
	if handshakes.Load() != 1 {
		t.Errorf("%d handshakes", handshakes.Load())
	}
}
