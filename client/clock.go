package client

import (
	"context"
	"errors"
	"time"
)

// Clock is the time of a portal, for [WithClock]. The Clock of package mockserver is one. Its methods are called by several
// goroutines at the same time. They must not call the Portal.
type Clock interface {
	// Now is the time on the portal.
	Now() time.Time
	// WaitUntil waits until the clock has reached a time, because it has run or because it was moved. It gives the error of the
	// context when that ends before. A clock may stand still, so nothing else is certain to end the wait.
	WaitUntil(ctx context.Context, at time.Time) error
}

// WithClock gives the client the portal's clock, so that a test does not wait where it moves the clock. What follows it: the
// count of wrong passwords, after which [Visitor.Unlock] and [Portal.SignIn] send none for a minute; the waits between the attempts of
// a call, and the budget of retries; a Retry-After or a rate limit that ends at a time; the end of a visitor's cookies.
//
// The deadlines of requests stay in real time ([WithTimeout], [WithAttemptTimeout] and those of contexts), and so do the
// durations in logs, hooks and [ResponseInfo]. They end every wait: on a clock that stands still, a call waits for its next
// attempt until its own deadline. Nobody knows beforehand whether the clock gets there in time, so such a call always waits.
//
// Each Portal that [New] makes counts wrong passwords from zero, whatever others have counted. So make a new one after the portal of
// a test was reset: it counts from zero too, and its clock goes back.
func WithClock(clock Clock) Option {
	return optionFunc(func(c *config) error {
		if isNil(clock) {
			return errors.New("docspace: WithClock: the clock is nil; leave the option out to get the time of day")
		}
		c.clock = clock
		return nil
	})
}

// timeOfDay is the clock of a Portal without WithClock.
type timeOfDay struct{}

func (timeOfDay) Now() time.Time { return time.Now() }

func (timeOfDay) WaitUntil(ctx context.Context, at time.Time) error {
	timer := time.NewTimer(time.Until(at))
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
