package client

import (
	"context"
	"crypto/sha256"
	"errors"
	"net"
	"strings"
	"sync"
	"time"
)

// What a portal allows for each link and address, unless it is set otherwise (LoginSettings.cs). The sixth attempt within
// a minute after five wrong ones locks the link for this address, even with the right password
// (BruteForceLoginManager.cs).
const (
	wrongAllowed = 5
	wrongWindow  = time.Minute
)

// guard counts wrong passwords as a portal does, so that [Portal.Unlock] does not send the one that would lock the link.
type guard struct {
	off bool

	mu    sync.Mutex
	links map[[sha256.Size]byte]*tries
}

// tries are those of one link.
type tries struct {
	wrong        []time.Time   // oldest first
	pending      int           // under way: each may turn out wrong
	blockedUntil time.Time     // as told by the portal
	changed      chan struct{} // closed when one of those under way has ended
}

func newGuard(off bool) *guard { return &guard{off: off, links: map[[sha256.Size]byte]*tries{}} }

// enter waits for those under way where their outcome decides. It gives how long to wait when nothing may be sent.
func (g *guard) enter(ctx context.Context, key string) (wait time.Duration, err error) {
	for {
		g.mu.Lock()
		t, now := g.of(key), time.Now()
		switch {
		case g.off || len(t.wrong)+t.pending < wrongAllowed && !now.Before(t.blockedUntil):
			t.pending++
			g.mu.Unlock()
			return 0, nil
		case now.Before(t.blockedUntil):
			wait = t.blockedUntil.Sub(now)
		case len(t.wrong) >= wrongAllowed:
			wait = t.wrong[len(t.wrong)-wrongAllowed].Add(wrongWindow).Sub(now)
		}
		changed := t.changed
		g.mu.Unlock()
		if wait > 0 {
			return wait, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// leave takes the outcome of a call: one that enter has let in, or (entered false) one that was sent anyway.
func (g *guard) leave(key string, entered bool, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t, now := g.of(key), time.Now()
	if mayCount(err) {
		t.wrong = append(t.wrong, now)
	}
	var failure *Error
	if errors.As(err, &failure) && errors.Is(err, ErrTooManyAttempts) && failure.RetryAfter > 0 {
		t.blockedUntil = now.Add(failure.RetryAfter)
	}
	if entered {
		t.pending--
		close(t.changed)
		t.changed = make(chan struct{})
	}
}

// of gives the tries of a link without those too old to count, and forgets links that have none. The portal's limiter
// does not tell upper from lower case.
func (g *guard) of(key string) *tries {
	now := time.Now()
	id := sha256.Sum256([]byte(strings.ToLower(key)))
	if g.links[id] == nil {
		for other, t := range g.links {
			if t.prune(now); t.pending == 0 && len(t.wrong) == 0 && !now.Before(t.blockedUntil) {
				delete(g.links, other)
			}
		}
		g.links[id] = &tries{changed: make(chan struct{})}
	}
	t := g.links[id]
	t.prune(now)
	return t
}

func (t *tries) prune(now time.Time) {
	for len(t.wrong) > 0 && now.Sub(t.wrong[0]) >= wrongWindow {
		t.wrong = t.wrong[1:]
	}
}

// mayCount says whether the portal has counted an attempt, or may have: nobody knows when the answer got lost.
func mayCount(err error) bool {
	if errors.Is(err, ErrInvalidPassword) {
		return true
	}
	var failure *Error
	if !errors.As(err, &failure) || !errors.Is(err, ErrConnection) || failure.Attempts == 0 { // 0: over before it began
		return false
	}
	var network *net.OpError
	return !errors.As(err, &network) || network.Op != "dial"
}
