package client_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestConnectionErrors(t *testing.T) {
	server := httptest.NewServer(nil)
	address := server.URL
	server.Close()
	err := callBy(newPortal(t, address), "POST")
	mustBe(t, err, client.ErrConnection)
	var network net.Error
	if !errors.Is(err, syscall.ECONNREFUSED) || !errors.As(err, &network) {
		t.Errorf("got %v", err)
	}

	for name, handler := range map[string]http.HandlerFunc{
		"reset before the answer": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"reset within": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", jsonType)
			io.WriteString(w, envelope("true"))
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		},
		"shorter than announced": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", jsonType)
			w.Header().Set("Content-Length", "9999")
			io.WriteString(w, envelope("true"))
		},
		"broken gzip": reply(200, jsonType, "not gzip", "Content-Encoding", "gzip"),
	} {
		t.Run(name, func(t *testing.T) {
			portal, _ := serve(t, handler)
			mustBe(t, callBy(portal, "PUT"), client.ErrConnection)
			mustBe(t, callBy(portal, "POST"), client.ErrConnection)
		})
	}
}
