package main

import (
	"io"
	"net/http"
	"time"
)

// maxUnread bounds how much is read of a body that the handler did not read.
const maxUnread = 8 << 20

// deadlines limits the time in which a request arrives and the time in which the client takes the answer. It does not limit
// the time between: the timeouts of [http.Server] include that time, and would end a fault that hangs or delays.
func deadlines(next http.Handler, answer time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		controller := http.NewResponseController(w)
		endReadDeadline := func() { _ = controller.SetReadDeadline(time.Time{}) } // nothing can be done about an error
		if r.Body == http.NoBody {
			endReadDeadline()
		} else {
			r.Body = &hookedBody{r.Body, endReadDeadline}
		}
		setWriteDeadline := func() { _ = controller.SetWriteDeadline(time.Now().Add(answer)) }
		next.ServeHTTP(&hookedWriter{ResponseWriter: w, beforeAnswer: setWriteDeadline}, r)
		// A client that is still sending a body would see a reset connection instead of the answer.
		if r.ProtoMajor == 1 && r.Header.Get("Expect") == "" {
			_, _ = io.CopyN(io.Discard, r.Body, maxUnread)
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
