package mockserver

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
)

// limitRate applies the rate limit. It runs after authentication and before authorization, so it limits anonymous callers too
// (BaseStartup.cs).
func (s *Server) limitRate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		limit, p := call.state.portal.Limits.RateLimit, call.state.profile
		if !limit.Enabled && !p.rateLimitHeaders {
			return next(c)
		}
		id := "address " + call.remote
		if call.caller != nil {
			id = "user " + call.caller.ID
		}
		r, leave := s.rates.Load().enter(id, c.Request().Method, limit, call.started)
		defer leave()
		if r.refused {
			return r.refusal(p)
		}
		if p.rateLimitHeaders {
			c.Response().Before(func() {
				if c.Response().Status == http.StatusOK {
					for name, values := range r.header() {
						c.Response().Header()[name] = values
					}
				}
			})
		}
		return next(c)
	}
}

// refusal is the answer 429 of a profile.
func (r rate) refusal(p *profile) error {
	header := r.header()
	seconds := (r.retryAfter + time.Second - 1) / time.Second
	if seconds == 0 && p.errorMessages {
		seconds = 1 // the reference promises the header with every 429
	}
	if seconds > 0 {
		header.Set(echo.HeaderRetryAfter, strconv.Itoa(int(seconds)))
	}
	return &refusal{status: http.StatusTooManyRequests, message: "Too many requests: wait as long as Retry-After says", header: header}
}

func (r rate) header() http.Header {
	h := http.Header{}
	h.Set("X-RateLimit-Limit", strconv.Itoa(r.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, r.remaining)))
	h.Set("X-RateLimit-Reset", strconv.FormatInt(r.reset.Unix(), 10))
	return h
}
