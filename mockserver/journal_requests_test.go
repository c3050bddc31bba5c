package mockserver

import (
	"errors"
	"slices"
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

func TestLastMatching(t *testing.T) {
	s := newServer(t, WithJournal(4))
	for i := range 6 {
		method := []string{"GET", "PUT"}[i%2]
		mocktest.Send(s, method, mocktest.SettingsPath, "")
	}
	for _, test := range []struct {
		filter Filter
		most   int
		want   []uint64
	}{
		{Filter{}, 2, []uint64{5, 6}},
		{Filter{}, 9, []uint64{3, 4, 5, 6}}, // that some were dropped does not matter
		{Filter{Method: "GET"}, 9, []uint64{3, 5}},
		{Filter{Method: "GET"}, 1, []uint64{5}},
		{Filter{After: 5}, 9, []uint64{6}},
		{Filter{}, 0, nil},
	} {
		requests, err := s.LastMatching(test.filter, test.most)
		var got []uint64
		for _, r := range requests {
			got = append(got, r.Sequence)
		}
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%+v, %d: got %d, %v, want %d", test.filter, test.most, got, err, test.want)
		}
	}
	if _, err := s.LastMatching(Filter{Status: 99}, 1); !errors.As(err, new(*FilterError)) {
		t.Errorf("a filter that matches nothing: %v", err)
	}
	none := newServer(t, WithJournal(0))
	if _, err := none.LastMatching(Filter{}, 1); !errors.Is(err, ErrNoJournal) || len(none.LastRequests(1)) != 0 {
		t.Errorf("without a journal: %v", err)
	}
}
