package mockserver

import (
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestContentLengthIsTheBodys(t *testing.T) {
	s := newServer(t)
	w := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, as(s, RoleOwner)...)
	const want = `{"response":true,"count":1,"links":[{"href":"http://example.com/api/2.0/files/settings/external","action":"PUT"}],"status":0,"statusCode":200}`
	if w.Body.String() != want || w.Header().Get("Content-Length") != "142" {
		t.Errorf("got %s, Content-Length %s", w.Body, w.Header().Get("Content-Length"))
	}
}

func TestWriteOfAnAnswer(t *testing.T) {
	w := httptest.NewRecorder()
	if err := (&call{}).write(w, &answer{status: 404, cookies: []string{"a=1", "b=2"}}); err != nil {
		t.Fatal(err)
	}
	h := w.Header()
	if w.Code != 404 || w.Body.Len() > 0 || h.Get("Content-Length") != "0" || len(h.Values("Content-Type")) > 0 || !slices.Equal(h.Values("Set-Cookie"), []string{"a=1", "b=2"}) {
		t.Errorf("got %d %v", w.Code, h)
	}
}
