package mockserver

import (
	"net/http"
	"sync"
	"time"
)

// rateLimiter limits the requests of each user or client address. It checks in the server's order: requests in a sliding
// minute, concurrent requests, writes in a day (RateLimiterSettings.cs). The server's shipped configuration does not limit
// loopback. The fake does, because most of its callers come from loopback.
type rateLimiter struct {
	mu      sync.Mutex
	callers map[string]*callerRate
	sweepAt int // size of callers at which sweep runs
}

// These bound the memory of the limiters for every caller.
const (
	maxCallers = 10_000 // a new caller beyond it replaces another one
	maxMoments = 4096   // beyond it, requests within a short time count as one moment
)

type callerRate struct {
	at            []moment  // requests of the last minute, oldest first
	recent        int       // number of these requests
	reads, writes int       // requests that are not answered yet
	day           time.Time // the start of the current day of writes
	today         int       // writes of this day
}

// moment is a time with the number of requests that came then.
type moment struct {
	time.Time
	requests int
}

// rate is the limiter's decision on a request.
type rate struct {
	refused          bool
	limit, remaining int           // requests
	reset            time.Time     // when the limit ends
	retryAfter       time.Duration // 0 is unknown
}

func newRateLimiter() *rateLimiter {
	return &rateLimiter{callers: map[string]*callerRate{}, sweepAt: 1024}
}

// enter counts a request and decides on it. leave must be called when the request is over. A limit that is not enabled refuses
// nothing, but still counts for the headers.
func (l *rateLimiter) enter(id, method string, limit RateLimit, now time.Time) (r rate, leave func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.callers[id]
	if c == nil {
		l.sweep(now)
		if len(l.callers) >= maxCallers {
			forgetOne(l.callers)
		}
		c = &callerRate{day: now}
		l.callers[id] = c
	}
	c.drop(now)
	if now.Sub(c.day) >= 24*time.Hour {
		c.day, c.today = now, 0
	}
	r = rate{limit: limit.PerMinute, remaining: limit.PerMinute - c.recent - 1, reset: now.Add(time.Minute)}
	running, atATime := &c.writes, limit.ConcurrentWrites
	if method == http.MethodGet {
		running, atATime = &c.reads, limit.ConcurrentReads
	}
	daily := method == http.MethodPost || method == http.MethodPut
	switch {
	case c.recent >= limit.PerMinute:
		// Versions of the server's library differ: only some send Retry-After here.
		r = rate{refused: true, limit: limit.PerMinute, reset: c.at[0].Add(time.Minute), retryAfter: c.at[0].Add(time.Minute).Sub(now)}
	case *running >= atATime:
		r = rate{refused: true, limit: atATime, reset: now}
	case daily && c.today >= limit.WritesPerDay:
		end := c.day.Add(24 * time.Hour)
		r = rate{refused: true, limit: limit.WritesPerDay, reset: end, retryAfter: end.Sub(now)}
	}
	if r.refused && limit.Enabled {
		return r, func() {}
	}
	r.refused = false
	if c.recent < limit.PerMinute {
		c.add(now)
	}
	if daily && limit.Enabled { // without a limit there is no reason to keep each writer for a day
		c.today++
	}
	*running++
	return r, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		*running--
	}
}

func (c *callerRate) add(now time.Time) {
	c.recent++
	if last := len(c.at) - 1; last >= maxMoments && now.Sub(c.at[last].Time) < time.Minute/maxMoments {
		c.at[last].requests++
		return
	}
	c.at = append(c.at, moment{now, 1})
}

func (c *callerRate) drop(now time.Time) {
	n := 0
	for n < len(c.at) && now.Sub(c.at[n].Time) >= time.Minute {
		c.recent -= c.at[n].requests
		n++
	}
	c.at = c.at[n:]
}

// forgetOne deletes any one key of a map, so that callers cannot fill the memory.
func forgetOne[K comparable, V any](m map[K]V) {
	for key := range m {
		delete(m, key)
		return
	}
}

// sweep removes idle callers, each time the number of callers has doubled.
func (l *rateLimiter) sweep(now time.Time) {
	if len(l.callers) < l.sweepAt {
		return
	}
	for id, c := range l.callers {
		c.drop(now)
		if len(c.at) == 0 && c.reads == 0 && c.writes == 0 && (c.today == 0 || now.Sub(c.day) >= 24*time.Hour) {
			delete(l.callers, id)
		}
	}
	l.sweepAt = max(1024, 2*len(l.callers))
}
