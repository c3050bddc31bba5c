package client

// maxRequests is how many requests of one caller a portal takes at once, reads that is (RateLimiterSettings.cs: 50). Those
// beyond wait their turn here instead of being refused there. Their wait is part of the call, not of the attempt.
const maxRequests = 50

// turns holds a place for each request that may be sent now.
type turns chan struct{}

func newTurns() turns {
	t := make(turns, maxRequests)
	for range maxRequests {
		t.give()
	}
	return t
}

// take waits for a place.
func (t turns) take(c *call) error {
	select {
	case <-t:
		return nil
	default:
		return c.await(t)
	}
}

func (t turns) give() { t <- struct{}{} }
