package main

import (
	"io"
	"net/http"
	"time"
)

// The limits of how much is read of a body that the handler did not read, and for how long, which is as long as Kestrel's.
const (
	maxUnread     = 8 << 20
	unreadTimeout = 5 * time.Second
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
		if !whole && r.ProtoMajor == 1 && r.Header.Get("Expect") == "" {
			// net/http reads up to 256 KiB of the body before it sends the answer.
			_ = controller.SetReadDeadline(time.Now().Add(unreadTimeout))
			_ = controller.Flush() // the client may wait for the answer before it sends the body
			_, _ = io.CopyN(io.Discard, hooked.Body, maxUnread)
		}
	})
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
