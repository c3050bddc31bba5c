package mockserver

import (
	"errors"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestJournalSize(t *testing.T) {
	s := newServer(t, WithJournal(3))
	for i := range 5 {
		if held, dropped := s.JournalSize(); held != min(i, 3) || int(dropped) != max(0, i-3) {
			t.Errorf("after %d: %d held, %d dropped", i, held, dropped)
		}
		mocktest.Send(s, "GET", mocktest.SettingsPath, "")
	}
	if _, err := s.Requests(Filter{}); !errors.As(err, new(*DroppedError)) {
		t.Errorf("got %v", err)
	}
	s.ClearRequests()
	if held, dropped := s.JournalSize(); held != 0 || dropped != 0 {
		t.Errorf("cleared: %d held, %d dropped", held, dropped)
	}
}
