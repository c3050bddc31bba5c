package client

import "context"

// maxRequests is how many requests of one caller a portal takes at once, reads that is (RateLimiterSettings.cs: 50). Those
// beyond wait their turn here instead of being refused there. Their wait is part of the call, not of the attempt.
const maxRequests = 50

// turns has a place for each request under way.
type turns chan struct{}

func newTurns() turns { return make(turns, maxRequests) }

// take waits for a place, at most until the call's own deadline or its caller's.
func (t turns) take(c *call) error {
	select {
	case t <- struct{}{}:
		return nil
	default:
	}
	over, stop := c.timer()
	defer stop()
	select {
	case t <- struct{}{}:
		return nil
	case <-over:
		return context.DeadlineExceeded
	case <-c.Done():
		return c.Err()
	}
}

func (t turns) give() { <-t }
