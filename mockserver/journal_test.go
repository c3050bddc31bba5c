package mockserver

import (
	"errors"
	"net/http/httptest"
	"slices"
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

// The slots of the ring are used again, also after the journal was cleared.
func TestRingOfEntries(t *testing.T) {
	j := newJournal(3, NewJournalBudget())
	s := newServer(t)
	record := func(n int) {
		for range n {
			c := newCall(httptest.NewRequest("GET", mocktest.SettingsPath, nil), s.era())
			c.journalRun = j.run
			j.record(c, 200)
		}
	}
	kept := func() (sequences []uint64) {
		requests, err := j.last(Filter{}, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range requests {
			sequences = append(sequences, r.Sequence)
		}
		return sequences
	}
	record(5)
	if got := kept(); !slices.Equal(got, []uint64{3, 4, 5}) {
		t.Errorf("got %d", got)
	}
	slots := &j.slots[0]
	j.clear()
	record(2)
	if got := kept(); !slices.Equal(got, []uint64{6, 7}) || slots != &j.slots[0] {
		t.Errorf("after it was cleared: %d, the same slots %t", got, slots == &j.slots[0])
	}
}

// A request that is answered when its entry has been dropped is not recorded in the place of another.
func TestCompletionOfADroppedEntry(t *testing.T) {
	s := newServer(t, WithJournal(1))
	j := s.journal
	slow := newCall(httptest.NewRequest("GET", mocktest.SettingsPath, nil), s.era())
	j.record(slow, 0)
	j.record(newCall(httptest.NewRequest("GET", "/", nil), s.era()), 404)
	j.record(slow, 200)
	if got, err := j.last(Filter{}, 10); err != nil || len(got) != 1 || got[0].Status != 404 || got[0].Sequence != 2 {
		t.Errorf("got %+v, %v", got, err)
	}
}
