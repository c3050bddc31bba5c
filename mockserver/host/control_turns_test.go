package host

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// filled is a portal with so many links more than usual.
func filled(links int) mockserver.Portal {
	p := mockserver.DefaultPortal()
	for i := range links {
		p.Links = append(p.Links, mockserver.Link{Key: fmt.Sprint("key ", i)})
	}
	return p
}

// When too much memory is in use, calls that keep more are refused and change nothing. Small reads, and what frees memory, go on.
func TestCallsWhenTheMemoryIsFull(t *testing.T) {
	full := false
	h := newHost(t, newServer(t), WithMemoryCheck(func(keeps bool) error {
		if full && keeps {
			return errors.New("257 MiB of memory are in use")
		}
		return nil
	}))
	addPortal(t, h, "mine", mockserver.Portal{})
	send := func(method, path, body string) *httptest.ResponseRecorder {
		return mocktest.Send(h, method, controlURL+"/__mock"+path, body)
	}
	send("PUT", "/snapshots/kept", "")
	before := h.Main().State()
	full = true
	for _, call := range [][3]string{
		{"PUT", "/state", `{}`}, {"PATCH", "/state", `{"tenantId":3}`}, {"PUT", "/snapshots/more", ""}, {"POST", "/portals", `{}`}, {"POST", "/faults", `{"status":500}`},
		{"POST", "/links", `{}`}, {"POST", "/users", `{"email":"a@example.com","role":"user"}`}, {"POST", "/apiKeys", `{"user":"owner@example.com"}`},
		{"POST", "/entries", `{"type":"room"}`}, {"PATCH", "/entries/10", `{"title":"a"}`},
	} {
		if got := send(call[0], call[1], call[2]); got.Code != http.StatusConflict || !strings.Contains(got.Body.String(), "257 MiB") {
			t.Errorf("%s %s: got %d %s", call[0], call[1], got.Code, got.Body)
		}
	}
	if !reflect.DeepEqual(h.Main().State(), before) || len(h.Main().Snapshots()) != 1 || len(h.Main().Faults()) != 0 || len(h.Portals()) != 1 {
		t.Error("a refused call has changed something")
	}
	for _, call := range [][2]string{
		{"GET", "/state"}, {"GET", "/links"}, {"GET", "/journal"}, {"DELETE", "/journal"}, {"DELETE", "/faults"}, {"POST", "/snapshots/kept/restore"},
		{"DELETE", "/snapshots/kept"}, {"DELETE", "/portals/mine"}, {"DELETE", "/links/" + mocktest.LinkID}, {"POST", "/reset"}, {"POST", "/clock/freeze"}, {"GET", "/health"},
	} {
		if got := send(call[0], call[1], ""); got.Code >= 300 {
			t.Errorf("%s %s: got %d %s", call[0], call[1], got.Code, got.Body)
		}
	}
}

// A large call is worked on alone, whether its body or its portal is large. Small calls are not.
func TestTurns(t *testing.T) {
	for _, call := range []struct {
		name, method, path, body string
		links                    int
		alone                    bool
	}{
		{"a large body", "PUT", "/state", "{" + strings.Repeat(" ", largeBody) + "}", 0, true},
		{"a large portal", "PATCH", "/state", `{}`, largeRecords, true},
		{"a large answer", "GET", "/links", "", largeRecords, true},
		{"the journal", "GET", "/journal", "", 0, true},
		{"a small call", "PATCH", "/state", `{}`, 0, false},
	} {
		t.Run(call.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var atATime atomic.Int32
				goOn := make(chan bool)
				h := newHost(t, newServer(t, mockserver.WithPortal(filled(call.links))), WithMemoryCheck(func(bool) error {
					atATime.Add(1)
					<-goOn
					atATime.Add(-1)
					return nil
				}))
				answers := make(chan int, 2)
				for range 2 {
					go func() { answers <- mocktest.Send(h, call.method, controlURL+"/__mock"+call.path, call.body).Code }()
				}
				synctest.Wait()
				if n := atATime.Load(); (n == 1) != call.alone {
					t.Errorf("%d at a time", n)
				}
				close(goOn)
				for range 2 {
					if status := <-answers; status != http.StatusOK {
						t.Errorf("answered %d", status)
					}
				}
			})
		})
	}
}

// stuckReader is a client that does not read its answer until it may.
type stuckReader struct {
	*httptest.ResponseRecorder
	reading, mayRead chan bool
}

func (r stuckReader) Write(text []byte) (int, error) {
	r.reading <- true
	<-r.mayRead
	return r.ResponseRecorder.Write(text)
}

// Nobody waits for a client that does not read its large answer.
func TestTurnEndsBeforeTheAnswerIsRead(t *testing.T) {
	h := newHost(t, newServer(t, mockserver.WithPortal(filled(largeRecords))))
	stuck := stuckReader{httptest.NewRecorder(), make(chan bool, 1), make(chan bool)}
	done := make(chan bool)
	go func() {
		h.ServeHTTP(stuck, httptest.NewRequest("GET", controlURL+"/__mock/links", nil))
		close(done)
	}()
	<-stuck.reading
	if got := mocktest.Send(h, "GET", controlURL+"/__mock/links", ""); got.Code != http.StatusOK {
		t.Errorf("got %d", got.Code)
	}
	close(stuck.mayRead)
	<-done
	if stuck.Code != http.StatusOK || stuck.Body.Len() < 50*largeRecords {
		t.Errorf("got %d with %d bytes", stuck.Code, stuck.Body.Len())
	}
}
