package mockserver

import (
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
	frozen time.Time // zero while it runs
}

func newClockFace(base func() time.Time) *clockFace { return &clockFace{base: base} }

func (f *clockFace) read() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now()
}

// Now returns the time on the portal.
func (c *Clock) Now() time.Time { return c.face().read() }

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
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.frozen.IsZero() {
		f.offset, f.frozen = f.frozen.Sub(f.base()), time.Time{}
	}
}

// Reset sets the clock to the time of day, and lets it run.
func (c *Clock) Reset() {
	f := c.face()
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
