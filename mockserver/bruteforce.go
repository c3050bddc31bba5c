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
	attempts map[passwordAttempt]*attemptList
	sweepAt  int
}

// passwordAttempt stands for link and address, which are as long as a caller likes.
type passwordAttempt [sha256.Size]byte

type attemptList struct {
	at      []time.Time // oldest first
	blocked time.Time   // zero, or until when
}

func newPasswordLimiter() *passwordLimiter {
	return &passwordLimiter{attempts: map[passwordAttempt]*attemptList{}, sweepAt: 1024}
}

// attempt runs check unless there were too many wrong passwords, and says whether it ran; wait is how long to wait when
// it did not. check says whether the password was wrong.
//
// The server counts before it checks, so that the attempt after the last allowed one is refused whatever its password
// (SecurityController.cs). What was not wrong is taken back. The whole is one step for each link and address there; here
// it is one for all, since a check takes no time.
func (l *passwordLimiter) attempt(key, ip string, limit PasswordAttempts, now time.Time, check func() (wrong bool)) (ran bool, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	id := passwordAttempt(sha256.Sum256([]byte(strings.ToLower(key) + "\x00" + ip)))
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
		return false, list.blocked.Sub(now)
	}
	list.blocked = time.Time{}
	list.drop(limit.Window, now)
	if len(list.at) >= limit.Count {
		// A block erases the history: after it the count starts from zero.
		list.at, list.blocked = nil, now.Add(limit.Block)
		return false, limit.Block
	}
	if check() {
		list.at = append(list.at, now)
	}
	if len(list.at) == 0 {
		delete(l.attempts, id)
	}
	return true, 0
}

// drop forgets what is older than the window.
func (a *attemptList) drop(window time.Duration, now time.Time) {
	for len(a.at) > 0 && now.Sub(a.at[0]) > window {
		a.at = a.at[1:]
	}
}

// sweep forgets the lists that no longer count, whenever their number has doubled: the address is the caller's to choose.
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

// tooManyPasswords is the answer when an attempt did not run. The server's own has no Retry-After (ResponseWrapper.cs).
func tooManyPasswords(p *profile, wait time.Duration) error {
	e := &exception{status: p.tooManyPasswords, message: "You have tried too many times to enter your password. Please try again later"}
	if p.tooManyPasswords == http.StatusTooManyRequests {
		e.retryAfter = int((wait + time.Second - 1) / time.Second)
	}
	return e
}
