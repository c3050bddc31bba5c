package client

// maxRequests is how many requests of one caller a portal takes at once, reads that is (RateLimiterSettings.cs: 50). Those
// beyond wait their turn here instead of being refused there. Their wait is part of the call, not of the attempt.
const maxRequests = 50

// slots holds a place for each request that may be sent now.
type slots chan struct{}

func newSlots() slots {
	t := make(slots, maxRequests)
	for range maxRequests {
		t.release()
	}
	return t
}

// take waits for a place.
func (t slots) take(c *call) error {
	select {
	case <-t:
		return nil
	default:
		return c.await(t)
	}
}

func (t slots) release() { t <- struct{}{} }
