package main

import (
	"io"
	"net/http"
	"os"
	"runtime"
	"time"
)

// Bodies are held in memory until they are answered. These limits bound what all of them take together, and say what a client needs no
// credentials for.
const (
	smallBody    = 4 << 10 // any number of these, one for each request
	mediumBody   = 1 << 20 // the largest of the control API that is no whole portal
	mediumBodies = 16      // at once
	largeBodies  = 1       // at once: the portal takes 100 MiB
	bodyWait     = time.Minute
)

// bodyLimits makes the bodies of requests wait while there are too many large ones.
type bodyLimits struct{ medium, large chan struct{} }

func newBodyLimits() *bodyLimits {
	return &bodyLimits{medium: make(chan struct{}, mediumBodies), large: make(chan struct{}, largeBodies)}
}

// apply puts the limits around a handler.
func (l *bodyLimits) apply(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if 0 <= r.ContentLength && r.ContentLength <= smallBody {
			next.ServeHTTP(w, r)
			return
		}
		body := &limitedBody{
			body: r.Body, limits: l, gone: r.Context().Done(),
			arriving: arrivingBody{r.Body, http.NewResponseController(w), unreadTimeout, time.Now().Add(requestTimeout)},
		}
		defer body.release()
		limited := r.WithContext(r.Context())
		limited.Body = body
		next.ServeHTTP(w, limited)
	})
}

// limitedBody takes a place among the medium bodies and then among the large ones, as it arrives. Nothing that has a place waits for a
// place that is held by what waits for its own. Who has one has to go on sending.
type limitedBody struct {
	body     io.ReadCloser
	arriving arrivingBody
	limits   *bodyLimits
	gone     <-chan struct{} // closed when the client has gone
	read     int64
	held     []chan struct{}
	err      error
}

func (b *limitedBody) Read(p []byte) (n int, err error) {
	if b.err != nil {
		return 0, b.err
	}
	if len(b.held) > 0 {
		b.arriving.extend()
	}
	n, err = b.body.Read(p)
	b.read += int64(n)
	if err == nil && b.read > smallBody && len(b.held) == 0 {
		err = b.take(b.limits.medium)
	}
	if err == nil && b.read > mediumBody && len(b.held) == 1 {
		err = b.take(b.limits.large)
	}
	b.err = err
	return n, err
}

// take waits for a place. The client is not to blame for the time.
func (b *limitedBody) take(places chan struct{}) error {
	begun, timeout := time.Now(), time.NewTimer(bodyWait)
	defer timeout.Stop()
	select {
	case places <- struct{}{}:
		b.arriving.until = b.arriving.until.Add(time.Since(begun))
		b.held = append(b.held, places)
		return nil
	case <-timeout.C:
		return os.ErrDeadlineExceeded
	case <-b.gone:
		return io.ErrUnexpectedEOF
	}
}

// release gives the places back. What a large body has taken is free before the next one comes.
func (b *limitedBody) release() {
	if len(b.held) > 1 {
		runtime.GC()
	}
	for _, places := range b.held {
		<-places
	}
}

// Close closes the body.
func (b *limitedBody) Close() error { return b.body.Close() }
