package mockserver

import (
	"net/http"
	"sync"
	"time"
)

// rateLimiter bounds the requests of each user or client address, in the server's order: requests in a sliding minute,
// requests at a time, writes a day (RateLimiterSettings.cs). The server's shipped configuration leaves loopback out;
// here that would leave everybody out.
type rateLimiter struct {
	mu      sync.Mutex
	callers map[string]*callerRate
	sweepAt int
}

// Bounds of what the limiters remember, whatever is sent.
const (
	maxCallers = 10_000 // beyond them somebody is forgotten
	maxMoments = 4096   // beyond them requests that come shortly after one another count as one moment
)

type callerRate struct {
	at            []moment  // requests of the last minute, oldest first
	recent        int       // their number
	reads, writes int       // under way
	day           time.Time // when the current day of writes began
	today         int       // writes of that day
}

// moment is a time at which requests came.
type moment struct {
	time.Time
	requests int
}

// rate is what the limiter says of a request.
type rate struct {
	refused          bool
	limit, remaining int
	reset            time.Time
	retryAfter       time.Duration // 0 is unknown
}

func newRateLimiter() *rateLimiter {
	return &rateLimiter{callers: map[string]*callerRate{}, sweepAt: 1024}
}

// enter counts a request. A limit that is not enabled counts too, up to its end, for the headers. leave is to be called
// when the request is over.
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
		// Whether the server's lease supplies Retry-After here differs between the versions of the library.
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
	if daily && limit.Enabled { // else every writer would be kept for a day
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

// forgetOne makes room in a map that callers could fill.
func forgetOne[K comparable, V any](m map[K]V) {
	for key := range m {
		delete(m, key)
		return
	}
}

// sweep forgets idle callers whenever their number has doubled.
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
