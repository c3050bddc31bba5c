package mockserver

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

var fiveAMinute = PasswordAttempts{Count: 5, Window: time.Minute, Block: time.Minute}

// BruteForceLoginManager.cs. A step is a time in seconds and a password: w is wrong, r right, - none; x is refused.
func TestTooManyPasswords(t *testing.T) {
	tests := []struct{ name, steps, want string }{
		{"the sixth wrong", "0w 1w 2w 3w 4w 5w", "44444x"},
		{"the sixth right", "0w 1w 2w 3w 4w 5r", "44444x"},
		{"the sixth empty", "0w 1w 2w 3w 4w 5-", "44444x"},
		{"right does not forgive", "0w 1w 2w 3w 4r 5w 6r", "444404x"},
		{"right and empty are free", "0r 0- 0r 0- 0r 0- 0r 0- 0w", "030303034"},
		{"the window slides", "0w 10w 20w 30w 40w 61w 62r", "444444x"},
		{"out of the window", "0w 0w 0w 0w 0w 61w 62r", "4444440"},
		{"on the edge of the window", "0w 0w 0w 0w 0w 60r", "44444x"},
		{"the block stands", "0w 0w 0w 0w 0w 1r 60r", "44444xx"},
		{"the block is not extended", "0w 0w 0w 0w 0w 1r 30r 59r 61r", "44444xxx0"},
		{"the block erases the history", "50w 50w 50w 50w 50w 51w 111w 111w 111w 111w 111w 112r", "44444x44444x"},
	}
	eachProfile(t, func(t *testing.T, profile string) {
		for _, test := range tests {
			clock := mocktest.NewClock()
			start := clock.Now()
			s := newServer(t, WithPortal(protected()), WithProfile(profile), WithClock(clock.Now))
			got := ""
			for _, step := range strings.Fields(test.steps) {
				var second int
				fmt.Sscanf(step, "%d", &second)
				clock.Advance(start.Add(time.Duration(second) * time.Second).Sub(clock.Now()))
				password := map[byte]string{'w': "wrong", 'r': rightPW, '-': ""}[step[len(step)-1]]
				w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(password))
				if w.Code != 200 {
					got += "x"
					continue
				}
				got += fmt.Sprint(share(t, w).Status)
			}
			if got != test.want {
				t.Errorf("%s: %s: got %s, want %s", test.name, test.steps, got, test.want)
			}
		}
	})
}

func tripped(t *testing.T, s *Server, target string) *httptest.ResponseRecorder {
	t.Helper()
	for i := range 5 {
		if w := mocktest.Send(s, "POST", target, passwordBody("wrong")); w.Code != 200 {
			t.Fatalf("wrong password %d: %d", i+1, w.Code)
		}
	}
	return mocktest.Send(s, "POST", target, passwordBody("wrong"))
}

func TestTooManyPasswordsAnswer(t *testing.T) {
	const body = `{"error":{"message":"You have tried too many times to enter your password. Please try again later","type":null,"stack":null,"hresult":0},"status":1,"statusCode":%d}`
	for profile, want := range map[string]struct {
		status       int
		first, later string
	}{ProfileV372: {403, "", ""}, ProfileDocumented: {429, "60", "1"}} {
		clock := mocktest.NewClock()
		s := newServer(t, WithPortal(protected()), WithProfile(profile), WithClock(clock.Now))
		w := tripped(t, s, mocktest.PasswordPath("protected"))
		if w.Code != want.status || w.Body.String() != fmt.Sprintf(body, want.status) || w.Header().Get("Retry-After") != want.first {
			t.Errorf("%s: got %d %s, Retry-After %q", profile, w.Code, w.Body, w.Header().Get("Retry-After"))
		}
		clock.Advance(59*time.Second + time.Millisecond)
		if w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), `{}`); w.Code != want.status || w.Header().Get("Retry-After") != want.later {
			t.Errorf("%s, at the end of the block: got %d, Retry-After %q", profile, w.Code, w.Header().Get("Retry-After"))
		}
	}
}

func TestAttemptsCountForEachLinkAndAddress(t *testing.T) {
	two := func(p *Portal) {
		p.Links = append(p.Links, Link{Key: "second", Entry: "20", Password: rightPW}, Link{Key: "PROTECTED", Entry: "20", Password: rightPW})
	}
	for _, test := range []struct {
		name, target string
		headers      []string
		refused      bool
	}{
		{"the same", mocktest.PasswordPath("protected"), nil, true},
		{"another link", mocktest.PasswordPath("second"), nil, false},
		{"the key in another case", mocktest.PasswordPath("PROTECTED"), nil, true},
		{"another address by the query", mocktest.PasswordPath("protected") + "?request-x-real-ip=203.0.113.9", nil, false},
		{"an empty address in the query", mocktest.PasswordPath("protected") + "?request-x-real-ip=", nil, true},
		{"a forwarded address nobody vouches for", mocktest.PasswordPath("protected"), []string{"X-Forwarded-For", "203.0.113.9"}, true},
		{"signed in", mocktest.PasswordPath("protected"), []string{"Authorization", "YOUR_API_KEY"}, true},
	} {
		s := newServer(t, WithPortal(protected(two)))
		tripped(t, s, mocktest.PasswordPath("protected"))
		w := mocktest.Send(s, "POST", test.target, passwordBody(rightPW), test.headers...)
		if (w.Code == 403) != test.refused {
			t.Errorf("%s: got %d %s", test.name, w.Code, w.Body)
		}
	}
}

