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
	sweepAt  int
}

// attemptID stands for link and address, which are as long as a caller likes.
type attemptID [sha256.Size]byte

type attemptList struct {
	at      []time.Time // oldest first
	blocked time.Time   // zero, or until when
}

func newPasswordLimiter() *passwordLimiter {
	return &passwordLimiter{attempts: map[attemptID]*attemptList{}, sweepAt: 1024}
}

// attempt is one password at one link from one address. It holds the limiter until it ends.
type attempt struct {
	limiter *passwordLimiter
	id      attemptID
	list    *attemptList
	now     time.Time
}

// begin begins an attempt, which is nil after too many wrong passwords; wait then says how long to wait.
//
// The server counts before it checks, so that the attempt after the last allowed one is refused even with the right password
// (SecurityController.cs). It takes back what was not wrong. There, all of this is one step for each link and address; here it is
// one for all, since a check takes no time.
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
		// A block erases the history: after it the count starts from zero.
		list.at, list.blocked = nil, now.Add(limit.Block)
		return nil, limit.Block
	}
	return &attempt{limiter: l, id: id, list: list, now: now}, 0
}

// count counts the attempt as a wrong password.
func (a *attempt) count() { a.list.at = append(a.list.at, a.now) }

// end lets the next attempt begin.
func (a *attempt) end() {
	if len(a.list.at) == 0 {
		delete(a.limiter.attempts, a.id)
	}
	a.limiter.mu.Unlock()
}

// drop forgets what is older than the window.
func (a *attemptList) drop(window time.Duration, now time.Time) {
	for len(a.at) > 0 && now.Sub(a.at[0]) > window {
		a.at = a.at[1:]
	}
}

// sweep forgets the lists that no longer count, whenever their number has doubled. Callers could make any number of them, since
// they can choose their address.
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

// tooManyPasswords refuses an attempt. The server's own answer has no Retry-After (ResponseWrapper.cs).
func tooManyPasswords(p *profile, wait time.Duration) error {
	e := &exception{status: p.tooManyPasswords, message: "You have tried too many times to enter your password. Please try again later"}
	if p.tooManyPasswords == http.StatusTooManyRequests {
		e.retryAfter = int((wait + time.Second - 1) / time.Second)
	}
	return e
}
