package mockserver

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"syscall"
)

// Transport returns a Transport for an [http.Client] that needs no connection. The portal answers every request of that
// client, to any host. Faults look as over a connection: a reset is the error [syscall.ECONNRESET], a truncated body ends
// with [io.ErrUnexpectedEOF], and a hanging request hangs until its context ends.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ handler http.Handler }

// RoundTrip implements [http.RoundTripper].
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL == nil {
		closeBody(r)
		return nil, errors.New("the request has no URL")
	}
	w := &memoryAnswer{header: http.Header{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer closeBody(r)
		w.serve(t.handler, asServed(r))
	}()
	select {
	case <-r.Context().Done():
		return nil, r.Context().Err()
	case <-done:
	}
	if err := r.Context().Err(); err != nil && w.status == 0 {
		return nil, err
	}
	return w.response(r)
}

func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
}

// asServed turns a client's request into a server's request.
func asServed(r *http.Request) *http.Request {
	served := r.Clone(r.Context())
	served.Proto, served.ProtoMajor, served.ProtoMinor = "HTTP/1.1", 1, 1
	served.RequestURI = r.URL.RequestURI()
	served.RemoteAddr = "127.0.0.1:1"
	if served.Host == "" {
		served.Host = r.URL.Host
	}
	if served.Method == "" {
		served.Method = http.MethodGet
	}
	if r.URL.Scheme == "https" {
		served.TLS = &tls.ConnectionState{}
	}
	served.URL.Scheme, served.URL.Host, served.URL.User, served.URL.Fragment = "", "", nil, ""
	switch {
	case r.Body == nil || r.Body == http.NoBody:
		served.Body, served.ContentLength = http.NoBody, 0
	case r.ContentLength == 0:
		served.ContentLength = -1 // unknown
	}
	declareLength(served)
	return served
}

// declareLength sets the header Content-Length as net/http sends it.
func declareLength(r *http.Request) {
	if r.Header == nil {
		r.Header = http.Header{}
	}
	r.Header.Del("Content-Length")
	usual := r.Method == http.MethodPost || r.Method == http.MethodPut || r.Method == http.MethodPatch
	if r.ContentLength > 0 || r.ContentLength == 0 && usual {
		r.Header.Set("Content-Length", strconv.FormatInt(r.ContentLength, 10))
	}
}

// memoryAnswer keeps an answer in memory.
type memoryAnswer struct {
	header http.Header
	sent   http.Header // copy of header at WriteHeader
	status int         // 0 before WriteHeader
	body   bytes.Buffer
	failed error // the error when the answer is missing or cut off
}

func (w *memoryAnswer) Header() http.Header { return w.header }

func (w *memoryAnswer) WriteHeader(status int) {
	if w.status == 0 {
		w.status, w.sent = status, w.header.Clone()
	}
}

func (w *memoryAnswer) Write(body []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(body)
}

// Flush implements [http.Flusher]. The answer stays in memory.
func (w *memoryAnswer) Flush() {}

func (w *memoryAnswer) serve(h http.Handler, r *http.Request) {
	defer func() {
		switch p := recover(); p {
		case nil:
			w.WriteHeader(http.StatusOK)
		case http.ErrAbortHandler:
			w.failed = &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
		default:
			w.status, w.failed = 0, fmt.Errorf("mockserver: panic: %v", p)
		}
	}()
	h.ServeHTTP(w, r)
}

func (w *memoryAnswer) response(r *http.Request) (*http.Response, error) {
	if w.status == 0 {
		return nil, w.failed
	}
	resp := &http.Response{
		Status: strconv.Itoa(w.status) + " " + http.StatusText(w.status), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: w.sent, Request: r, ContentLength: -1,
	}
	if length, err := strconv.ParseInt(w.sent.Get("Content-Length"), 10, 64); err == nil {
		resp.ContentLength = length
	}
	var body io.Reader = &w.body
	switch {
	case r.Method == http.MethodHead:
		body = http.NoBody
	case w.failed != nil || resp.ContentLength > int64(w.body.Len()):
		body = io.MultiReader(body, brokenReader{})
	}
	resp.Body = io.NopCloser(body)
	return resp, nil
}

// brokenReader fails as a connection does that ends in the middle of a body.
type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
