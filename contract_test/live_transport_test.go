package contract_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// liveTransport sends the requests to a live portal. A request that may change the portal is finished even when the run ends
// meanwhile, so that nothing arrives at the portal after it was put back. A request to a busy portal is sent again, so that a
// short overload is not reported as a deviation.
type liveTransport struct {
	next       http.RoundTripper
	changed    atomic.Bool // a request may have changed a switch
	madeLinks  atomic.Bool // a request may have made a link
	alwaysBusy sync.Map    // calls that had the same busy status at every attempt
}

// maxAttempts limits how often a request to a busy portal is sent.
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
			return nil, err // no request begins after the end
		}
		resp, err := p.sendOnce(r, sent)
		if err != nil {
			return nil, err
		}
		wait, busy := busyFor(resp, attempt)
		if !busy || makesRoom(r) && mayHaveMade(resp.StatusCode) { // which would make two
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

// sendOnce sends the request and reads the whole answer.
func (p *liveTransport) sendOnce(r *http.Request, sent []byte) (*http.Response, error) {
	ctx := r.Context()
	if r.Method != http.MethodGet || makesLink(r) {
		ctx = context.WithoutCancel(ctx)
	}
	if r.Method == http.MethodPut {
		p.changed.Store(true)
	}
	if makesLink(r) {
		p.madeLinks.Store(true)
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	resp, err := p.next.RoundTrip(withBody(r.Clone(ctx), sent))
	var unsent *net.OpError
	switch {
	case errors.As(err, &unsent) && unsent.Op == "dial":
		return nil, err
	case err != nil:
		return nil, &sentError{err}
	}
	if _, err := wholeBody(resp); err != nil {
		return nil, &sentError{err}
	}
	return resp, nil
}

// sentError is the error of a request that may have arrived at the portal.
type sentError struct{ error }

func (e *sentError) Unwrap() error { return e.error }

// busyFor says whether the portal or its proxy is only busy, and how long to wait before the next attempt. The 429 after too
// many wrong passwords does not count. It has no X-RateLimit-Limit.
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
