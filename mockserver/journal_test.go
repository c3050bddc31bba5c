package mockserver

import (
	"errors"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func count(t testing.TB, s *Server, f Filter) int {
	t.Helper()
	n, err := s.CountRequests(f)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Before the ring is full the journal answers, afterwards it refuses what it might have dropped.
func TestDroppedRequests(t *testing.T) {
	s := newServer(t, WithJournal(10))
	get := func(n int) {
		for range n {
			mocktest.Send(s, "GET", mocktest.SettingsPath, "")
		}
	}
	put := func(n int) {
		for range n {
			mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`)
		}
	}
	refused := func(f Filter, dropped, through uint64) {
		t.Helper()
		_, err := s.CountRequests(f)
		var got *DroppedError
		if !errors.As(err, &got) || *got != (DroppedError{dropped, through}) {
			t.Errorf("%+v: %v", f, err)
		}
		if requests, err := s.Requests(f); requests != nil || !errors.As(err, &got) {
			t.Errorf("%+v: %v, %v", f, requests, err)
		}
	}
	put(3)
	get(7)
	if count(t, s, Filter{}) != 10 || count(t, s, Filter{Operation: ExternalShare}) != 3 {
		t.Error("wrong before the ring is full")
	}
	get(2) // drops the first two PUT
	refused(Filter{}, 2, 2)
	refused(Filter{Operation: ExternalShare}, 2, 2)
	refused(Filter{Status: 200}, 2, 2)
	refused(Filter{After: 1}, 2, 2)
	if count(t, s, Filter{After: 2}) != 10 || count(t, s, Filter{Operation: GetFilesSettings}) != 9 || count(t, s, Filter{Operation: ExternalShare, After: 2}) != 1 {
		t.Error("refused, or counted wrong, what was not dropped")
	}
	get(23)
	refused(Filter{Operation: GetFilesSettings}, 22, 25)
	refused(Filter{}, 25, 25)
	last := s.LastRequests(3)
	if len(s.LastRequests(100)) != 10 || len(s.LastRequests(-1)) != 0 || len(last) != 3 || last[0].Sequence != 33 || last[2].Sequence != 35 {
		t.Errorf("the latest: %+v", last)
	}

	s.ClearRequests()
	if count(t, s, Filter{}) != 0 || len(s.LastRequests(5)) != 0 {
		t.Error("something is left")
	}
	get(4)
	if got, err := s.Requests(Filter{}); len(got) != 4 || got[0].Sequence != 36 || err != nil {
		t.Errorf("after it was cleared: %+v, %v", got, err)
	}
	get(7)
	refused(Filter{}, 1, 36)
	s.Clock().Freeze()
	s.Clock().Advance(time.Hour)
	s.Reset()
	if count(t, s, Filter{}) != 0 || time.Since(s.Clock().Now()) < 0 {
		t.Error("Reset has left something")
	}
}

func TestSizeOfTheJournal(t *testing.T) {
	for _, size := range []int{-1, maxJournal + 1} {
		if _, err := New(WithJournal(size)); err == nil {
			t.Errorf("%d was taken", size)
		}
	}
	s := newServer(t, WithJournal(0))
	mocktest.Send(s, "GET", mocktest.SettingsPath, "")
	if _, err := s.CountRequests(Filter{}); !errors.Is(err, ErrNoJournal) || len(s.LastRequests(5)) != 0 {
		t.Errorf("without a journal: %v", err)
	}
	s = newServer(t)
	for range defaultJournal {
		mocktest.Send(s, "GET", "/", "")
	}
	if got := count(t, s, Filter{}); got != 1000 {
		t.Errorf("%d requests by default", got)
	}
	mocktest.Send(s, "GET", "/", "")
	if _, err := s.CountRequests(Filter{}); err == nil {
		t.Error("the 1001st is kept by default")
	}
}
