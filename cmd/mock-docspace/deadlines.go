package main

import (
	"io"
	"net/http"
	"time"
)

// Many clients read an answer only when they have sent the whole body. So what the handler did not read of a body is read and dropped: as
// much as this, as long as a request may take, and while something arrives within Kestrel's time.
const (
	maxUnread     = 128 << 20
	unreadTimeout = 5 * time.Second
	// Some clients stop sending over HTTP/2 when a refusal begins, and wait for its end.
	unreadStreamTimeout = time.Second
)

// deadlines limits the time in which a request arrives and the time in which the client takes the answer. It does not limit
// the time between: the timeouts of [http.Server] include that time, and would end a fault that hangs or delays.
func deadlines(next http.Handler, answer time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		controller := http.NewResponseController(w)
		endReadDeadline := func() { _ = controller.SetReadDeadline(time.Time{}) } // nothing can be done about an error
		whole, hooked := r.Body == http.NoBody, r
		if whole {
			endReadDeadline()
		} else {
			// r stays as it is: net/http looks at its body to decide whether an answer may overtake it.
			hooked = r.WithContext(r.Context())
			hooked.Body = &hookedBody{r.Body, func() {
				whole = true
				endReadDeadline()
			}}
		}
		setWriteDeadline := func() { _ = controller.SetWriteDeadline(time.Now().Add(answer)) }
		next.ServeHTTP(&hookedWriter{ResponseWriter: w, beforeAnswer: setWriteDeadline}, hooked)
		// A client that is still sending a body would see a reset connection instead of the answer.
		if !whole && r.Header.Get("Expect") == "" {
			rest := arrivingBody{hooked.Body, controller, unreadTimeout, time.Now().Add(requestTimeout)}
			if r.ProtoMajor == 2 {
				rest.patience = unreadStreamTimeout
			}
			rest.extend()          // net/http reads up to 256 KiB of the body before it sends the answer
			_ = controller.Flush() // the client may wait for the answer before it sends the body
			_, _ = io.CopyN(io.Discard, rest, maxUnread)
		}
	})
}

// arrivingBody is a body of which something has to arrive every now and then.
type arrivingBody struct {
	io.Reader
	controller *http.ResponseController
	patience   time.Duration // with each piece
	until      time.Time     // the last moment for the end
}

func (b arrivingBody) Read(p []byte) (int, error) {
	b.extend()
	return b.Reader.Read(p)
}

// extend begins the time for the next piece.
func (b arrivingBody) extend() {
	deadline := time.Now().Add(b.patience)
	if deadline.After(b.until) {
		deadline = b.until
	}
	_ = b.controller.SetReadDeadline(deadline) // nothing can be done about an error
}

// hookedBody calls a function when the body has been read to its end.
type hookedBody struct {
	io.ReadCloser
	atEnd func()
}

func (b *hookedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		b.atEnd()
	}
	return n, err
}
