package mockserver

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

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

func TestKindsOfFaults(t *testing.T) {
	for _, kind := range FaultKinds() {
		answers := kind == FaultStatus || kind == FaultRateLimit || kind == FaultProxy
		damages := kind == FaultTruncated || kind == FaultMalformed || kind == FaultEmpty || kind == FaultContentType
		if kind.answers() != answers || kind.damages() != damages {
			t.Errorf("%s: answers %t, damages %t", kind, kind.answers(), kind.damages())
		}
	}
	if got := len(FaultKinds()); got != 10 {
		t.Errorf("%d kinds", got)
	}
}
