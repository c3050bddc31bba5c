package main

import (
	"crypto/tls"
	"log"
	"log/slog"
	"net/http"
	"time"

	"github.com/mock-docspace/mock-docspace/internal/kestrel"
)

// Limits for clients that are slow or hostile. Only the program has them; a test that uses the package brings its own server.
const (
	headerTimeout  = 10 * time.Second
	requestTimeout = 30 * time.Second // header and body
	answerTimeout  = 30 * time.Second
	idleTimeout    = 2 * time.Minute
	maxHeaderBytes = 32 << 10 // as Kestrel's

	maxReceiveBuffer = 64 << 10 // of bodies that no handler has read yet, for each connection of HTTP/2
)

// newHTTPServer makes a server for HTTP/1.1, for HTTP/2 over TLS, and for HTTP/2 without TLS with prior knowledge.
func newHTTPServer(handler http.Handler, tlsConfig *tls.Config, logger *slog.Logger) *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(true)
	protocols.SetUnencryptedHTTP2(true)
	return &http.Server{
		Handler:           handler,
		TLSConfig:         tlsConfig,
		Protocols:         protocols,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       requestTimeout,
		IdleTimeout:       idleTimeout,
		ConnState:         kestrel.ConnState,
		MaxHeaderBytes:    maxHeaderBytes,
		HTTP2:             &http.HTTP2Config{MaxReceiveBufferPerConnection: maxReceiveBuffer, MaxReceiveBufferPerStream: maxReceiveBuffer},

		DisableGeneralOptionsHandler: true, // OPTIONS * is answered like any other path
		ErrorLog:                     log.New(panicLog{logger}, "", 0),
	}
}

// newChain puts the middleware of the program around a handler:
//
//	requests at once → deadlines → bodies at once → save before the answer (with --state) → socket file as loopback → handler
func newChain(handler http.Handler, saver *stateSaver, bodies *bodyLimits, most int) http.Handler {
	handler = socketFileAsLoopback(handler)
	if saver != nil {
		handler = saver.saveBeforeAnswers(handler)
	}
	return limitRequests(deadlines(bodies.apply(handler), answerTimeout), most)
}
