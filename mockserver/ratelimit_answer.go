package mockserver

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// limitRate applies the rate limit. It runs after authentication and before authorization, so it limits anonymous callers too
// (BaseStartup.cs).
func (s *Server) limitRate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		limit, p := call.state.portal.Limits.RateLimit, call.state.profile
		if !limit.Enabled && !p.rateLimitHeaders || call.isHealthCheck() {
			return next(c)
		}
		id := "address " + call.remote
		if call.caller != nil {
			id = "user " + call.caller.ID
		}
		r, leave := call.era.rates.enter(id, c.Request().Method, limit, call.started)
		defer leave()
		if r.refused {
			call.becauseOf(r.claim)
			call.hintEnd(r)
			return r.refusal(p)
		}
		call.rate, call.tellsRate = r, p.rateLimitHeaders
		return next(c)
	}
}

// isHealthCheck says whether the path is that of the health check. The server answers it before its limiter.
func (c *call) isHealthCheck() bool {
	return len(c.parts) == 1 && dotnet.EqualFold(c.parts[0], "health")
}

// hintEnd hints at profiles that say otherwise when a refusal ends.
func (c *call) hintEnd(r rate) {
	for _, other := range profiles {
		switch {
		case r.tellsEnd || other.limitsTellEnd == c.state.profile.limitsTellEnd:
		case other.limitsTellEnd:
			c.differs(other, "{answers|answer} this 429 with a body, Retry-After and X-RateLimit-Reset").because(r.claim.by(other))
		default:
			c.differs(other, "{answers|answer} this 429 without a body, Retry-After and X-RateLimit-Reset").because(r.claim.by(other))
		}
	}
}

// refusal is the answer 429 of a profile.
func (r rate) refusal(p *profile) error {
	header, seconds := http.Header{}, int((r.retryAfter+time.Second-1)/time.Second)
	r.setHeaders(header)
	switch {
	case p.limitsTellEnd:
		header.Set(echo.HeaderRetryAfter, strconv.Itoa(max(1, seconds)))
	case r.tellsEnd:
		header.Set(echo.HeaderRetryAfter, strconv.Itoa(seconds))
	default:
		header.Del(headerRateReset)
	}
	return &refusal{status: http.StatusTooManyRequests, message: "Too many requests: wait as long as Retry-After says", header: header}
}

const headerRateReset = "X-RateLimit-Reset"

func (r rate) setHeaders(h http.Header) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(r.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, r.remaining)))
	h.Set(headerRateReset, strconv.FormatInt(r.reset.Unix(), 10))
}
