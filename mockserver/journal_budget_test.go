package mockserver

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// The journals of a process keep their budget, whatever they are sent: the largest one drops its older requests, and says so.
func TestJournalBudget(t *testing.T) {
	budget := NewJournalBudget()
	small, large := newServer(t, WithJournalBudget(budget)), newServer(t, WithJournalBudget(budget))
	budget.most.Store(1 << 20)
	for range 100 {
		mocktest.Send(small, "GET", "/small", "")
	}
	body := `{"set":true,"x":"` + strings.Repeat("x", 15_000) + `"}`
	for i := range 300 {
		mocktest.Send(large, "PUT", mocktest.ExternalPath, body, "X-Long", strings.Repeat("x", 8_000))
		if used := budget.used.Load(); used > 1<<20 {
			t.Fatalf("%d bytes after %d requests", used, i)
		}
	}
	if got := count(t, small, Filter{}); got != 100 {
		t.Errorf("the small journal has %d requests of 100", got)
	}
	held, dropped := large.JournalSize()
	var lost *DroppedError
	if _, err := large.CountRequests(Filter{}); held < 10 || held+int(dropped) != 300 || !errors.As(err, &lost) || lost.Through != dropped {
		t.Errorf("the large journal has %d requests, and says %v", held, err)
	}
	last, err := large.Requests(Filter{After: lost.Through})
	if err != nil || len(last) != held || last[0].Sequence != dropped+1 || last[held-1].Sequence != 300 {
		t.Errorf("got %d requests, %v", len(last), err)
	}

	// What is cleared is used again, and what is closed is given back.
	large.ClearRequests()
	mocktest.Send(large, "PUT", mocktest.ExternalPath, body)
	if got := large.LastRequests(9); len(got) != 1 || got[0].Sequence != 301 || budget.used.Load() != large.journal.bytes.Load()+small.journal.bytes.Load() {
		t.Errorf("after it was cleared: %+v", got)
	}
	large.Close()
	mocktest.Send(large, "PUT", mocktest.ExternalPath, body)
	if got := budget.used.Load(); got != small.journal.bytes.Load() || len(large.LastRequests(9)) != 2 {
		t.Errorf("%d bytes, but the open journal has %d", got, small.journal.bytes.Load())
	}
}

// A journal that may keep more requests than usual may take more bytes.
func TestBudgetOfALargeJournal(t *testing.T) {
	budget := NewJournalBudget()
	newServer(t, WithJournal(100), WithJournalBudget(budget))
	usual := budget.most.Load()
	newServer(t, WithJournal(1_000_000), WithJournalBudget(budget))
	if got := budget.most.Load(); usual != 64<<20 || got != 2_048_000_000 {
		t.Errorf("%d bytes, and %d for a million requests", usual, got)
	}
}

// A request whose entry was dropped while it was under way is not recorded in the place of another.
func TestCompletionAfterTheBudgetDroppedAnEntry(t *testing.T) {
	s := newServer(t)
	slow := newCall(httptest.NewRequest("GET", mocktest.SettingsPath, nil), s.era())
	s.record(slow, 0)
	for range 4 {
		mocktest.Send(s, "GET", "/", "")
	}
	s.journal.dropHalf()
	s.record(slow, 200)
	mocktest.Send(s, "GET", "/last", "")
	got := s.LastRequests(9)
	if len(got) != 3 || got[0].Sequence != 4 || got[0].Status != 404 || got[2].Sequence != 6 || got[2].Path != "/last" {
		t.Errorf("got %+v", got)
	}
}

// A portal with a mistake leaves nothing behind in the budget that others share.
func TestBudgetWithoutPortal(t *testing.T) {
	budget := NewJournalBudget()
	if _, err := New(WithJournalBudget(budget), WithPortal(Portal{TenantID: -1})); err == nil {
		t.Fatal("the portal has no mistake")
	}
	if n := len(budget.journals); n != 0 {
		t.Errorf("%d journals share the budget", n)
	}
}
