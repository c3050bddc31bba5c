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

// hasTime says whether a wait would end before the deadline of the call and before the caller's.
func (c *call) hasTime(wait time.Duration) bool {
	then := time.Now().Add(wait)
	if end, ok := c.Deadline(); ok && !then.Before(end) {
		return false
	}
	return then.Before(c.deadline)
}

// sleep waits. It gives false when the context ended before.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
