package mockserver

import (
	"crypto/sha256"
	"net/http"
	"strings"
	"sync"
	"time"
)

// passwordLimiter counts wrong passwords for each link and client address (BruteForceLoginManager.cs).
type passwordLimiter struct {
	mu       sync.Mutex
	attempts map[attemptID]*attemptList
	sweepAt  int // size of attempts at which sweep runs
}

// attemptID is a hash of link key and address, because callers can send very long ones.
type attemptID [sha256.Size]byte

type attemptList struct {
	at      []time.Time // of wrong passwords, oldest first
	blocked time.Time   // the end of the block; zero is no block
}

func newPasswordLimiter() *passwordLimiter {
	return &passwordLimiter{attempts: map[attemptID]*attemptList{}, sweepAt: 1024}
}

// attempt is one password for one link from one address. It locks the limiter until end.
type attempt struct {
	limiter *passwordLimiter
	id      attemptID
	list    *attemptList
	now     time.Time
}

// begin begins an attempt. After too many wrong passwords the attempt is nil, and wait is the time until the next one is
// allowed.
//
// The server counts an attempt before it checks the password (SecurityController.cs). So it refuses the attempt after the
// last allowed one even with the right password. When the password was not wrong, it takes the count back. The server locks
// one link and address meanwhile. The fake locks all of them, because a check takes no time.
func (l *passwordLimiter) begin(key, ip string, limit PasswordAttempts, now time.Time) (a *attempt, wait time.Duration) {
	l.mu.Lock()
	if a, wait = l.allow(key, ip, limit, now); a == nil {
		l.mu.Unlock()
	}
	return a, wait
}

func (l *passwordLimiter) allow(key, ip string, limit PasswordAttempts, now time.Time) (a *attempt, wait time.Duration) {
	id := attemptID(sha256.Sum256([]byte(strings.ToLower(key) + "\x00" + ip)))
	list := l.attempts[id]
	if list == nil {
		l.sweep(limit, now)
		if len(l.attempts) >= maxCallers {
			forgetOne(l.attempts)
		}
		list = &attemptList{}
		l.attempts[id] = list
	}
	if list.blocked.After(now) {
		return nil, list.blocked.Sub(now)
	}
	list.blocked = time.Time{}
	list.drop(limit.Window, now)
	if len(list.at) >= limit.Count {
		// A block clears the history: after it the count starts at zero.
		list.at, list.blocked = nil, now.Add(limit.Block)
		return nil, limit.Block
	}
	return &attempt{limiter: l, id: id, list: list, now: now}, 0
}

// count counts the attempt as a wrong password. It must run before end.
func (a *attempt) count() { a.list.at = append(a.list.at, a.now) }

// end ends the attempt, so that the next one can begin.
func (a *attempt) end() {
	if len(a.list.at) == 0 {
		delete(a.limiter.attempts, a.id)
	}
	a.limiter.mu.Unlock()
}

// drop removes attempts that are older than the window.
func (a *attemptList) drop(window time.Duration, now time.Time) {
	for len(a.at) > 0 && now.Sub(a.at[0]) > window {
		a.at = a.at[1:]
	}
}

// sweep removes lists that no longer matter, each time their number has doubled. Callers can choose their address, and so could
// make any number of lists.
func (l *passwordLimiter) sweep(limit PasswordAttempts, now time.Time) {
	if len(l.attempts) < l.sweepAt {
		return
	}
	for id, list := range l.attempts {
		list.drop(limit.Window, now)
		if len(list.at) == 0 && !list.blocked.After(now) {
			delete(l.attempts, id)
		}
	}
	l.sweepAt = max(1024, 2*len(l.attempts))
}

// tooManyPasswords is the refusal of an attempt. The server's answer 403 has no Retry-After (ResponseWrapper.cs).
func tooManyPasswords(p *profile, wait time.Duration) error {
	e := &exception{status: p.tooManyPasswords, message: "You have tried too many times to enter your password. Please try again later"}
	if p.tooManyPasswords == http.StatusTooManyRequests {
		e.retryAfter = int((wait + time.Second - 1) / time.Second)
	}
	return e
}
