package client

// maxRequests is how many reads of one caller a portal takes at once (RateLimiterSettings.cs: 50). Further requests wait here,
// because the portal would refuse them. This wait is part of the call, and not of the attempt.
const maxRequests = 50

// slots holds one value for each request that may be sent now.
type slots chan struct{}

func newSlots() slots {
	s := make(slots, maxRequests)
	for range maxRequests {
		s.release()
	}
	return s
}

// take waits for a slot.
func (s slots) take(c *call) error {
	select {
	case <-s:
		return nil
	default:
		return c.await(s)
	}
}

// release gives a slot back.
func (s slots) release() { s <- struct{}{} }
