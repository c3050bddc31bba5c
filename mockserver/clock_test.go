package mockserver

import (
	"testing"
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
