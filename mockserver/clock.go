package mockserver

import (
	"sync"
	"time"
)

// Clock is the clock of a portal. The expiry of links and keys, and the time windows of all limits, follow it. It shows the
// time of day until it is frozen or moved. It can be moved to times between 1970 and 2200. Durations of requests and delays
// of faults do not follow it: they are in real time. A Clock is safe for concurrent use.
type Clock struct {
	mu     sync.Mutex
	base   func() time.Time
	offset time.Duration
	frozen time.Time // zero while it runs
}

func newClock(base func() time.Time) *Clock { return &Clock{base: base} }

// Now returns the time on the portal.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	if !c.frozen.IsZero() {
		return c.frozen
	}
	return c.base().Add(c.offset)
}

// Freeze stops the clock at its current time.
func (c *Clock) Freeze() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen = c.now()
}

// Set moves the clock to a time. A time before 1970 or after 2200 moves it to that bound. A frozen clock stays frozen, and a
// running clock runs on from there.
func (c *Clock) Set(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set(withinBounds(to))
}

func (c *Clock) set(to time.Time) {
	if !c.frozen.IsZero() {
		c.frozen = to
		return
	}
	c.offset = to.Sub(c.base())
}

// Advance moves the clock forward by d, or back when d is negative. It stops at the bounds, 1970 and 2200. A frozen clock stays
// frozen, and a running clock runs on from there.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	to := c.now().Add(d)
	if bounded := withinBounds(to); !bounded.Equal(to) {
		c.set(bounded)
		return
	}
	c.advance(d)
}

func (c *Clock) advance(d time.Duration) {
	if !c.frozen.IsZero() {
		c.frozen = c.frozen.Add(d)
		return
	}
	c.offset += d
}

// Resume lets a frozen clock run on from its time. It does nothing to a running clock.
func (c *Clock) Resume() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.frozen.IsZero() {
		c.offset, c.frozen = c.frozen.Sub(c.base()), time.Time{}
	}
}

// Reset sets the clock to the time of day, and lets it run.
func (c *Clock) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset, c.frozen = 0, time.Time{}
}

// ClockState describes a [Clock] at one moment.
type ClockState struct {
	Now    time.Time
	Frozen bool
	Offset time.Duration // Now minus the time of day
}

// State returns the current state of the clock.
func (c *Clock) State() ClockState {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen.IsZero() {
		return ClockState{Now: c.now(), Offset: c.offset}
	}
	return ClockState{Now: c.frozen, Frozen: true, Offset: c.frozen.Sub(c.base())}
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
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	to := target(now)
	if !withinBounds(to).Equal(to) {
		return false
	}
	if freeze {
		c.frozen = to
	} else {
		c.advance(to.Sub(now))
	}
	return true
}
