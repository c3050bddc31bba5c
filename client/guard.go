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

// The limit of a portal for each link and address, unless the portal is set otherwise (LoginSettings.cs). The sixth attempt
// within a minute after five wrong ones locks the link for this address, even with the right password
// (BruteForceLoginManager.cs).
const (
	wrongAllowed = 5
	wrongWindow  = time.Minute
)

// guard counts wrong passwords as a portal does, so that [Visitor.Unlock] does not send a password that would lock the link, and
// [Portal.SignIn] none that would lock a person out.
type guard struct {
	off     bool
	longest time.Duration // the longest wait that a Retry-After can impose
	clock   Clock

	mu      sync.Mutex
	tries   map[[sha256.Size]byte]*tries // by link or person
	sweepAt int                          // the number of them at which those without tries are forgotten
}

// tries are the attempts at one link, or for one person.
type tries struct {
	wrong        []time.Time   // the oldest is first
	pending      int           // attempts under way, each of which may turn out wrong
	blockedUntil time.Time     // as the portal said
	ended        chan struct{} // closed when an attempt under way ends; nil when nobody waits for that
}

func newGuard(off bool, longest time.Duration, clock Clock) *guard {
	return &guard{off: off, longest: longest, clock: clock, tries: map[[sha256.Size]byte]*tries{}}
}

// admit counts one more attempt as under way. It waits for other attempts when their outcome decides. When the attempt must
// not be sent, the error says why.
func (g *guard) admit(c *call, key string) error {
	for {
		wait, ended := g.tryAdmit(key)
		switch {
		case wait > 0:
			refused := c.refuse("nothing was sent, since the portal would refuse further passwords; try again in "+wait.String(), ErrTooManyAttempts)
			refused.RetryAfter = wait
			return refused
		case ended == nil:
			return nil
		}
		if err := c.await(ended); err != nil {
			refused := c.refuse("nothing was sent: other attempts were still under way", ErrConnection)
			refused.cause = newCause(nil, err)
			return refused
		}
	}
}

// tryAdmit counts one more attempt as under way when the portal would allow it. Otherwise it gives the time to wait in whole
// seconds. When that depends on attempts under way, it gives a channel that is closed when one of them ends.
func (g *guard) tryAdmit(key string) (wait time.Duration, ended <-chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t, now := g.triesOf(key)
	switch {
	case g.off || len(t.wrong)+t.pending < wrongAllowed && !now.Before(t.blockedUntil):
		t.pending++
		return 0, nil
	case now.Before(t.blockedUntil):
		wait = t.blockedUntil.Sub(now)
	case len(t.wrong) >= wrongAllowed:
		wait = t.wrong[len(t.wrong)-wrongAllowed].Add(wrongWindow).Sub(now)
	}
	if wait > 0 {
		return (wait + time.Second - 1).Truncate(time.Second), nil // rounded up, so that nobody comes too early
	}
	if t.ended == nil {
		t.ended = make(chan struct{})
	}
	return 0, t.ended
}

// count counts an attempt as under way that is sent in any case.
func (g *guard) count(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t, _ := g.triesOf(key)
	t.pending++
}

// recordOutcome ends an attempt that admit or count has counted.
func (g *guard) recordOutcome(key string, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t, now := g.triesOf(key)
	if mayHaveCounted(err) {
		t.wrong = append(t.wrong, now)
	}
	var failure *Error
	if errors.As(err, &failure) && errors.Is(err, ErrTooManyAttempts) && failure.RetryAfter > 0 {
		t.blockedUntil = now.Add(min(failure.RetryAfter, g.longest))
	}
	t.pending--
	if t.ended != nil {
		close(t.ended)
		t.ended = nil
	}
}

// triesOf gives the tries of a link, without those that are too old to count now. The portal's limiter does not tell upper from
// lower case in the key.
func (g *guard) triesOf(key string) (t *tries, now time.Time) {
	now = g.clock.Now()
	id := sha256.Sum256([]byte(strings.ToLower(key)))
	if g.tries[id] == nil {
		g.forgetOld(now)
		g.tries[id] = &tries{}
	}
	t = g.tries[id]
	t.prune(now)
	return t, now
}

// forgetOld removes those without tries, each time that their number has doubled.
func (g *guard) forgetOld(now time.Time) {
	if len(g.tries) < g.sweepAt {
		return
	}
	for id, t := range g.tries {
		if t.prune(now); t.pending == 0 && len(t.wrong) == 0 && !now.Before(t.blockedUntil) {
			delete(g.tries, id)
		}
	}
	g.sweepAt = max(64, 2*len(g.tries))
}

// prune removes the wrong passwords that are too old to count.
func (t *tries) prune(now time.Time) {
	for len(t.wrong) > 0 && now.Sub(t.wrong[0]) >= wrongWindow {
		t.wrong = t.wrong[1:]
	}
}

// mayHaveCounted says whether the portal counted an attempt, or may have counted it. A portal counts before it checks. When it
// gives no answer of its own, nobody knows whether it counted.
func mayHaveCounted(err error) bool {
	var failure *Error
	switch {
	case errors.Is(err, ErrInvalidPassword), errors.Is(err, errUnfinished):
		return true
	case errors.As(err, &failure) && failure.Operation == opSignIn && errors.Is(err, ErrUnauthorized):
		return true
	case !errors.As(err, &failure) || failure.Attempts == 0: // 0: nothing was sent
		return false
	case errors.Is(err, ErrServer), errors.Is(err, ErrMalformedResponse), errors.Is(err, ErrResponseTooLarge):
		return true
	case !errors.Is(err, ErrConnection):
		return false
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return false
	}
	var network *net.OpError
	return !errors.As(err, &network) || network.Op != "dial" && network.Op != "proxyconnect"
}

// errUnfinished is the outcome of a password call that ended with a panic in code of others.
var errUnfinished = errors.New("the call has not ended")
