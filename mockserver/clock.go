package mockserver

import (
	"context"
	"sync"
	"time"
)

// Clock is the clock of a portal. The expiry of links and keys, and the time windows of all limits, follow it. It shows the
// time of day until it is frozen or moved. It can be moved to times between 1970 and 2200. Durations of requests and delays
// of faults do not follow it: they are in real time. A Clock is safe for concurrent use.
type Clock struct {
	face func() *clockFace
}

// clockFace is a clock until the next Reset of its portal.
type clockFace struct {
	base func() time.Time

	mu     sync.Mutex
	offset time.Duration
	frozen time.Time     // zero while it runs
	moved  chan struct{} // closed when the clock is moved; nil when nobody waits for that
}

func newClockFace(base func() time.Time) *clockFace { return &clockFace{base: base} }

func (f *clockFace) read() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now()
}

// Now returns the time on the portal.
func (c *Clock) Now() time.Time { return c.face().read() }

// WaitUntil waits until the clock has reached a time, because it has run or because it was moved. It returns the error of the
// context when that ends before. Nothing else is certain to end the wait, because a clock can be frozen.
//
// A clock that runs is read again when the rest of the wait has passed in real time. So with a function of [WithClock] that is
// faster than real time, the wait ends late.
func (c *Clock) WaitUntil(ctx context.Context, at time.Time) error {
	for {
		f := c.face()
		left, runs, moved := f.until(at)
		switch {
		case left <= 0:
			return nil
		case f != c.face(): // the portal was reset meanwhile, and nobody will move f
		default:
			if err := waitFor(ctx, left, runs, moved); err != nil {
				return err
			}
		}
	}
}

// until says how far away a time is, and whether the clock runs towards it. The channel is closed when the clock is moved.
func (f *clockFace) until(at time.Time) (left time.Duration, runs bool, moved <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.moved == nil {
		f.moved = make(chan struct{})
	}
	return at.Sub(f.now()), f.frozen.IsZero(), f.moved
}

// waitFor waits until a clock is moved or, when it runs, may have got there.
func waitFor(ctx context.Context, left time.Duration, runs bool, moved <-chan struct{}) error {
	var passed <-chan time.Time
	if runs {
		timer := time.NewTimer(max(left, time.Millisecond)) // the function of WithClock may stand still just before the time
		defer timer.Stop()
		passed = timer.C
	}
	select {
	case <-moved:
		return nil
	case <-passed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// wake lets everybody who waits for the clock read it again.
func (f *clockFace) wake() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.moved != nil {
		close(f.moved)
		f.moved = nil
	}
}

func (f *clockFace) now() time.Time {
	if !f.frozen.IsZero() {
		return f.frozen
	}
	return f.base().Add(f.offset)
}

// Freeze stops the clock at its current time.
func (c *Clock) Freeze() {
	f := c.face()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.frozen = f.now()
}

// Set moves the clock to a time. A time before 1970 or after 2200 moves it to that bound. A frozen clock stays frozen, and a
// running clock runs on from there.
func (c *Clock) Set(to time.Time) {
	f := c.face()
	defer f.wake()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.set(withinBounds(to))
}

func (f *clockFace) set(to time.Time) {
	if !f.frozen.IsZero() {
		f.frozen = to
		return
	}
	f.offset = to.Sub(f.base())
}

// Advance moves the clock forward by d, or back when d is negative. It stops at the bounds, 1970 and 2200. A frozen clock stays
// frozen, and a running clock runs on from there.
func (c *Clock) Advance(d time.Duration) {
	f := c.face()
	defer f.wake()
	f.mu.Lock()
	defer f.mu.Unlock()
	to := f.now().Add(d)
	if bounded := withinBounds(to); !bounded.Equal(to) {
		f.set(bounded)
		return
	}
	f.advance(d)
}

func (f *clockFace) advance(d time.Duration) {
	if !f.frozen.IsZero() {
		f.frozen = f.frozen.Add(d)
		return
	}
	f.offset += d
}

// Resume lets a frozen clock run on from its time. It does nothing to a running clock.
func (c *Clock) Resume() {
	f := c.face()
	defer f.wake()
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.frozen.IsZero() {
		f.offset, f.frozen = f.frozen.Sub(f.base()), time.Time{}
	}
}

// Reset sets the clock to the time of day, and lets it run.
func (c *Clock) Reset() {
	f := c.face()
	defer f.wake()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.offset, f.frozen = 0, time.Time{}
}

// ClockState describes a [Clock] at one moment.
type ClockState struct {
	Now    time.Time
	Frozen bool
	Offset time.Duration // Now minus the time of day
}

// State returns the current state of the clock.
func (c *Clock) State() ClockState {
	f := c.face()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.frozen.IsZero() {
		return ClockState{Now: f.now(), Offset: f.offset}
	}
	return ClockState{Now: f.frozen, Frozen: true, Offset: f.frozen.Sub(f.base())}
}

// The bounds of a clock. Beyond them some times cannot be written as text, and differences of times overflow.
var (
	earliestClock = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	latestClock   = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
)

func withinBounds(at time.Time) time.Time {
	switch {
	case at.Before(earliestClock):
		return earliestClock
	case at.After(latestClock):
		return latestClock
	default:
		return at
	}
}

// Move moves the clock to the time that target returns for the current time, and freezes the clock when freeze is true. A time
// before 1970 or after 2200 is not possible: Move then does nothing and returns false, but Set and Advance stop at the bounds.
func (c *Clock) Move(target func(now time.Time) time.Time, freeze bool) (moved bool) {
	f := c.face()
	defer f.wake()
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.now()
	to := target(now)
	if !withinBounds(to).Equal(to) {
		return false
	}
	if freeze {
		f.frozen = to
	} else {
		f.advance(to.Sub(now))
	}
	return true
}
