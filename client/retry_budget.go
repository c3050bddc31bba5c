package client

import (
	"sync"
	"time"
)

// retryBudget counts the retries that all calls of a Portal have left together. One comes back each second.
type retryBudget struct {
	mu   sync.Mutex
	size float64
	left float64
	seen time.Time
}

func newRetryBudget(size int) *retryBudget {
	return &retryBudget{size: float64(size), left: float64(size)}
}

// take uses one retry. It gives false when none is left.
func (b *retryBudget) take() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if !b.seen.IsZero() {
		b.left = min(b.left+now.Sub(b.seen).Seconds(), b.size)
	}
	b.seen = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
