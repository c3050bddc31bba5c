package client

import (
	"context"
	"time"
)

type deadlineKey struct{}

// together gives the calls of one method one deadline, unless they have one already.
func (p *Portal) withSharedDeadline(ctx context.Context) context.Context {
	if p == nil || p.cfg == nil || ctx == nil || ctx.Value(deadlineKey{}) != nil {
		return ctx // begin refuses what is wrong
	}
	return context.WithValue(ctx, deadlineKey{}, time.Now().Add(p.cfg.timeout))
}

// start sets the deadline of the call, which all that it waits for has to keep.
func (c *call) start(timeout time.Duration) {
	c.started = time.Now()
	c.timeout, c.deadline = timeout, c.started.Add(timeout)
}

// await waits until there is something to receive, at most until the call's own deadline or its caller's.
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

func (c *call) startAttempt(timeout time.Duration) {
	c.attempt++
	c.until, c.within = time.Now().Add(timeout), timeout
	if c.deadline.Before(c.until) {
		c.until, c.within = c.deadline, c.timeout
	}
}

// hasTime says whether an attempt after that wait would still lie within the call's deadline and the caller's.
func (c *call) hasTime(wait time.Duration) bool {
	then := time.Now().Add(wait)
	if end, ok := c.Deadline(); ok && !then.Before(end) {
		return false
	}
	return then.Before(c.deadline)
}

// sleep says whether it was allowed to end.
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

const (
	// defaultTimeout bounds a whole call, the reading of the answer included.
	defaultTimeout = 60 * time.Second
	// defaultAttemptTimeout bounds each attempt of it: three of them fit.
	defaultAttemptTimeout = 15 * time.Second
)
