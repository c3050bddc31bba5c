package mockserver

import (
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func addFault(t testing.TB, s *Server, f Fault) FaultState {
	t.Helper()
	added, err := s.Fault(f)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

func TestFaultIsCompleted(t *testing.T) {
	s := newServer(t)
	for name, test := range map[string]struct{ given, want Fault }{
		"status":     {Fault{Status: 503}, Fault{Kind: FaultStatus, Status: 503}},
		"delay":      {Fault{Delay: time.Second}, Fault{Kind: FaultDelay, Delay: time.Second, DelayMax: time.Second}},
		"delay to":   {Fault{DelayMax: time.Second}, Fault{Kind: FaultDelay, DelayMax: time.Second}},
		"rate limit": {Fault{Kind: FaultRateLimit}, Fault{Kind: FaultRateLimit, Status: 429, RetryAfter: time.Second}},
		"proxy":      {Fault{Kind: FaultProxy}, Fault{Kind: FaultProxy, Status: 502}},
		"proxy 504":  {Fault{Kind: FaultProxy, Status: 504}, Fault{Kind: FaultProxy, Status: 504}},
		"all": {
			Fault{ID: "x", Operation: ExternalShare, Kind: FaultStatus, Status: 503, RetryAfter: 24 * time.Hour, Delay: 1, DelayMax: time.Hour, Times: 2, Probability: 1, Seed: 9, Header: true},
			Fault{ID: "x", Operation: ExternalShare, Kind: FaultStatus, Status: 503, RetryAfter: 24 * time.Hour, Delay: 1, DelayMax: time.Hour, Times: 2, Probability: 1, Seed: 9, Header: true},
		},
	} {
		got := addFault(t, s, test.given).Fault
		if test.given.ID == "" {
			if !guid.MatchString(got.ID) {
				t.Errorf("%s: id %q", name, got.ID)
			}
			got.ID = ""
		}
		if got != test.want {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestMistakesInFaults(t *testing.T) {
	s := newServer(t)
	addFault(t, s, Fault{ID: "taken", Status: 500})
	for path, faults := range map[string][]Fault{
		"id":          {{ID: "taken", Status: 500}, {ID: "a b", Status: 500}, {ID: "a,b", Status: 500}, {ID: "é", Status: 500}, {ID: strings.Repeat("x", 256), Status: 500}},
		"operation":   {{Operation: "nope", Status: 500}},
		"kind":        {{}, {Kind: "nope"}, {RetryAfter: time.Second}},
		"status":      {{Status: 399}, {Status: 600}, {Status: -1}, {Kind: FaultStatus}, {Kind: FaultProxy, Status: 500}, {Kind: FaultRateLimit, Status: 503}, {Kind: FaultReset, Status: 500}, {Kind: FaultTruncated, Status: 200}, {Kind: FaultDelay, Delay: 1, Status: 500}},
		"retryAfter":  {{Status: 503, RetryAfter: -time.Second}, {Status: 503, RetryAfter: time.Millisecond}, {Status: 503, RetryAfter: 25 * time.Hour}, {Status: 500, RetryAfter: time.Second}, {Kind: FaultReset, RetryAfter: time.Second}},
		"delay":       {{Delay: -1}, {Delay: time.Hour + 1}, {Kind: FaultDelay}},
		"delayMax":    {{Delay: 2, DelayMax: 1}, {DelayMax: time.Hour + 1}, {DelayMax: -1}},
		"times":       {{Status: 500, Times: -1}},
		"probability": {{Status: 500, Probability: -0.1}, {Status: 500, Probability: 1.1}, {Status: 500, Probability: math.NaN()}},
	} {
		for _, f := range faults {
			_, err := s.Fault(f)
			var mistake *FaultError
			if !errors.As(err, &mistake) || mistake.Path != path || strings.Contains(err.Error(), "\n") || !strings.HasPrefix(err.Error(), "fault: "+path+": ") {
				t.Errorf("%+v: %v, want a mistake in %s", f, err, path)
			}
		}
	}
	if got := len(s.Faults()); got != 1 {
		t.Errorf("%d faults after nothing but mistakes", got)
	}
}

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

func TestFaultsAreRemoved(t *testing.T) {
	s := newServer(t)
	ids := func() []string {
		var ids []string
		for _, f := range s.Faults() {
			ids = append(ids, f.ID)
		}
		return ids
	}
	for _, id := range []string{"a", "b", "c"} {
		addFault(t, s, Fault{ID: id, Status: 500})
	}
	if !s.RemoveFault("b") || s.RemoveFault("b") || s.RemoveFault("nope") || !slices.Equal(ids(), []string{"a", "c"}) {
		t.Errorf("left: %v", ids())
	}
	s.ClearFaults()
	if got := ids(); got != nil {
		t.Errorf("left: %v", got)
	}
	addFault(t, s, Fault{ID: "a", Status: 500})
	s.Reset()
	if got := ids(); got != nil {
		t.Errorf("left by Reset: %v", got)
	}
	if w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleOwner)...); w.Code != 200 {
		t.Errorf("after Reset: %d", w.Code)
	}
	s.Close()
	if _, err := s.Fault(Fault{Status: 500}); err == nil {
		t.Error("a closed portal took a fault")
	}
	s.Reset()
	if _, err := s.Fault(Fault{Status: 500}); err == nil {
		t.Error("a closed portal took a fault after Reset")
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

// What is none of the four calls does not fail.
func TestOnlyTheCallsFail(t *testing.T) {
	s := newServer(t)
	addFault(t, s, Fault{Status: 500})
	for _, r := range []struct{ method, path string }{{"GET", "/"}, {"GET", "/nope"}, {"POST", mocktest.SettingsPath}, {"HEAD", mocktest.SettingsPath}, {"OPTIONS", mocktest.SettingsPath}, {"GET", "/api/2.0/files/10"}} {
		if w := mocktest.Send(s, r.method, r.path, "", "Origin", "https://app.example", "Access-Control-Request-Method", "GET"); w.Code == 500 || w.Header().Get("X-Mock-Fault") != "" {
			t.Errorf("%s %s: %d", r.method, r.path, w.Code)
		}
	}
	for _, o := range Operations() {
		if w := mocktest.Send(s, o.Method(), strings.Replace(o.Path(), "{key}", "x", 1), ""); w.Code != 500 {
			t.Errorf("%s: %d", o, w.Code)
		}
	}
	if got := s.Faults()[0].Matched; got != 4 {
		t.Errorf("matched %d", got)
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