func TestUnknownLinksAreNoAttempts(t *testing.T) {
	s := newServer(t)
	for range 8 {
		if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath("nope"), passwordBody("x"))); got.Status != invalid {
			t.Fatalf("status %d, want 1", got.Status)
		}
	}
}

// model is the limiter as its description reads, with all that ever happened.
type model struct {
	wrong   map[string][]time.Time
	blocked map[string]time.Time
}

func (m *model) attempt(id string, limit PasswordAttempts, now time.Time, wrong bool) (ran bool, wait time.Duration) {
	if until := m.blocked[id]; now.Before(until) {
		return false, until.Sub(now)
	}
	recent := 0
	for _, at := range m.wrong[id] {
		if !at.Before(now.Add(-limit.Window)) {
			recent++
		}
	}
	if recent+1 > limit.Count {
		m.blocked[id] = now.Add(limit.Block)
		m.wrong[id] = nil
		return false, limit.Block
	}
	if wrong {
		m.wrong[id] = append(m.wrong[id], now)
	}
	return true, 0
}

// try makes one attempt, and says whether it was allowed.
func try(l *passwordLimiter, key, ip string, limit PasswordAttempts, now time.Time, wrong bool) (allowed bool, wait time.Duration) {
	a, wait := l.begin(key, ip, limit, now)
	if a == nil {
		return false, wait
	}
	defer a.end()
	if wrong {
		a.count()
	}
	return true, wait
}

func TestLimiterFollowsTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := PasswordAttempts{
			Count:  rapid.IntRange(1, 6).Draw(t, "count"),
			Window: time.Duration(rapid.IntRange(1, 20).Draw(t, "window")) * time.Second,
			Block:  time.Duration(rapid.IntRange(1, 20).Draw(t, "block")) * time.Second,
		}
		l, m, now := newPasswordLimiter(), &model{map[string][]time.Time{}, map[string]time.Time{}}, mocktest.NewClock().Now()
		// Sweeping must not be noticed.
		l.sweepAt = rapid.IntRange(0, 3).Draw(t, "sweepAt")
		for range rapid.IntRange(1, 80).Draw(t, "calls") {
			now = now.Add(time.Duration(rapid.IntRange(0, 6).Draw(t, "pause")) * time.Second / 2)
			key, ip := rapid.SampledFrom([]string{"a", "A", "b"}).Draw(t, "key"), rapid.SampledFrom([]string{"1", "2"}).Draw(t, "ip")
			wrong := rapid.IntRange(0, 3).Draw(t, "wrong") > 0
			ran, wait := try(l, key, ip, limit, now, wrong)
			wantRan, wantWait := m.attempt(strings.ToLower(key)+"/"+ip, limit, now, wrong)
			if ran != wantRan || wait != wantWait {
				t.Fatalf("%s from %s: ran %t, wait %s; want %t, %s", key, ip, ran, wait, wantRan, wantWait)
			}
			if l.sweepAt > 1024 {
				t.Fatal("grows without need")
			}
			l.sweepAt %= 7
		}
	})
}

func TestConcurrentAttempts(t *testing.T) {
	s := newServer(t, WithPortal(protected()), WithClock(mocktest.NewClock().Now))
	var wg sync.WaitGroup
	var checked atomic.Int32
	for range 40 {
		wg.Go(func() {
			if mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody("wrong")).Code == 200 {
				checked.Add(1)
			}
		})
	}
	wg.Wait()
	if checked.Load() != 5 {
		t.Errorf("%d of 40 concurrent guesses were checked, want 5", checked.Load())
	}
}

// The address is the caller's to choose, and so is the number of lists.
func TestLimiterForgets(t *testing.T) {
	l, now := newPasswordLimiter(), mocktest.NewClock().Now()
	for i := range 50_000 {
		now = now.Add(100 * time.Millisecond)
		try(l, "key", fmt.Sprint(i), fiveAMinute, now, true)
	}
	// 600 addresses fall into a minute.
	if n := len(l.attempts); n > 2048 {
		t.Errorf("%d lists are kept, want no more than 2048", n)
	}
	fresh := newPasswordLimiter()
	for i := range 5000 {
		try(fresh, "key", fmt.Sprint(i), fiveAMinute, now, false)
	}
	if n := len(fresh.attempts); n != 0 {
		t.Errorf("%d lists are kept for addresses that gave no wrong password", n)
	}
}

func TestResetForgetsAttempts(t *testing.T) {
	s := newServer(t, WithPortal(protected()), WithClock(mocktest.NewClock().Now))
	tripped(t, s, mocktest.PasswordPath("protected"))
	s.Reset()
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(rightPW))); got.Status != ok {
		t.Errorf("status %d, want 0", got.Status)
	}
}

// There is a bound also while nothing may be forgotten yet.
func TestPasswordLimiterIsBounded(t *testing.T) {
	l, now := newPasswordLimiter(), mocktest.NewClock().Now()
	limit := freshLimits().PasswordAttempts
	for i := range 3 * maxCallers {
		try(l, "key", fmt.Sprint(i), limit, now, true)
	}
	if n := len(l.attempts); n > maxCallers {
		t.Errorf("%d lists are kept", n)
	}
}
