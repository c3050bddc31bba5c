package client

import (
	"context"
	"time"
)

const (
	// defaultTimeout is the time for a whole call, with the reading of the answer.
	defaultTimeout = 60 * time.Second
	// defaultAttemptTimeout is the time for each attempt. Three of them fit into a call.
	defaultAttemptTimeout = 15 * time.Second
)

type deadlineKey struct{}

// withSharedDeadline gives all calls of one method the same deadline, unless the context has one already.
func (p *Portal) withSharedDeadline(ctx context.Context) context.Context {
	if p == nil || p.cfg == nil || ctx == nil || ctx.Value(deadlineKey{}) != nil {
		return ctx // begin refuses a wrong Portal or context
	}
	return context.WithValue(ctx, deadlineKey{}, time.Now().Add(p.cfg.timeout))
}

// start sets the deadline of the call.
func (c *call) start(timeout time.Duration) {
	c.started = time.Now()
	c.timeout, c.deadline = timeout, c.started.Add(timeout)
}

// startAttempt sets the deadline of the next attempt, which is never after that of the call.
func (c *call) startAttempt(timeout time.Duration) {
	c.attempts++
	c.attemptDeadline, c.attemptTime = time.Now().Add(timeout), timeout
	if c.deadline.Before(c.attemptDeadline) {
		c.attemptDeadline, c.attemptTime = c.deadline, c.timeout
	}
}

// await waits for something to receive, until the deadline of the call or the end of the caller's context.
func (c *call) await(ready <-chan struct{}) error {
	timer := time.NewTimer(time.Until(c.deadline))
	defer timer.Stop()
	select {
	case <-ready:
		return nil
	case <-timer.C:
		return context.DeadlineExceeded
	case <-c.Done():
		return c.Err()
	}
}

// hasTime says whether a wait can end before the deadline of the call and before the caller's. Deadlines are in real time, so a
// wait on another clock can end at any moment.
func (c *call) hasTime(wait time.Duration) bool {
	if c.cfg.clock != (timeOfDay{}) {
		wait = 0
	}
	then := time.Now().Add(wait)
	if end, ok := c.Deadline(); ok && !then.Before(end) {
		return false
	}
	return then.Before(c.deadline)
}

// waitUntil waits on the clock of the Portal, until the deadline of the call or the end of the caller's context.
func (c *call) waitUntil(at time.Time) error {
	ctx, cancel := context.WithDeadline(c.Context, c.deadline) // not c, so that calls of the clock's own are not taken for this one
	defer cancel()
	if err := c.cfg.clock.WaitUntil(ctx, at); err != nil {
		return err
	}
	return ctx.Err()
}
