package host

import (
	"net/http"
	"strconv"
)

// write writes a whole answer. It ignores an error, because the client is gone then.
func write(w http.ResponseWriter, status int, contentType string, body []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) //nolint:gosec // no browser takes JSON or plain text for a page
}
