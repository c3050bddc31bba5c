package mockserver

import (
	"fmt"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestRateLimiterForgets(t *testing.T) {
	l, now, limit := newRateLimiter(), mocktest.NewClock().Now(), freshLimits().RateLimit
	for i := range 20_000 {
		now = now.Add(time.Second)
		_, leave := l.enter(fmt.Sprint(i), "GET", limit, now)
		leave()
	}
	if n := len(l.callers); n > 2048 {
		t.Errorf("%d callers are kept, want no more than 2048", n)
	}
}

// The memory of the limiter has a bound also while nothing may be forgotten yet. Its counts stay exact for usual limits.
func TestRateLimiterIsBounded(t *testing.T) {
	l, now := newRateLimiter(), mocktest.NewClock().Now()
	limit := RateLimit{Enabled: true, PerMinute: 1_000_000, ConcurrentReads: 50, ConcurrentWrites: 15, WritesPerDay: 10000}
	for i := range 50_000 {
		if r, leave := l.enter("a", "GET", limit, now.Add(time.Duration(i)*time.Millisecond)); r.refused || r.remaining != 1_000_000-i-1 {
			t.Fatalf("request %d: %+v", i, r)
		} else {
			leave()
		}
	}
	if n := len(l.callers["a"].at); n > 2*maxMoments {
		t.Errorf("%d moments are kept", n)
	}
	if r, _ := l.enter("a", "GET", limit, now.Add(2*time.Minute)); r.remaining != 1_000_000-1 {
		t.Errorf("two minutes later: %+v", r)
	}
	for i := range 3 * maxCallers {
		_, leave := l.enter(fmt.Sprint(i), "GET", limit, now)
		leave()
	}
	if n := len(l.callers); n > maxCallers {
		t.Errorf("%d callers are kept", n)
	}
}

// The contract suite has the limits one by one: here is what the limiter says of requests that are under way at the same time, at the
// ends of its windows, and while it is not enabled.
func TestRateLimiter(t *testing.T) {
	start := mocktest.NewClock().Now()
	limit := RateLimit{Enabled: true, PerMinute: 4, ConcurrentReads: 2, ConcurrentWrites: 1, WritesPerDay: 2}
	type step struct {
		at             time.Duration
		caller, method string
		leaves         int // which of the requests before is over, 0 is none
		want           rate
	}
	after := start.Add
	for name, steps := range map[string][]step{
		"minute": {
			{0, "a", "GET", 0, rate{limit: 4, remaining: 3, reset: after(time.Minute)}},
			{0, "a", "GET", 1, rate{limit: 4, remaining: 2, reset: after(time.Minute)}},
			{30 * time.Second, "a", "GET", 2, rate{limit: 4, remaining: 1, reset: after(90 * time.Second)}},
			{59 * time.Second, "a", "DELETE", 3, rate{limit: 4, remaining: 0, reset: after(119 * time.Second)}},
			{time.Minute - 1, "a", "GET", 4, rate{refused: true, claim: said{"A802", "A801"}, limit: 4, reset: after(time.Minute), retryAfter: 1}},
			{time.Minute - 1, "b", "GET", 0, rate{limit: 4, remaining: 3, reset: after(2*time.Minute - 1)}},
			{time.Minute, "a", "GET", 0, rate{limit: 4, remaining: 1, reset: after(2 * time.Minute)}},
		},
		"at a time": {
			{0, "a", "GET", 0, rate{limit: 4, remaining: 3, reset: after(time.Minute)}},
			{0, "a", "GET", 0, rate{limit: 4, remaining: 2, reset: after(time.Minute)}},
			{0, "a", "get", 0, rate{refused: true, claim: both("A810"), limit: 2, reset: after(0)}}, // a minute has it all the same
			{0, "a", "HEAD", 0, rate{limit: 4, remaining: 0, reset: after(time.Minute)}},
			{time.Minute, "a", "PATCH", 0, rate{refused: true, claim: both("A809"), limit: 1, reset: after(time.Minute)}},
			{time.Minute, "a", "GET", 1, rate{limit: 4, remaining: 2, reset: after(2 * time.Minute)}},
		},
		"a refusal of the minute spends nothing": {
			{0, "a", "PUT", 0, rate{limit: 4, remaining: 3, reset: after(time.Minute)}},
			{0, "a", "GET", 1, rate{limit: 4, remaining: 2, reset: after(time.Minute)}},
			{0, "a", "GET", 2, rate{limit: 4, remaining: 1, reset: after(time.Minute)}},
			{0, "a", "GET", 3, rate{limit: 4, remaining: 0, reset: after(time.Minute)}},
			{0, "a", "PUT", 4, rate{refused: true, claim: said{"A802", "A801"}, limit: 4, reset: after(time.Minute), retryAfter: time.Minute}},
			{time.Minute, "a", "PUT", 0, rate{limit: 4, remaining: 3, reset: after(2 * time.Minute)}},
		},
		"day": {
			{0, "a", "GET", 0, rate{limit: 4, remaining: 3, reset: after(time.Minute)}},
			{time.Hour, "a", "PUT", 1, rate{limit: 4, remaining: 3, reset: after(time.Hour + time.Minute)}}, // the day begins
			{2 * time.Hour, "a", "post", 2, rate{limit: 4, remaining: 3, reset: after(2*time.Hour + time.Minute)}},
			{25*time.Hour - 1, "a", "PUT", 3, rate{refused: true, claim: both("A807"), tellsEnd: true, limit: 2, reset: after(25 * time.Hour), retryAfter: time.Second}},
			{25*time.Hour - 1, "a", "DELETE", 0, rate{limit: 4, remaining: 2, reset: after(25*time.Hour + time.Minute - 1)}},
			{25 * time.Hour, "a", "PUT", 5, rate{limit: 4, remaining: 1, reset: after(25*time.Hour + time.Minute)}},
		},
	} {
		l := newRateLimiter()
		var leave []func()
		for i, step := range steps {
			if step.leaves > 0 {
				leave[step.leaves-1]()
			}
			got, done := l.enter(step.caller, step.method, limit, start.Add(step.at))
			if leave = append(leave, done); got != step.want {
				t.Errorf("%s, request %d: got %+v, want %+v", name, i+1, got, step.want)
			}
		}
	}

	limit.Enabled = false
	l := newRateLimiter()
	for i := range 9 {
		if got, _ := l.enter("a", "PUT", limit, start); got.refused || i >= 4 && got.remaining > 0 {
			t.Errorf("not enabled, request %d: %+v", i+1, got)
		}
	}
}
