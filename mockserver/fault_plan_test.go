package mockserver

import (
	"slices"
	"sync"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestFaultsAreBounded(t *testing.T) {
	s := newServer(t)
	for range maxFaults {
		addFault(t, s, Fault{Status: 500})
	}
	if _, err := s.Fault(Fault{Status: 500}); err == nil {
		t.Error("one more was taken")
	}
	s.ClearFaults()
	addFault(t, s, Fault{Status: 500})
}

func TestFirstFaultThatIsNotUsedUpWins(t *testing.T) {
	s := newServer(t)
	addFault(t, s, Fault{ID: "other", Operation: ExternalShare, Status: 418})
	addFault(t, s, Fault{ID: "a", Operation: GetFilesSettings, Status: 500, Times: 2})
	addFault(t, s, Fault{ID: "b", Status: 503, Times: 1})
	if got := statuses(s, 5); !slices.Equal(got, []int{500, 500, 503, 200, 200}) {
		t.Errorf("got %v", got)
	}
	for i, want := range []FaultState{{Matched: 0, Applied: 0}, {Matched: 2, Applied: 2, UsedUp: true}, {Matched: 1, Applied: 1, UsedUp: true}} {
		got := s.Faults()[i]
		got.Fault = Fault{}
		if got != want {
			t.Errorf("%d: %+v, want %+v", i, got, want)
		}
	}
}

func TestFaultOfAHeader(t *testing.T) {
	s := newServer(t)
	addFault(t, s, Fault{ID: "mine", Status: 500, Times: 2, Header: true})
	for _, test := range []struct {
		header string
		want   int
	}{{"", 200}, {"other", 200}, {"MINE", 200}, {"mine2", 200}, {"other, mine", 500}, {"mine", 500}, {"mine", 200}} {
		if got := statuses(s, 1, "X-Mock-Fault", test.header)[0]; got != test.want {
			t.Errorf("%q: %d, want %d", test.header, got, test.want)
		}
	}
	if got := s.Faults()[0]; got.Matched != 2 {
		t.Errorf("matched %d", got.Matched)
	}
}

// A run can be repeated by its seed.
func TestProbability(t *testing.T) {
	run := func(seed uint64) []int {
		s := newServer(t)
		addFault(t, s, Fault{Status: 500, Probability: 0.3, Seed: seed})
		codes := statuses(s, 1000)
		if f := s.Faults()[0]; f.Matched != 1000 || f.Applied < 250 || f.Applied > 350 || f.UsedUp {
			t.Errorf("seed %d: %+v", seed, f)
		}
		return codes
	}
	if !slices.Equal(run(1), run(1)) {
		t.Error("the same seed, another run")
	}
	if slices.Equal(run(1), run(2)) {
		t.Error("another seed, the same run")
	}
}

func TestTimesHoldsUnderConcurrency(t *testing.T) {
	s := newServer(t)
	addFault(t, s, Fault{ID: "a", Status: 500, Times: 100})
	addFault(t, s, Fault{ID: "b", Status: 503, Probability: 0.5, Times: 50})
	var mu sync.Mutex
	got := map[int]int{}
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			for range 20 {
				code := statuses(s, 1)[0]
				mu.Lock()
				got[code]++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if got[500] != 100 || got[503] != 50 || got[200] != 850 {
		t.Errorf("got %v", got)
	}
	for _, f := range s.Faults() {
		if f.Applied != f.Times || !f.UsedUp {
			t.Errorf("%+v", f)
		}
	}
}

// statuses are those of n calls for the settings.
func statuses(s *Server, n int, headers ...string) []int {
	var codes []int
	for range n {
		codes = append(codes, mocktest.Send(s, "GET", mocktest.SettingsPath, "", append(as(s, RoleOwner), headers...)...).Code)
	}
	return codes
}
