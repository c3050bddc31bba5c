package client

import (
	"crypto/sha256"
	"crypto/tls"
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

// guard counts wrong passwords as a portal does, so that [Visitor.Unlock] does not send the one that would lock the link.
type guard struct {
	off     bool
	longest time.Duration // that a portal's Retry-After is believed

	mu      sync.Mutex
	links   map[[sha256.Size]byte]*tries
	sweepAt int // how many links there are when those without tries are forgotten
}

// tries are those of one link.
type tries struct {
	wrong        []time.Time   // oldest first
	pending      int           // under way: each may turn out wrong
	blockedUntil time.Time     // as told by the portal
	changed      chan struct{} // closed when one of those under way has ended; nil when nobody waits for that
}

func newGuard(off bool, longest time.Duration) *guard {
	return &guard{off: off, longest: longest, links: map[[sha256.Size]byte]*tries{}}
}

// enter waits for those under way where their outcome decides. It gives how long to wait when nothing may be sent.
func (g *guard) enter(c *call, key string) (wait time.Duration, err error) {
	for {
		g.mu.Lock()
		t, now := g.triesOf(key), time.Now()
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
		if wait == 0 && t.changed == nil {
			t.changed = make(chan struct{})
		}
		changed := t.changed
		g.mu.Unlock()
		if wait > 0 {
			return (wait + time.Second - 1).Truncate(time.Second), nil // whole seconds, and never too early
		}
		if err := c.await(changed); err != nil {
			return 0, err
		}
	}
}

// join counts an attempt that is sent in any case.
func (g *guard) join(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.triesOf(key).pending++
}

// leave takes the outcome of an attempt that came by enter or join.
func (g *guard) leave(key string, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t, now := g.triesOf(key), time.Now()
	if mayHaveCounted(err) {
		t.wrong = append(t.wrong, now)
	}
	var failure *Error
	if errors.As(err, &failure) && errors.Is(err, ErrTooManyAttempts) && failure.RetryAfter > 0 {
		t.blockedUntil = now.Add(min(failure.RetryAfter, g.longest))
	}
	t.pending--
	if t.changed != nil {
		close(t.changed)
		t.changed = nil
	}
}

// of gives the tries of a link without those too old to count, and forgets links that have none. The portal's limiter
// does not tell upper from lower case.
func (g *guard) triesOf(key string) *tries {
	now := time.Now()
	id := sha256.Sum256([]byte(strings.ToLower(key)))
	if g.links[id] == nil {
		if len(g.links) >= g.sweepAt {
			for other, t := range g.links {
				if t.prune(now); t.pending == 0 && len(t.wrong) == 0 && !now.Before(t.blockedUntil) {
					delete(g.links, other)
				}
			}
			g.sweepAt = max(64, 2*len(g.links))
		}
		g.links[id] = &tries{}
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

// mayHaveCounted says whether the portal has counted an attempt, or may have: it counts before it checks, and nobody knows what
// came of it when there is no answer of its own.
func mayHaveCounted(err error) bool {
	var failure *Error
	switch {
	case errors.Is(err, ErrInvalidPassword), errors.Is(err, errUnfinished):
		return true
	case !errors.As(err, &failure) || failure.Attempts == 0: // 0: over before it began
		return false
	case errors.Is(err, ErrServer), errors.Is(err, ErrMalformedResponse), errors.Is(err, ErrResponseTooLarge):
		return true
	case !errors.Is(err, ErrConnection):
		return false
	}
	var network *net.OpError
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return false
	}
	return !errors.As(err, &network) || network.Op != "dial" && network.Op != "proxyconnect"
}

// errUnfinished stands for a call that somebody's code has ended with a panic.
var errUnfinished = errors.New("the call did not come to its end")
