package mockserver

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestClock(t *testing.T) {
	base := mocktest.NewClock()
	c := clockOf(base.Now)
	start := base.Now()
	is := func(want time.Duration) {
		t.Helper()
		if got := c.Now().Sub(start); got != want {
			t.Errorf("at %v, want %v", got, want)
		}
	}
	is(0)
	c.Advance(time.Hour)
	is(time.Hour)
	base.Advance(time.Second)
	is(time.Hour + time.Second) // it goes on
	c.Freeze()
	base.Advance(time.Second)
	is(time.Hour + time.Second)
	c.Advance(-time.Minute)
	is(59*time.Minute + time.Second)
	c.Resume()
	is(59*time.Minute + time.Second) // from where it stood
	base.Advance(time.Second)
	is(59*time.Minute + 2*time.Second)
	c.Resume() // it runs already
	is(59*time.Minute + 2*time.Second)
	c.Set(start.Add(-time.Hour))
	is(-time.Hour)
	c.Reset()
	is(2*time.Second + time.Second)
}

// Beyond its bounds, times could not be written, and durations overflow.
func TestClockHasBounds(t *testing.T) {
	const long = 290 * 365 * 24 * time.Hour
	for _, frozen := range []bool{false, true} {
		c := clockOf(mocktest.NewClock().Now)
		if frozen {
			c.Freeze()
		}
		for _, test := range []struct {
			move func()
			want time.Time
		}{
			{func() { c.Set(time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)) }, latestClock},
			{func() { c.Advance(1) }, latestClock},
			{func() { c.Advance(-time.Second - 1) }, latestClock.Add(-time.Second - 1)},
			{func() { c.Advance(-long) }, earliestClock},
			{func() { c.Advance(time.Nanosecond) }, earliestClock.Add(1)},
			{func() { c.Set(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)) }, earliestClock},
			{func() { c.Advance(long) }, latestClock},
			{func() { c.Advance(long) }, latestClock},
		} {
			if test.move(); !c.Now().Equal(test.want) {
				t.Errorf("frozen %t: at %s, want %s", frozen, c.Now(), test.want)
			}
		}
	}
}

// Where Set and Advance go as far as they can, Move does not go at all.
func TestMoveOfTheClock(t *testing.T) {
	base := mocktest.NewClock()
	c := clockOf(base.Now)
	by := func(d time.Duration) func(time.Time) time.Time {
		return func(now time.Time) time.Time { return now.Add(d) }
	}
	if !c.Move(by(time.Hour), false) || c.State() != (ClockState{Now: base.Now().Add(time.Hour), Offset: time.Hour}) {
		t.Errorf("moved: %+v", c.State())
	}
	if !c.Move(by(-2*time.Hour), true) || c.State() != (ClockState{Now: base.Now().Add(-time.Hour), Frozen: true, Offset: -time.Hour}) {
		t.Errorf("moved and frozen: %+v", c.State())
	}
	before := c.State()
	for _, d := range []time.Duration{200 * 365 * 24 * time.Hour, -100 * 365 * 24 * time.Hour} {
		for _, freeze := range []bool{false, true} {
			if c.Move(by(d), freeze) || c.State() != before {
				t.Errorf("by %s: %+v", d, c.State())
			}
		}
	}
	for _, at := range []time.Time{earliestClock, latestClock} {
		if !c.Move(func(time.Time) time.Time { return at }, false) || !c.Now().Equal(at) {
			t.Errorf("to %s: at %s", at, c.Now())
		}
	}
}

// clockOf is the clock of a portal whose time of day is that of now.
func clockOf(now func() time.Time) *Clock {
	face := newClockFace(now)
	return &Clock{face: func() *clockFace { return face }}
}

// waiting begins a wait in a bubble of synctest. The channel gets its outcome.
func waiting(ctx context.Context, c *Clock, at time.Time) <-chan error {
	done := make(chan error, 1)
	go func() { done <- c.WaitUntil(ctx, at) }()
	synctest.Wait()
	return done
}

