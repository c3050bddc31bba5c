package client

import (
	"math"
	"net/http"
	"time"
)

// RateLimit is what an answer says about the limit of requests, in X-RateLimit-Limit, -Remaining and -Reset. The zero value
// means that it says nothing. A real portal says nothing on success.
type RateLimit struct {
	Limit     int       // how many requests are allowed; 0 when the answer does not say
	Remaining int       // how many of them are left
	Reset     time.Time // when there will be more; zero when the answer does not say
}

// firstTimestamp tells the two readings of X-RateLimit-Reset apart. The reference has Unix seconds. An older page has seconds
// from now.
const firstTimestamp = 1_000_000_000

// lastTimestamp is the end of the year 9999. JSON has no later time.
const lastTimestamp = 253_402_300_799

func (c *call) rateLimit(resp *http.Response) RateLimit {
	var r RateLimit
	h := resp.Header
	if n, ok := readNumber(h, "X-Ratelimit-Limit"); ok {
		r.Limit = int(min(n, math.MaxInt))
	}
	if n, ok := readNumber(h, "X-Ratelimit-Remaining"); ok {
		r.Remaining = int(min(n, math.MaxInt))
	}
	if n, ok := readNumber(h, "X-Ratelimit-Reset"); ok {
		if n < firstTimestamp {
			r.Reset = c.cfg.clock.Now().Add(time.Duration(n) * time.Second)
		} else {
			r.Reset = time.Unix(min(n, lastTimestamp), 0)
		}
	}
	return r
}

// readNumber reads a number of a header. One that is too large counts as the largest one, because it says that there is much.
func readNumber(h http.Header, name string) (int64, bool) {
	n, ok := wholeNumber(h.Get(name))
	return n, ok && n >= 0
}
