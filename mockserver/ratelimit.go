package mockserver

import (
	"net/http"
	"sync"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// rateLimiter limits the requests of each user or client address. It checks in the server's order: requests in a sliding
// minute, requests at the same time, writes in a day (RateLimiterSettings.cs). The server's shipped configuration does not limit
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
	dayEnd        time.Time // the end of the day that began with a write; zero before the first one
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
	claim            said          // about the limit that refuses
	tellsEnd         bool          // the refusal says when the limit ends, as that of the day does
	limit, remaining int           // requests
	reset            time.Time     // when the limit ends
	retryAfter       time.Duration // 0 is unknown
}

func newRateLimiter() *rateLimiter {
	return &rateLimiter{callers: map[string]*callerRate{}, sweepAt: 1024}
}

// enter counts a request and decides on it. leave must be called when the request is over. A limit that is not enabled refuses
// nothing, but still counts for the headers.
//
// The limits are a chain. A request that a later one refuses has been counted by the limit of the minute, and no limit counts a
// request that an earlier one refuses (BaseStartup.cs).
func (l *rateLimiter) enter(id, method string, limit RateLimit, now time.Time) (r rate, leave func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.caller(id, now)
	c.drop(now)
	r = rate{limit: limit.PerMinute, remaining: limit.PerMinute - c.recent - 1, reset: now.Add(time.Minute)}
	switch {
	case c.recent < limit.PerMinute:
		c.add(now)
	case limit.Enabled:
		end := c.at[0].Add(time.Minute)
		return rate{refused: true, claim: said{"A802", "A801"}, limit: limit.PerMinute, reset: end, retryAfter: end.Sub(now)}, func() {}
	}
	if !limit.Enabled {
		return r, func() {}
	}
	running, atATime, claim := &c.writes, limit.ConcurrentWrites, both("A809")
	if dotnet.EqualFold(method, http.MethodGet) {
		running, atATime, claim = &c.reads, limit.ConcurrentReads, both("A810")
	}
	if *running >= atATime {
		return rate{refused: true, claim: claim, limit: atATime, reset: now}, func() {}
	}
	if dotnet.EqualFold(method, http.MethodPost) || dotnet.EqualFold(method, http.MethodPut) {
		if refused := c.write(limit, now); refused.refused {
			return refused, func() {}
		}
	}
	*running++
	return r, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		*running--
	}
}

func (l *rateLimiter) caller(id string, now time.Time) *callerRate {
	c := l.callers[id]
	if c == nil {
		l.sweep(now)
		if len(l.callers) >= maxCallers {
			forgetOne(l.callers)
		}
		c = &callerRate{}
		l.callers[id] = c
	}
	return c
}

// write counts a write, or refuses it. The server counts the time to the end of the day in whole seconds of its clock
// (RedisFixedWindowManager.cs (RedisRateLimiting)).
func (c *callerRate) write(limit RateLimit, now time.Time) (refused rate) {
	if !now.Before(c.dayEnd) {
		c.dayEnd, c.today = now.Add(24*time.Hour), 0
	}
	if c.today >= limit.WritesPerDay {
		left := time.Duration(c.dayEnd.Unix()-now.Unix()) * time.Second
		return rate{refused: true, claim: both("A807"), tellsEnd: true, limit: limit.WritesPerDay, reset: c.dayEnd, retryAfter: left}
	}
	c.today++
	return rate{}
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
		if len(c.at) == 0 && c.reads == 0 && c.writes == 0 && !now.Before(c.dayEnd) {
			delete(l.callers, id)
		}
	}
	l.sweepAt = max(1024, 2*len(l.callers))
}
