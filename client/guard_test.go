package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

var wrong = ok(`{"status":4}`)

// unlock tries a password for a link several times.
func unlock(portal *client.Portal, key string, times int) (err error) {
	for range times {
		_, err = portal.Unlock(context.Background(), key, "pw-1")
	}
	return err
}

// mustBeGuarded checks that the guard refused the attempt, and how long it says to wait.
func mustBeGuarded(t *testing.T, err error, wait time.Duration) {
	t.Helper()
	mustBe(t, err, client.ErrTooManyAttempts)
	if e := asError(t, err); e.RetryAfter != wait || e.StatusCode != 0 || e.Attempts != 0 || e.Operation != "applyExternalSharePassword" ||
		!strings.Contains(err.Error(), "nothing was sent") || !strings.Contains(err.Error(), "try again in "+wait.String()) {
		t.Errorf("got %+v, want a wait of %v", e, wait)
	}
}

func TestAttemptGuard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		portal, s := scripted(t, nil, wrong)
		for range 5 { // at 0, 1, 2, 3 and 4 s
			mustBe(t, unlock(portal, "KEY", 1), client.ErrInvalidPassword)
			<-time.After(time.Second)
		}
		mustBeGuarded(t, unlock(portal, "KEY", 1), 55*time.Second)
		mustBeGuarded(t, unlock(portal, "key", 1), 55*time.Second) // the portal's limiter takes it for the same link
		if len(s.sent) != 5 {
			t.Errorf("sent %d times", len(s.sent))
		}
		mustBe(t, unlock(portal, "OTHER", 1), client.ErrInvalidPassword)
		<-time.After(54 * time.Second)
		mustBeGuarded(t, unlock(portal, "KEY", 1), time.Second)
		if len(s.sent) != 6 {
			t.Errorf("sent %d times", len(s.sent))
		}
		<-time.After(time.Second)
		mustBe(t, unlock(portal, "KEY", 1), client.ErrInvalidPassword) // at 60 s the first attempt is too old to count
		mustBeGuarded(t, unlock(portal, "KEY", 1), time.Second)        // until the second attempt is too old
		if len(s.sent) != 7 {
			t.Errorf("sent %d times", len(s.sent))
		}
	})
}

// After five attempts with the same outcome: does the guard let the sixth one through?
func TestWhatTheGuardCounts(t *testing.T) {
	for name, test := range map[string]struct {
		outcome answer
		counts  bool
	}{
		"wrong password":  {wrong, true},
		"reset":           {answer{err: syscall.ECONNRESET}, true}, // the portal may have counted it
		"cut off":         {answer{err: io.ErrUnexpectedEOF}, true},
		"no answer":       {answer{hang: true}, true},
		"write failed":    {answer{err: &net.OpError{Op: "write", Err: syscall.EPIPE}}, true},
		"right password":  {ok(`{"status":0}`), false}, // the portal does not count it
		"no such link":    {ok(`{"status":1}`), false},
		"expired":         {ok(`{"status":2}`), false},
		"needs one":       {ok(`{"status":3}`), false},
		"denied":          {ok(`{"status":5}`), false},
		"new status":      {ok(`{"status":6}`), false},
		"not dialed":      {answer{err: &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}}, false},
		"no such host":    {answer{err: &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}}}, false},
		"proxy failed":    {status(502), true}, // nobody knows whether it reached the portal
		"portal failed":   {status(500), true},
		"not an answer":   {ok(`[]`), true},
		"request refused": {status(400), false},
		"not found":       {status(404), false},
		"request limit":   {status(429, "X-RateLimit-Limit", "1500", "Retry-After", "40"), false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				portal, s := scripted(t, []client.Option{client.WithAttemptTimeout(time.Second)}, test.outcome)
				err := unlock(portal, "KEY", 6)
				if (len(s.sent) == 5) != test.counts || errors.Is(err, client.ErrTooManyAttempts) != test.counts {
					t.Errorf("sent %d times: %v", len(s.sent), err)
				}
			})
		})
	}
}

