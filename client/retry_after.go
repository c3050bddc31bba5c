package client

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// longestRetryAfter is the longest wait that a number of seconds can ask for.
const longestRetryAfter = math.MaxInt64 / int64(time.Second)

// retryAfter reads the Retry-After of an answer, which is a number of seconds or a date. It gives 0 when the header is neither.
// A number that is too large for Go is the longest wait.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, ok := wholeNumber(header); ok {
		return time.Duration(min(max(seconds, 0), longestRetryAfter)) * time.Second
	}
	if date, err := http.ParseTime(header); err == nil {
		return max(date.Sub(now), 0)
	}
	return 0
}

// wholeNumber reads a whole number of a header. One that is too large or too small for Go is the largest or the smallest one.
func wholeNumber(header string) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(header), 10, 64)
	return n, err == nil || errors.Is(err, strconv.ErrRange)
}
