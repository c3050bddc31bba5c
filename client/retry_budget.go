package client

import (
	"sync"
	"time"
)

// retryBudget counts the retries that all calls of a Portal have left together. One comes back each second.
type retryBudget struct {
	clock Clock

	mu   sync.Mutex
	size float64
	left float64
	seen time.Time
}

func newRetryBudget(size int, clock Clock) *retryBudget {
	return &retryBudget{clock: clock, size: float64(size), left: float64(size)}
}

// take uses one retry. It gives false when none is left.
func (b *retryBudget) take() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.clock.Now()
	if !b.seen.IsZero() {
		b.left = min(b.left+max(now.Sub(b.seen).Seconds(), 0), b.size) // a clock can be set back
	}
	b.seen = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