// An attempt that was not sent does not count as wrong.
func TestGuardDoesNotCountWhatWasNotSent(t *testing.T) {
	portal, s := scripted(t, nil, wrong)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 10 {
		_, err := portal.Unlock(ctx, "KEY", "pw-1")
		mustBe(t, err, client.ErrConnection)
		_, err = portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1")
		mustBe(t, err, client.ErrConnection)
		_, err = portal.Unlock(context.Background(), "KEY", "\xff")
		mustBe(t, err, client.ErrInvalidArgument)
	}
	if err := unlock(portal, "KEY", 5); !errors.Is(err, client.ErrInvalidPassword) || len(s.sent) != 5 {
		t.Errorf("got %v, sent %d times", err, len(s.sent))
	}
}

func TestRightPasswordTakesNothing(t *testing.T) {
	right := ok(`{"status":0}`)
	portal, s := scripted(t, nil, wrong, wrong, right, wrong, right, wrong, right, right, wrong, right)
	for i, want := range []error{client.ErrInvalidPassword, client.ErrInvalidPassword, nil, client.ErrInvalidPassword, nil, client.ErrInvalidPassword, nil, nil, client.ErrInvalidPassword} {
		if err := unlock(portal, "KEY", 1); !errors.Is(err, want) {
			t.Errorf("%d: got %v", i, err)
		}
	}
	mustBe(t, unlock(portal, "KEY", 1), client.ErrTooManyAttempts)
	if len(s.sent) != 9 {
		t.Errorf("sent %d times", len(s.sent))
	}
}

// gate is a transport whose requests wait until the test gives each an answer. Requests for the link OTHER do not wait.
type gate struct {
	mu          sync.Mutex
	under, most int
	through     chan answer
}

func (g *gate) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.Path, "OTHER") {
		return (&script{answers: []answer{successOf("POST")}}).RoundTrip(r)
	}
	g.enter(1)
	defer g.enter(-1)
	return (&script{answers: []answer{<-g.through}}).RoundTrip(r)
}

func (g *gate) enter(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.under += n
	g.most = max(g.most, g.under)
}

// Five attempts under way may all turn out wrong. So the sixth one waits until one of them ends.
func TestConcurrentAttempts(t *testing.T) {
	for name, test := range map[string]struct {
		outcome    answer
		sent, kept int
	}{
		"all wrong": {wrong, 5, 15},
		"all right": {ok(`{"status":0}`), 20, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := &gate{through: make(chan answer)}
				portal := newPortal(t, "https://portal.example", client.WithHTTPClient(&http.Client{Transport: g}))
				results := make(chan error, 20)
				for range 20 {
					go func() { results <- unlock(portal, "KEY", 1) }()
				}
				synctest.Wait()
				if g.under != 5 {
					t.Errorf("%d are under way", g.under)
				}
				ctx, cancel := context.WithTimeout(context.Background(), time.Second)
				defer cancel()
				_, err := portal.Unlock(ctx, "KEY", "pw-1") // it waits no longer than its context
				mustBe(t, err, client.ErrConnection)
				if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "nothing was sent") {
					t.Errorf("got %v", err)
				}
				if err := unlock(portal, "OTHER", 1); err != nil { // it does not wait for the other link
					t.Error(err)
				}
				for range test.sent {
					g.through <- test.outcome
				}
				kept := 0
				for range 20 {
					if err := <-results; errors.Is(err, client.ErrTooManyAttempts) {
						kept++
					}
				}
				if kept != test.kept || g.most != 5 {
					t.Errorf("%d were kept, %d under way at most", kept, g.most)
				}
			})
		})
	}
}

// The guard counts the attempts of ApplyExternalSharePassword, because the portal does. It does not stop them.
func TestGuardCountsApplyExternalSharePassword(t *testing.T) {
	portal, s := scripted(t, nil, wrong)
	for range 7 {
		_, err := portal.ApplyExternalSharePassword(context.Background(), "KEY", "pw-1")
		mustBe(t, err, client.ErrInvalidPassword)
	}
	mustBe(t, unlock(portal, "KEY", 1), client.ErrTooManyAttempts)
	if len(s.sent) != 7 {
		t.Errorf("sent %d times", len(s.sent))
	}
}

