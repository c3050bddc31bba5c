package host

import (
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestPortalLimit(t *testing.T) {
	h := newHost(t, newServer(t), WithPortalLimit(2))
	addPortal(t, h, "a", mockserver.Portal{})
	addPortal(t, h, "b", mockserver.Portal{})
	if _, err := h.AddPortal("c", mockserver.Portal{}); !errors.Is(err, ErrTooManyPortals) || !strings.Contains(err.Error(), "there are 2 portals, the most") {
		t.Errorf("got %v", err)
	}
	if _, err := h.AddPortal("a", mockserver.Portal{}); !errors.Is(err, ErrPortalExists) {
		t.Errorf("got %v", err)
	}
	if !h.RemovePortal("a") || h.RemovePortal("a") {
		t.Error("a portal is removed once")
	}
	addPortal(t, h, "c", mockserver.Portal{})
	if got := fmt.Sprint(h.Portals()); got != "[b c]" {
		t.Errorf("got %s", got)
	}
	var mistake *mockserver.PortalError
	for _, name := range []string{"", "-a", "a-", "A", "a.b", "a/b", strings.Repeat("a", 64)} {
		if _, err := h.AddPortal(name, mockserver.Portal{}); !errors.As(err, &mistake) || mistake.Path != "name" {
			t.Errorf("%q: got %v", name, err)
		}
	}
	if _, err := h.AddPortal("d", mockserver.Portal{Users: []mockserver.User{{}}}); !errors.As(err, &mistake) || mistake.Path != "users[0].email" {
		t.Errorf("got %v", err)
	}
}

// Portals expire by the time of day, whatever their own clocks show, but not while they are asked something.
func TestIdlePortals(t *testing.T) {
	clock := mocktest.NewClock()
	h := newHost(t, newServer(t), onTime(clock), WithPortalIdle(time.Hour), WithPortalLimit(2))
	busy, idle := addPortal(t, h, "busy", mockserver.Portal{}), addPortal(t, h, "idle", mockserver.Portal{})
	idle.Clock().Advance(48 * time.Hour)
	clock.Advance(40 * time.Minute)
	mocktest.Send(h, http.MethodGet, "http://busy.localhost"+mocktest.SettingsPath, "", as(busy, mockserver.RoleOwner)...)
	mocktest.Send(h, http.MethodGet, "http://localhost/__mock/portals", "") // is no use of any of them
	clock.Advance(40 * time.Minute)
	if w := mocktest.Send(h, http.MethodGet, "http://idle.localhost/__mock/health", ""); w.Code != 404 {
		t.Errorf("the idle portal answers %d", w.Code)
	}
	if _, ok := h.Portal("busy"); !ok {
		t.Error("the busy portal is gone")
	}
	addPortal(t, h, "new", mockserver.Portal{}) // there is room again

	// A request under way keeps its portal, and counts when it ends.
	hang(t, busy)
	ended := make(chan int)
	go func() {
		ended <- mocktest.Send(h, http.MethodGet, "http://busy.localhost"+mocktest.SettingsPath, "", as(busy, mockserver.RoleOwner)...).Code
	}()
	for len(busy.Faults()) > 0 && busy.Faults()[0].Applied == 0 {
		runtime.Gosched()
	}
	clock.Advance(2 * time.Hour)
	if got := fmt.Sprint(h.Portals()); got != "[busy]" {
		t.Errorf("got %s", got)
	}
	busy.ClearFaults()
	<-ended
	clock.Advance(59 * time.Minute)
	if got := fmt.Sprint(h.Portals()); got != "[busy]" {
		t.Errorf("got %s", got)
	}
	clock.Advance(time.Hour)
	mocktest.Send(h, http.MethodGet, "http://localhost/", "") // any request gives the memory back
	h.mu.RLock()
	defer h.mu.RUnlock()
	if len(h.portals) != 0 {
		t.Errorf("%d portals are left", len(h.portals))
	}
}

// Portals are looked through now and then, and not at each request.
func TestSweepIsRare(t *testing.T) {
	clock := mocktest.NewClock()
	h := newHost(t, newServer(t), onTime(clock), WithPortalIdle(16*time.Hour))
	addPortal(t, h, "mine", mockserver.Portal{})
	sweptAfter := func(d time.Duration) bool {
		before := h.swept.Load()
		clock.Advance(d)
		mocktest.Send(h, http.MethodGet, "http://localhost"+mocktest.SettingsPath, "")
		return h.swept.Load() != before
	}
	for i, want := range []bool{false, true, false, true} { // an hour is a sixteenth of the time
		if after := []time.Duration{time.Hour - 1, 1, 1, time.Hour}[i]; sweptAfter(after) != want {
			t.Errorf("%d, after another %s: got %t", i, after, !want)
		}
	}
}

// A portal can be removed while it is asked something: what waits goes on, and is answered.
func TestPortalIsRemovedUnderWay(t *testing.T) {
	h := newHost(t, newServer(t))
	mine := addPortal(t, h, "mine", mockserver.Portal{})
	hang(t, mine)
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if w := mocktest.Send(h, http.MethodGet, "http://mine.localhost"+mocktest.SettingsPath, "", as(mine, mockserver.RoleOwner)...); w.Code != 200 {
				t.Errorf("got %d %s", w.Code, w.Body)
			}
		})
	}
	for mine.Faults()[0].Applied < 10 {
		runtime.Gosched()
	}
	if !h.RemovePortal("mine") {
		t.Error("there is no such portal")
	}
	all.Wait()
	if w := mocktest.Send(h, http.MethodGet, "http://mine.localhost"+mocktest.SettingsPath, ""); w.Code != 404 {
		t.Errorf("got %d", w.Code)
	}
}

// The options of a portal of its own come after those of all.
func TestOptionsOfAPortal(t *testing.T) {
	h := newHost(t, newServer(t), WithServerOptions(mockserver.WithJournal(5), mockserver.WithPortal(mockserver.Portal{TenantID: 9})))
	s, err := h.AddPortal("mine", mockserver.Portal{TenantID: 7}, mockserver.WithJournal(0))
	if err != nil || s.State().TenantID != 7 {
		t.Fatalf("got %+v, %v", s, err)
	}
	if _, err := s.CountRequests(mockserver.Filter{}); !errors.Is(err, mockserver.ErrNoJournal) {
		t.Errorf("got %v", err)
	}
	if _, err := h.AddPortal("other", mockserver.Portal{}, nil); err == nil {
		t.Error("an option that is nil was taken")
	}
	if got := fmt.Sprint(h.Portals()); got != "[mine]" {
		t.Errorf("got %s", got)
	}
}

// With an idle time of 0 a portal stays until it is removed.
func TestPortalsThatStay(t *testing.T) {
	clock := mocktest.NewClock()
	h := newHost(t, newServer(t), onTime(clock), WithPortalIdle(0))
	addPortal(t, h, "mine", mockserver.Portal{})
	clock.Advance(10_000 * time.Hour)
	if _, ok := h.Portal("mine"); !ok || len(h.Portals()) != 1 {
		t.Error("the portal is gone")
	}
}
