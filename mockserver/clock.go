package mockserver

import (
	"sync"
	"time"
)

// Clock is what a portal tells the time by: expiry of links and keys, and the windows of all limits. It runs with the time
// of day until it is frozen or moved, which keeps it between 1970 and 2200. How long a request took is no matter of this clock. It
// is safe for concurrent use.
type Clock struct {
	mu     sync.Mutex
	base   func() time.Time
	offset time.Duration
	frozen time.Time // zero while it runs
}

func newClock(base func() time.Time) *Clock { return &Clock{base: base} }

// Now is the time on the portal.
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

// Freeze stops the clock, where it stands.
func (c *Clock) Freeze() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen = c.now()
}

// Set moves the clock to a time, or as far towards it as its bounds let it; it stays frozen, or goes on from there.
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

// Advance moves the clock on, or back when d is negative, as far as its bounds let it; it stays frozen, or goes on from there.
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

// Resume lets a frozen clock go on from where it stands.
func (c *Clock) Resume() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.frozen.IsZero() {
		c.offset, c.frozen = c.frozen.Sub(c.base()), time.Time{}
	}
}

// Reset goes back to the time of day.
func (c *Clock) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset, c.frozen = 0, time.Time{}
}

// ClockState is what a clock shows at one moment.
type ClockState struct {
	Now    time.Time
	Frozen bool
	Offset time.Duration // ahead of the time of day, negative when it is behind
}

// State is what the clock shows now.
func (c *Clock) State() ClockState {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen.IsZero() {
		return ClockState{Now: c.now(), Offset: c.offset}
	}
	return ClockState{Now: c.frozen, Frozen: true, Offset: c.frozen.Sub(c.base())}
}

// The times between which a clock can be moved. Beyond, some times could not be written, and differences of
// times would be cut off.
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

// Move moves the clock to the time that target makes out of the current one, and freezes it if asked to. It does nothing, and says
// so, when that time is beyond the bounds: Set and Advance go as far as the bounds instead.
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