func TestWithoutAttemptGuard(t *testing.T) {
	locked := answer{status: 403, body: errorJSON(403, "too often", "null")}
	portal, s := scripted(t, []client.Option{client.WithoutAttemptGuard()}, wrong, wrong, wrong, wrong, wrong, locked)
	mustBe(t, unlock(portal, "KEY", 5), client.ErrInvalidPassword)
	mustBe(t, unlock(portal, "KEY", 5), client.ErrTooManyAttempts, client.ErrForbidden)
	if len(s.sent) != 10 {
		t.Errorf("sent %d times", len(s.sent))
	}
}

// Other programs may have tried from the same address. Then the portal refuses the attempt.
func TestPortalLocksTheLink(t *testing.T) {
	body := func(code int) string { return errorJSON(code, "too often", "null") }
	right := ok(`{"status":0}`)
	t.Run("403", func(t *testing.T) {
		portal, s := scripted(t, nil, answer{status: 403, body: body(403)}, right)
		err := unlock(portal, "KEY", 1)
		mustBe(t, err, client.ErrTooManyAttempts, client.ErrForbidden)
		if e := asError(t, err); e.RetryAfter != 0 || e.Attempts != 1 {
			t.Errorf("got %+v", e)
		}
		if err := unlock(portal, "KEY", 1); err != nil || len(s.sent) != 2 { // the portal did not say how long to wait
			t.Errorf("got %v", err)
		}
	})
	for name, call := range map[string]func(*client.Portal) error{
		"429": func(p *client.Portal) error { return unlock(p, "KEY", 1) },
		"429 of ApplyExternalSharePassword": func(p *client.Portal) error {
			_, err := p.ApplyExternalSharePassword(context.Background(), "KEY", "pw-1")
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				portal, s := scripted(t, nil, answer{status: 429, body: body(429), header: http.Header{"Retry-After": {"40"}}}, right)
				err := call(portal)
				mustBe(t, err, client.ErrTooManyAttempts, client.ErrRateLimited)
				if e := asError(t, err); e.RetryAfter != 40*time.Second {
					t.Errorf("got %+v", e)
				}
				mustBeGuarded(t, unlock(portal, "KEY", 1), 40*time.Second)
				<-time.After(39 * time.Second)
				mustBeGuarded(t, unlock(portal, "KEY", 1), time.Second)
				if err := unlock(portal, "OTHER", 1); err != nil {
					t.Error(err)
				}
				<-time.After(time.Second)
				if err := unlock(portal, "KEY", 1); err != nil || len(s.sent) != 3 {
					t.Errorf("got %v, sent %d times", err, len(s.sent))
				}
			})
		})
	}
}

// A panic in code of others ends the attempt for the guard. It counts as wrong, because the password may have been sent.
func TestGuardAfterAPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // which fails at once when a call waits for ever
		panics := true
		portal := newPortal(t, "https://portal.example", client.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) {
			if panics {
				panic("own words")
			}
			return &http.Response{StatusCode: 401}, nil
		})))
		for range 5 {
			func() {
				defer func() {
					if said := recover(); said != "own words" {
						t.Errorf("recovered %v", said)
					}
				}()
				unlock(portal, "KEY", 1)
			}()
		}
		panics = false
		mustBeGuarded(t, unlock(portal, "KEY", 1), time.Minute)
		<-time.After(time.Minute)
		mustBe(t, unlock(portal, "KEY", 1), client.ErrUnauthorized)
	})
}

// The guard forgets old links, so that it stays small in a server that runs for months.
func TestGuardForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		portal := newPortal(t, "https://portal.example", client.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {jsonType}}, Body: io.NopCloser(strings.NewReader(wrong.body))}, nil
		})))
		try := func(from, to int) {
			for i := from; i < to; i++ {
				if i%50 == 0 {
					<-time.After(time.Minute)
				}
				if err := unlock(portal, fmt.Sprint("KEY", i), 1); !errors.Is(err, client.ErrInvalidPassword) {
					t.Fatal(err)
				}
			}
		}
		inUse := func() uint64 {
			var m runtime.MemStats
			runtime.GC()
			runtime.GC()
			runtime.ReadMemStats(&m)
			return m.HeapAlloc
		}
		try(0, 500)
		before := inUse()
		try(500, 10_500) // that would be 2 MB if the guard forgot nothing
		if after := inUse(); after > before+500<<10 {
			t.Errorf("%d KB more are in use", (after-before)>>10)
		}
		runtime.KeepAlive(portal)
	})
}
