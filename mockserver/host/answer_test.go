package host

import (
	"net/http/httptest"
	"testing"
)

func TestWrite(t *testing.T) {
	w := httptest.NewRecorder()
	write(w, 404, "text/plain", []byte("née"))
	if w.Code != 404 || w.Body.String() != "née" || w.Header().Get("Content-Type") != "text/plain" || w.Header().Get("Content-Length") != "4" {
		t.Errorf("got %d %v %s", w.Code, w.Header(), w.Body)
	}
}
