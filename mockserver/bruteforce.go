package mockserver

import (
	"crypto/sha256"
	"net/http"
	"strings"
	"sync"
	"time"
)

// passwordLimiter counts wrong passwords for each key of a link, or name of a person, and each client address (BruteForceLoginManager.cs). The same link
// by another text, such as its key with = at the end, has another count.
type passwordLimiter struct {
	mu       sync.Mutex
	attempts map[attemptID]*attemptList
	sweepAt  int // size of attempts at which sweep runs
}

// attemptID is a hash of key and address, because callers can send very long ones.
type attemptID [sha256.Size]byte

func newAttemptID(key, ip string) attemptID {
	return sha256.Sum256([]byte(strings.ToLower(key) + "/" + ip))
}

type attemptList struct {
	key     uint64      // hash of the key
	at      []time.Time // when wrong passwords and running attempts began, oldest first
	blocked time.Time   // the end of the block; zero is no block
}

func newPasswordLimiter() *passwordLimiter {
	return &passwordLimiter{attempts: map[attemptID]*attemptList{}, sweepAt: 1024}
}

// attempt is one password for one link or person from one address.
type attempt struct {
	limiter *passwordLimiter
	id      attemptID
	wrong   bool // the password is wrong, so the attempt stays counted
}

// begin begins an attempt. It is nil after too many wrong passwords.
//
// The server counts an attempt before it checks the password (SecurityController.cs). So it refuses the attempt after the
// last allowed one even with the right password, and attempts that run at the same time count as wrong ones until they end.
func (l *passwordLimiter) begin(key, ip string, limit PasswordAttempts, now time.Time) *attempt {
	id := newAttemptID(key, ip)
	l.mu.Lock()
	defer l.mu.Unlock()
	list := l.list(id, key, limit, now)
	if list.blocked.After(now) {
		return nil
	}
	list.blocked = time.Time{}
	list.drop(limit.Window, now)
	if len(list.at) >= limit.Count {
		// A block clears the history: after it the count starts at zero.
		list.at, list.blocked = nil, now.Add(limit.Block)
		return nil
	}
	list.at = append(list.at, now)
	return &attempt{limiter: l, id: id}
}

func (l *passwordLimiter) list(id attemptID, key string, limit PasswordAttempts, now time.Time) *attemptList {
	list := l.attempts[id]
	if list == nil {
		l.sweep(limit, now)
		if len(l.attempts) >= maxCallers {
			forgetOne(l.attempts)
		}
		list = &attemptList{key: hashOfKey(key)}
		l.attempts[id] = list
	}
	return list
}

// end ends the attempt. When the password was not wrong, the server takes the newest count back, whichever attempt that is.
func (a *attempt) end() {
	a.limiter.mu.Lock()
	defer a.limiter.mu.Unlock()
	list := a.limiter.attempts[a.id]
	if list == nil {
		return
	}
	if newest := len(list.at) - 1; !a.wrong && newest >= 0 {
		list.at = list.at[:newest]
	}
	if len(list.at) == 0 && list.blocked.IsZero() {
		delete(a.limiter.attempts, a.id)
	}
}

// drop removes attempts that are as old as the window, or older.
func (a *attemptList) drop(window time.Duration, now time.Time) {
	for len(a.at) > 0 && now.Sub(a.at[0]) >= window {
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

// tooManyPasswords is the refusal of an attempt. It has no Retry-After (ResponseWrapper.cs).
func tooManyPasswords() error {
	return &exception{status: http.StatusForbidden, message: "You have tried too many times to enter your password. Please try again later"}
}
