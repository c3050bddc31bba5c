package client

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

// retryAfter reads the Retry-After of an answer, which is a number of seconds or a date. It gives 0 when the header is neither.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseInt(header, 10, 64); err == nil {
		return time.Duration(min(max(seconds, 0), math.MaxInt64/int64(time.Second))) * time.Second
	}
	if date, err := http.ParseTime(header); err == nil {
		return max(date.Sub(now), 0)
	}
	return 0
}
