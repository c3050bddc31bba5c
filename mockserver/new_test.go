package mockserver

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestServersShareNothing(t *testing.T) {
	a, b := newServer(t), newServer(t)
	off := FreshSettings().setExternalShare(false)
	if err := a.Replace(Portal{Settings: &off}); err != nil {
		t.Fatal(err)
	}
	addFault(t, a, Fault{Status: 500})
	a.Clock().Freeze()
	mocktest.Send(a, "GET", "/", "")
	if !b.State().Settings.ExternalShare || len(b.Faults()) > 0 || b.Clock().State().Frozen || len(b.LastRequests(1)) > 0 || string(a.random) == string(b.random) {
		t.Error("the other server has changed")
	}
}

// A fresh server is in the state that Reset goes back to.
func TestNewIsAsAfterReset(t *testing.T) {
	s := newServer(t)
	if s.era().state.Load() != s.seed || s.era().state.Load().profile.name != ProfileDocumented {
		t.Errorf("got %+v", s.State())
	}
	if held, dropped := s.JournalSize(); held != 0 || dropped != 0 {
		t.Errorf("%d requests, %d dropped", held, dropped)
	}
}
