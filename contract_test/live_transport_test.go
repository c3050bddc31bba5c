package contract_test

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// patient is the way to a live portal. What changes something comes to its end although the run is over meanwhile, so that
// nothing arrives at the portal after it was put back. A portal that is busy is asked again, so that a bad moment is no
// deviation.
type liveTransport struct {
	next       http.RoundTripper
	changed    atomic.Bool // something was sent that may have changed a switch
	alwaysBusy sync.Map    // calls and statuses that stayed the same however often they were asked again
}

// maxAttempts is how often a busy portal is asked.
const maxAttempts = 4

func newLiveTransport(next http.RoundTripper) *liveTransport { return &liveTransport{next: next} }

func (p *liveTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	var sent []byte
	if r.Body != nil {
		var err error
		if sent, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	for attempt := 1; ; attempt++ {
		if err := r.Context().Err(); err != nil {
			return nil, err // nothing begins after the end
		}
		resp, err := p.once(r, sent)
		if err != nil {
			return nil, err
		}
		wait, busy := busyFor(resp, attempt)
		if !busy {
			return resp, nil
		}
		call := r.Method + " " + r.URL.Path + " " + strconv.Itoa(resp.StatusCode)
		if _, known := p.alwaysBusy.Load(call); known || attempt == maxAttempts {
			p.alwaysBusy.Store(call, true)
			return resp, nil
		}
		pause(r.Context(), wait)
	}
}

// once sends the request, and reads the whole answer.
func (p *liveTransport) once(r *http.Request, sent []byte) (*http.Response, error) {
	ctx := r.Context()
	if r.Method == http.MethodPut || r.Method == http.MethodPost {
		ctx = context.WithoutCancel(ctx)
	}
	if r.Method == http.MethodPut {
		p.changed.Store(true)
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	resp, err := p.next.RoundTrip(withBody(r.Clone(ctx), sent))
	if err != nil {
		return nil, err
	}
	if _, err := wholeBody(resp); err != nil {
		return nil, err
	}
	return resp, nil
}

// busyFor says whether the portal, or what stands before it, is only busy, and how long to wait before it is asked once more.
// The 429 of too many passwords is no such thing, and has no X-RateLimit-Limit.
func busyFor(resp *http.Response, attempt int) (wait time.Duration, busy bool) {
	switch resp.StatusCode {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return 250 * time.Millisecond << (attempt - 1), true
	case http.StatusTooManyRequests:
		if resp.Header.Get("X-RateLimit-Limit") == "" {
			return 0, false
		}
		wait = time.Duration(attempt) * time.Second
		if seconds, err := strconv.Atoi(strings.TrimSpace(resp.Header.Get("Retry-After"))); err == nil {
			wait = time.Duration(seconds) * time.Second
		} else if at, err := strconv.ParseInt(resp.Header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
			wait = time.Until(time.Unix(at, 0))
		}
		return min(max(wait, time.Second), time.Minute), true
	default:
		return 0, false
	}
}
