package mockserver

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// model is the limiter as its description reads, with all that ever happened.
type model struct {
	wrong   map[string][]time.Time
	blocked map[string]time.Time
}

func (m *model) attempt(id string, limit PasswordAttempts, now time.Time, wrong bool) (ran bool) {
	if now.Before(m.blocked[id]) {
		return false
	}
	recent := 0
	for _, at := range m.wrong[id] {
		if at.After(now.Add(-limit.Window)) {
			recent++
		}
	}
	if recent+1 > limit.Count {
		m.blocked[id] = now.Add(limit.Block)
		m.wrong[id] = nil
		return false
	}
	if wrong {
		m.wrong[id] = append(m.wrong[id], now)
	}
	return true
}

// try makes one attempt, and says whether it was allowed.
func try(l *passwordLimiter, key, ip string, limit PasswordAttempts, now time.Time, wrong bool) (allowed bool) {
	a := l.begin(key, ip, limit, now)
	if a == nil {
		return false
	}
	a.wrong = wrong
	a.end()
	return true
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
			ran := try(l, key, ip, limit, now, wrong)
			if want := m.attempt(strings.ToLower(key)+"/"+ip, limit, now, wrong); ran != want {
				t.Fatalf("%s from %s: ran %t, want %t", key, ip, ran, want)
			}
			if l.sweepAt > 1024 {
				t.Fatal("grows without need")
			}
			l.sweepAt %= 7
		}
	})
}

// Attempts that run at the same time count before anybody knows whether they are right: five begin, and the sixth one blocks the
// address. The five take nothing back from the history that the block has cleared.
func TestAttemptsAtTheSameTime(t *testing.T) {
	l, limit, now := newPasswordLimiter(), freshLimits().PasswordAttempts, mocktest.NewClock().Now()
	var running []*attempt
	for i := range 20 {
		a := l.begin("key", "ip", limit, now)
		if began := a != nil; began != (i < 5) {
			t.Errorf("attempt %d: began %t", i+1, began)
		}
		if a != nil {
			running = append(running, a)
		}
	}
	for _, a := range running {
		a.end()
	}
	if try(l, "key", "ip", limit, now.Add(limit.Block-1), false) {
		t.Error("an attempt is allowed during the block")
	}
	for i := range 6 {
		if allowed := try(l, "key", "ip", limit, now.Add(limit.Block), true); allowed != (i < 5) {
			t.Errorf("wrong password %d after the block: allowed %t", i+1, allowed)
		}
	}
}

// An attempt that is not wrong takes the newest count back, also when that is not its own.
func TestEndTakesTheNewestCountBack(t *testing.T) {
	l, now := newPasswordLimiter(), mocktest.NewClock().Now()
	limit := PasswordAttempts{Count: 1, Window: time.Minute, Block: time.Minute}
	two := PasswordAttempts{Count: 2, Window: time.Minute, Block: time.Minute}
	right := l.begin("key", "ip", two, now)
	wrong := l.begin("key", "ip", two, now.Add(30*time.Second))
	wrong.wrong = true
	wrong.end()
	right.end()
	if !try(l, "key", "ip", limit, now.Add(time.Minute), true) {
		t.Error("the count of the first attempt is still there after its window")
	}
}

func TestAttemptsAreCountedForTheKeyAsSent(t *testing.T) {
	for _, test := range []struct {
		key, ip string
		same    bool
	}{
		{"Key", "ip", true}, {"KEY", "ip", true}, {"Key=", "ip", false}, {"Key ", "ip", false}, {"Ke", "ip", false}, {"Key", "IP", false}, {"Key", "ip ", false},
	} {
		if same := newAttemptID(test.key, test.ip) == newAttemptID("key", "ip"); same != test.same {
			t.Errorf("%q from %q: same count %t, want %t", test.key, test.ip, same, test.same)
		}
	}
}

func TestConcurrentAttempts(t *testing.T) {
	s := newServer(t, WithPortal(protected()), WithClock(mocktest.NewClock().Now))
	var wg sync.WaitGroup
	var checked atomic.Int32
	for range 40 {
		wg.Go(func() {
			if mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), mocktest.PasswordBody("wrong")).Code == 200 {
				checked.Add(1)
			}
		})
	}
	wg.Wait()
	if checked.Load() != 5 {
		t.Errorf("%d of 40 concurrent guesses were checked, want 5", checked.Load())
	}
}

// Twenty right passwords at the same time: here they all set the password of the link, so that the portal can be kept busy until the
// last one has come.
func TestConcurrentRightAttempts(t *testing.T) {
	s := newServer(t, WithPortal(protected()), WithProfile(ProfileDocumented), WithClock(mocktest.NewClock().Now))
	send := func() int {
		return mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), mocktest.PasswordBody("Another-one1"), as(s, RoleOwner)...).Code
	}
	s.writing.Lock()
	answers := make(chan int)
	for range 20 {
		go func() { answers <- send() }()
	}
	for range 15 {
		if code := <-answers; code != 403 {
			t.Errorf("got %d while five others run, want 403", code)
		}
	}
	s.writing.Unlock()
	for range 5 {
		if code := <-answers; code != 200 {
			t.Errorf("got %d for one of the first five, want 200", code)
		}
	}
	if code := send(); code != 403 {
		t.Errorf("got %d afterwards: the address is not blocked", code)
	}
}

// The address is the caller's to choose, and so is the number of lists.
func TestLimiterForgets(t *testing.T) {
	l, now := newPasswordLimiter(), mocktest.NewClock().Now()
	for i := range 50_000 {
		now = now.Add(100 * time.Millisecond)
		try(l, "key", fmt.Sprint(i), freshLimits().PasswordAttempts, now, true)
	}
	// 600 addresses fall into a minute.
	if n := len(l.attempts); n > 2048 {
		t.Errorf("%d lists are kept, want no more than 2048", n)
	}
	fresh := newPasswordLimiter()
	for i := range 5000 {
		try(fresh, "key", fmt.Sprint(i), freshLimits().PasswordAttempts, now, false)
	}
	if n := len(fresh.attempts); n != 0 {
		t.Errorf("%d lists are kept for addresses that gave no wrong password", n)
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