// A wait ends when the clock is moved to its time or past it, in any way, or has run there, and not before.
func TestWaitUntil(t *testing.T) {
	by := func(d time.Duration) func(time.Time) time.Time {
		return func(now time.Time) time.Time { return now.Add(d) }
	}
	for name, test := range map[string]struct {
		frozen     bool
		before, to func(*Clock)
	}{
		"advanced": {true, func(c *Clock) { c.Advance(time.Hour - 1) }, func(c *Clock) { c.Advance(1) }},
		"set":      {true, func(c *Clock) { c.Set(c.Now().Add(-time.Hour)) }, func(c *Clock) { c.Set(c.Now().Add(3 * time.Hour)) }},
		"moved":    {true, func(c *Clock) { c.Move(by(time.Minute), true) }, func(c *Clock) { c.Move(by(time.Hour), false) }},
		"resumed":  {true, (*Clock).Freeze, func(c *Clock) { c.Resume(); <-time.After(time.Hour) }},
		"reset":    {true, func(*Clock) { <-time.After(time.Hour) }, (*Clock).Reset},
		"has run":  {false, func(*Clock) { <-time.After(time.Hour - 1) }, func(*Clock) { <-time.After(1) }},
		"frozen":   {false, func(c *Clock) { c.Freeze(); <-time.After(time.Hour) }, func(c *Clock) { c.Advance(time.Hour) }},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := newServer(t).Clock()
				if test.frozen {
					c.Freeze()
				}
				at := c.Now().Add(time.Hour)
				done := waiting(t.Context(), c, at)
				test.before(c)
				synctest.Wait()
				if len(done) > 0 {
					t.Errorf("it ended at %v", c.Now())
				}
				test.to(c)
				synctest.Wait()
				if len(done) == 0 || <-done != nil || c.Now().Before(at) {
					t.Errorf("at %v, and it should have ended at %v", c.Now(), at)
				}
			})
		})
	}
}

func TestWaitUntilWhatIsOver(t *testing.T) {
	c := newServer(t).Clock()
	c.Freeze()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, ctx := range []context.Context{t.Context(), ended} {
		for _, ago := range []time.Duration{0, time.Hour} {
			if err := c.WaitUntil(ctx, c.Now().Add(-ago)); err != nil {
				t.Error(err)
			}
		}
	}
}

// A wait ends with its context, on a frozen clock and on one that runs.
func TestWaitUntilTheContextEnds(t *testing.T) {
	for _, frozen := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			c := newServer(t).Clock()
			if frozen {
				c.Freeze()
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			began := time.Now()
			if err := c.WaitUntil(ctx, c.Now().Add(time.Hour)); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Minute {
				t.Errorf("frozen %t: %v after %v", frozen, err, time.Since(began))
			}
		})
	}
}

// A reset of the portal sets the clock right. Who waits on it waits for the clock of now.
func TestWaitUntilAfterAReset(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t)
		s.Clock().Freeze()
		at := s.Clock().Now().Add(time.Hour)
		done := waiting(t.Context(), s.Clock(), at)
		s.Reset()
		synctest.Wait()
		if len(done) > 0 {
			t.Error("it ended at the reset")
		}
		s.Clock().Advance(time.Hour)
		synctest.Wait()
		if len(done) == 0 {
			t.Error("it waits for the clock from before the reset")
		}
		pinned := s.Pin()
		pinned.Clock().Freeze()
		done = waiting(t.Context(), pinned.Clock(), at.Add(time.Hour))
		s.Reset()
		s.Clock().Advance(3 * time.Hour)
		synctest.Wait()
		if len(done) > 0 {
			t.Error("the clock that was pinned stands still")
		}
		pinned.Clock().Advance(time.Hour)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// The time of day may come from elsewhere, and stand still. The wait neither ends nor takes the processor.
func TestWaitUntilWithAnotherTimeOfDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := mocktest.NewClock()
		var reads atomic.Int32
		c := clockOf(func() time.Time { reads.Add(1); return base.Now() })
		done := waiting(t.Context(), c, base.Now().Add(time.Second))
		base.Advance(time.Second - 1)
		<-time.After(2 * time.Second)
		synctest.Wait()
		if n := reads.Load(); len(done) > 0 || n > 2000 {
			t.Errorf("ended %t, read %d times", len(done) > 0, n)
		}
		base.Advance(1)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestWaitUntilConcurrently(t *testing.T) {
	s := newServer(t)
	s.Clock().Freeze()
	at := s.Clock().Now().Add(100 * time.Minute)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := s.Clock().WaitUntil(t.Context(), at); err != nil {
				t.Error(err)
			}
		})
	}
	for range 100 {
		all.Go(func() { s.Clock().Advance(time.Minute) })
	}
	all.Wait()
}
