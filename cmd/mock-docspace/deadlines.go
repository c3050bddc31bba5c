package main

import (
	"io"
	"net/http"
	"time"
)

// maxUnread bounds what is read of a body that nobody wanted.
const maxUnread = 8 << 20

// deadlines gives a request only so long to arrive, and an answer to be taken, but any time in between: [http.Server] counts
// that in, and would end a fault that hangs or delays.
func deadlines(next http.Handler, answer time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		controller := http.NewResponseController(w)
		arrived := func() { _ = controller.SetReadDeadline(time.Time{}) } // nothing can be done about an error
		if r.Body == http.NoBody {
			arrived()
		} else {
			r.Body = &arriving{r.Body, arrived}
		}
		next.ServeHTTP(&leaving{ResponseWriter: w, begin: func() { _ = controller.SetWriteDeadline(time.Now().Add(answer)) }}, r)
		// Who sends what was refused unread would meet a reset connection before the answer.
		if r.ProtoMajor == 1 && r.Header.Get("Expect") == "" {
			_, _ = io.CopyN(io.Discard, r.Body, maxUnread)
		}
	})
}

// arriving is a body that tells when it has arrived.
type arriving struct {
	io.ReadCloser
	arrived func()
}

func (b *arriving) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		b.arrived()
	}
	return n, err
}

// leaving is an answer that tells when it begins.
type leaving struct {
	http.ResponseWriter
	begin func()
	begun bool
}

func (a *leaving) WriteHeader(status int) {
	a.start()
	a.ResponseWriter.WriteHeader(status)
}

func (a *leaving) Write(p []byte) (int, error) {
	a.start()
	return a.ResponseWriter.Write(p)
}

func (a *leaving) start() {
	if !a.begun {
		a.begun = true
		a.begin()
	}
}

// Unwrap is for [http.ResponseController].
func (a *leaving) Unwrap() http.ResponseWriter { return a.ResponseWriter }
