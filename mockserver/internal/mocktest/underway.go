package mocktest

import (
	"io"
	"net/http"
	"net/http/httptest"
)

// UnderWay sends a request of which only a part has arrived. finish sends the rest of the body, and returns the answer. The second part
// of the body must not be empty.
func UnderWay(h http.Handler, method, target, first, second string, headers ...string) (finish func() *httptest.ResponseRecorder) {
	body, client := io.Pipe()
	r := httptest.NewRequest(method, target, body)
	r.ContentLength = int64(len(first) + len(second))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.ServeHTTP(w, r)
	}()
	_, _ = io.WriteString(client, first) // returns when the handler has read it
	return func() *httptest.ResponseRecorder {
		_, _ = io.WriteString(client, second)
		_ = client.Close()
		<-done
		return w
	}
}
