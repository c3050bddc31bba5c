package mockserver

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestRequestsInASlidingMinute(t *testing.T) {
	eachProfile(t, func(t *testing.T, profile string) {
		clock := mocktest.NewClock()
		s := newServer(t, limited(func(l *RateLimit) { l.PerMinute = 3 }), WithProfile(profile), WithClock(clock.Now))
		get := func(role Role) *httptest.ResponseRecorder {
			return mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, role)...)
		}
		for second, want := range []int{200, 200, 200, 429} {
			if second > 0 {
				clock.Advance(10 * time.Second)
			}
			if w := get(RoleUser); w.Code != want {
				t.Fatalf("request %d: %d, want %d", second+1, w.Code, want)
			}
		}
		// 30 s in, the first request leaves the minute in 30 s.
		w := get(RoleUser)
		for name, want := range map[string]string{"X-RateLimit-Limit": "3", "X-RateLimit-Remaining": "0", "Retry-After": "30"} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s = %q, want %q", name, got, want)
			}
		}
		if profile == ProfileV372 && w.Body.Len() != 0 {
			t.Errorf("a body: %s", w.Body)
		}
		if w := get(RoleOwner); w.Code != 200 {
			t.Errorf("another user: %d, want 200", w.Code)
		}
		clock.Advance(30 * time.Second)
		if w := get(RoleUser); w.Code != 200 {
			t.Errorf("after the wait: %d, want 200", w.Code)
		}
		if w := get(RoleUser); w.Code != 429 {
			t.Errorf("the minute slides, it does not start again: %d, want 429", w.Code)
		}
		s.Reset()
		if w := get(RoleUser); w.Code != 200 {
			t.Errorf("after Reset: %d, want 200", w.Code)
		}
	})
}

// The limiter runs before authorization.
func TestAnonymousCallersAreLimitedByAddress(t *testing.T) {
	s := newServer(t, limited(func(l *RateLimit) { l.PerMinute = 1 }), WithProfile(ProfileV372), WithClock(mocktest.NewClock().Now))
	for i, want := range []int{401, 429} {
		if w := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`); w.Code != want {
			t.Errorf("request %d: %d, want %d", i+1, w.Code, want)
		}
	}
	r := httptest.NewRequest("PUT", mocktest.ExternalPath, nil)
	r.RemoteAddr = "198.51.100.7:1"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 401 {
		t.Errorf("another address: %d, want 401", w.Code)
	}
}

func TestWritesOfADay(t *testing.T) {
	clock := mocktest.NewClock()
	s := newServer(t, limited(func(l *RateLimit) { l.WritesPerDay = 2 }), WithClock(clock.Now))
	put := func() int {
		return mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, as(s, RoleOwner)...).Code
	}
	for i, want := range []int{200, 200, 429} {
		if got := put(); got != want {
			t.Errorf("write %d: %d, want %d", i+1, got, want)
		}
	}
	if w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleOwner)...); w.Code != 200 {
		t.Errorf("a read: %d, want 200", w.Code)
	}
	clock.Advance(24 * time.Hour)
	if got := put(); got != 200 {
		t.Errorf("a day later: %d, want 200", got)
	}
}

// blocked is a body that is not there before the test says so.
type blocked struct{ reading, release chan struct{} }

func (b *blocked) Read([]byte) (int, error) {
	b.reading <- struct{}{}
	<-b.release
	return 0, http.ErrBodyReadAfterClose
}

func TestRequestsAtATime(t *testing.T) {
	s := newServer(t, limited(func(l *RateLimit) { l.ConcurrentWrites = 1 }), WithClock(mocktest.NewClock().Now))
	body := &blocked{make(chan struct{}), make(chan struct{})}
	done := make(chan struct{})
	go func() {
		defer close(done)
		r := httptest.NewRequest("PUT", mocktest.ExternalPath, body)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+s.Key(RoleOwner))
		s.ServeHTTP(httptest.NewRecorder(), r)
	}()
	<-body.reading
	put := func(role Role) *httptest.ResponseRecorder {
		return mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, as(s, role)...)
	}
	if w := put(RoleOwner); w.Code != 429 || w.Header().Get("X-RateLimit-Limit") != "1" {
		t.Errorf("a second write at a time: %d, X-RateLimit-Limit %q", w.Code, w.Header().Get("X-RateLimit-Limit"))
	}
	if w := put(RoleDocSpaceAdmin); w.Code != 200 {
		t.Errorf("somebody else: %d, want 200", w.Code)
	}
	if w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleOwner)...); w.Code != 200 {
		t.Errorf("a read beside it: %d, want 200", w.Code)
	}
	close(body.release)
	<-done
	if w := put(RoleOwner); w.Code != 200 {
		t.Errorf("afterwards: %d, want 200", w.Code)
	}
}

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

// What is remembered has bounds also while nothing may be forgotten yet, and stays exact for usual limits.
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
