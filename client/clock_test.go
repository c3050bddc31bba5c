package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// handClock is a clock that stands still until a test moves it.
type handClock struct {
	mu    sync.Mutex
	now   time.Time
	moved chan struct{}
}

func newHandClock() *handClock {
	return &handClock{now: time.Date(2030, 5, 1, 12, 0, 0, 0, time.UTC), moved: make(chan struct{})}
}

func (c *handClock) read() (now time.Time, moved <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now, c.moved
}

func (c *handClock) Now() time.Time {
	now, _ := c.read()
	return now
}

func (c *handClock) WaitUntil(ctx context.Context, at time.Time) error {
	for {
		now, moved := c.read()
		if !now.Before(at) {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (c *handClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	close(c.moved)
	c.moved = make(chan struct{})
}

func TestGuardFollowsTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newHandClock()
		portal, s := scripted(t, []client.Option{client.WithClock(clock)}, wrong)
		mustBe(t, unlock(portal, "KEY", 5), client.ErrInvalidPassword)
		<-time.After(time.Hour) // the time of day does not count
		mustBeGuarded(t, unlock(portal, "KEY", 1), time.Minute)
		clock.advance(time.Minute - 1)
		mustBeGuarded(t, unlock(portal, "KEY", 1), time.Second)
		clock.advance(1)
		mustBe(t, unlock(portal, "KEY", 5), client.ErrInvalidPassword)
		clock.advance(-time.Minute) // as a portal, the guard then waits longer
		mustBeGuarded(t, unlock(portal, "KEY", 1), 2*time.Minute)

		another, _ := scripted(t, []client.Option{client.WithClock(clock)}, wrong)
		mustBe(t, unlock(another, "KEY", 1), client.ErrInvalidPassword) // a new Portal counts from zero
		if len(s.sent) != 10 {
			t.Errorf("sent %d times", len(s.sent))
		}
	})
}

// A person who is locked out can sign in when the portal's clock has gone on, also one that the portal itself has locked out.
func TestSignInFollowsTheClock(t *testing.T) {
	clock := newHandClock()
	refused := answer{status: 401, body: errorJSON(401, "wrong", "null")}
	portal, s := scripted(t, []client.Option{client.WithClock(clock)}, refused)
	signIn := func() error {
		_, err := portal.SignIn(context.Background(), "me@example.com", "pw-1")
		return err
	}
	for range 5 {
		mustBe(t, signIn(), client.ErrUnauthorized)
	}
	mustBe(t, signIn(), client.ErrTooManyAttempts)
	clock.advance(time.Minute)
	mustBe(t, signIn(), client.ErrUnauthorized)

	clock.advance(time.Minute)
	s.sent, s.answers = nil, []answer{{status: 429, body: errorJSON(429, "slow down", "null"), header: http.Header{"Retry-After": {"40"}}}, refused}
	mustBe(t, signIn(), client.ErrTooManyAttempts, client.ErrRateLimited)
	clock.advance(39 * time.Second)
	mustBe(t, signIn(), client.ErrTooManyAttempts)
	clock.advance(time.Second)
	mustBe(t, signIn(), client.ErrUnauthorized)
}

// What a Retry-After asks for is waited for on the clock, and may be longer than the call is allowed to take.
func TestRetriesFollowTheClock(t *testing.T) {
	const date = "Wed, 01 May 2030 12:00:30 GMT" // 30 s from now on
	for _, after := range []string{"30", date} {
		synctest.Test(t, func(t *testing.T) {
			clock := newHandClock()
			portal, s := scripted(t, []client.Option{client.WithClock(clock), client.WithTimeout(10 * time.Second)}, status(503, "Retry-After", after), successOf("GET"))
			done := make(chan error, 1)
			go func() { done <- callBy(portal, "GET") }()
			synctest.Wait()
			clock.advance(30*time.Second - 1)
			synctest.Wait()
			if len(s.sent) != 1 || len(done) != 0 {
				t.Errorf("%s: sent %d times", after, len(s.sent))
			}
			clock.advance(1)
			if err := <-done; err != nil || len(s.sent) != 2 || s.waits()[0] != 0 {
				t.Errorf("%s: %v, sent %d times after %v", after, err, len(s.sent), s.waits())
			}
		})
	}
}

// On a clock that stands still every wait ends with the call: by its own deadline, by the caller's, or when the caller gives up.
func TestNoWaitIsForever(t *testing.T) {
	for name, test := range map[string]struct {
		deadline, cancel time.Duration
		want             error
		took             time.Duration
	}{
		"the call's deadline":   {0, 0, context.DeadlineExceeded, 10 * time.Second},
		"the caller's deadline": {7 * time.Second, 0, context.DeadlineExceeded, 7 * time.Second},
		"the caller gives up":   {0, 3 * time.Second, context.Canceled, 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				portal, s := scripted(t, []client.Option{client.WithClock(newHandClock()), client.WithTimeout(10 * time.Second)}, status(503))
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				if test.deadline > 0 {
					ctx, cancel = context.WithTimeout(ctx, test.deadline)
					defer cancel()
				}
				if test.cancel > 0 {
					time.AfterFunc(test.cancel, cancel)
				}
				began := time.Now()
				_, err := portal.FilesSettings(ctx)
				mustBe(t, err, client.ErrConnection)
				if !errors.Is(err, test.want) || !strings.Contains(err.Error(), "while waiting to try again after HTTP 503") || time.Since(began) != test.took || len(s.sent) != 1 {
					t.Errorf("got %v after %v, sent %d times", err, time.Since(began), len(s.sent))
				}
			})
		})
	}
}

// The deadlines of requests are in real time. When an attempt took all of it, its own error counts.
func TestDeadlinesDoNotFollowTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newHandClock()
		portal, s := scripted(t, []client.Option{client.WithClock(clock), client.WithTimeout(10 * time.Second), client.WithAttemptTimeout(time.Minute)}, answer{hang: true})
		done := make(chan error, 1)
		began := time.Now()
		go func() { done <- callBy(portal, "GET") }()
		synctest.Wait()
		clock.advance(time.Hour)
		err := <-done
		mustBe(t, err, client.ErrConnection)
		if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "try again") || time.Since(began) != 10*time.Second || len(s.sent) != 1 {
			t.Errorf("got %v after %v, sent %d times", err, time.Since(began), len(s.sent))
		}
	})
}

// brokenClock never gets anywhere, and says so.
type brokenClock struct{ handClock }

func (*brokenClock) WaitUntil(context.Context, time.Time) error {
	return errors.New("the clock is broken")
}

func TestBrokenClock(t *testing.T) {
	portal, s := scripted(t, []client.Option{client.WithClock(&brokenClock{})}, status(503))
	err := callBy(portal, "GET")
	mustBe(t, err, client.ErrConnection)
	if !strings.Contains(err.Error(), "the clock is broken") || len(s.sent) != 1 {
		t.Errorf("got %v, sent %d times", err, len(s.sent))
	}
}

// hastyClock goes on by every wait, so that nobody has to.
type hastyClock struct{ *handClock }

func (c hastyClock) WaitUntil(_ context.Context, at time.Time) error {
	c.advance(at.Sub(c.Now()))
	return nil
}

func TestRetryBudgetFollowsTheClock(t *testing.T) {
	clock := newHandClock()
	policy := client.RetryPolicy{Attempts: 2, Budget: 10, BaseDelay: time.Nanosecond}
	portal, s := scripted(t, []client.Option{client.WithClock(hastyClock{clock}), client.WithRetry(policy)}, status(503))
	retries := func() int {
		s.sent = nil
		for range 20 {
			mustBe(t, callBy(portal, "GET"), client.ErrServer)
		}
		return len(s.sent) - 20
	}
	for _, step := range []struct {
		by   time.Duration
		want int
	}{{0, 10}, {4 * time.Second, 4}, {-time.Hour, 0}, {2 * time.Second, 2}} {
		clock.advance(step.by)
		if got := retries(); got != step.want {
			t.Errorf("after %v: %d retries", step.by, got)
		}
	}
}

func TestRateLimitFollowsTheClock(t *testing.T) {
	clock := newHandClock()
	portal, _ := scripted(t, []client.Option{client.WithClock(clock)}, status(429, "X-RateLimit-Reset", "37"))
	_, err := portal.Unlock(context.Background(), "KEY", "pw-1")
	if e := asError(t, err); !e.RateLimit.Reset.Equal(clock.Now().Add(37 * time.Second)) {
		t.Errorf("got %v", e.RateLimit.Reset)
	}
}

// Cookies of a visitor end on the clock, whatever the time of day is.
func TestCookiesFollowTheClock(t *testing.T) {
	clock := newHandClock() // in 2030
	portal, _ := scripted(t, []client.Option{client.WithClock(clock)}, cookied(`{"status":0}`,
		"stays=x; path=/", "gone=x; path=/; expires=Wed, 01 May 2030 12:00:00 GMT", "deleted=x; path=/; max-age=-1",
		"minute=x; path=/; max-age=60", "hour=x; domain=portal.example; path=/; expires=Wed, 01 May 2030 13:00:00 GMT",
		"below=x; max-age=60", "again=x; path=/; max-age=60", "again=y; path=/",
	))
	if err := unlock(portal, "KEY", 1); err != nil {
		t.Fatal(err)
	}
	at := address(t, "https://portal.example/api/2.0/files/share/KEY/password")
	is := func(want ...string) {
		t.Helper()
		var names []string
		for _, cookie := range portal.VisitorJar().Cookies(at) {
			names = append(names, cookie.Name)
		}
		if fmt.Sprint(names) != fmt.Sprint(want) {
			t.Errorf("at %v: got %v, want %v", clock.Now(), names, want)
		}
	}
	is("below", "stays", "minute", "hour", "again")
	clock.advance(time.Minute - 1)
	is("below", "stays", "minute", "hour", "again")
	clock.advance(1)
	is("stays", "hour", "again")
	clock.advance(time.Hour)
	is("stays", "again")
}

// The last answer that sets a cookie says when it ends, whichever link it was for and however it names the host.
func TestLaterCookiesFollowTheClock(t *testing.T) {
	at := address(t, "https://portal.example/api/2.0/files/share/KEY/password")
	for name, test := range map[string]struct{ first, second string }{
		"another link": {"c=x; path=/; max-age=60", "c=y; path=/; max-age=3600"},
		"no end":       {"c=x; path=/; max-age=60", "c=y; path=/"},
		"the host":     {"c=x; path=/; max-age=60", "c=y; path=/; domain=.Portal.example"},
		"no path":      {"c=x; path=/api/2.0/files/share/KEY; max-age=60", "c=y"},
		"wider":        {"c=x; path=/x; max-age=60", "c=y; path=/"},
	} {
		clock := newHandClock()
		portal, _ := scripted(t, []client.Option{client.WithClock(clock)}, cookied(`{"status":0}`, test.first), cookied(`{"status":0}`, test.second))
		for _, key := range []string{"ANOTHER", "KEY"} {
			if err := unlock(portal, key, 1); err != nil {
				t.Fatal(err)
			}
		}
		clock.advance(time.Minute)
		if cookies := portal.VisitorJar().Cookies(at); len(cookies) != 1 || cookies[0].Value != "y" {
			t.Errorf("%s: %d cookies", name, len(cookies))
		}
	}
}

// drivenClock is moved by others while somebody waits for it.
type drivenClock struct{ *handClock }

func (c drivenClock) WaitUntil(ctx context.Context, at time.Time) error {
	go c.advance(max(at.Sub(c.Now()), 0))
	return c.handClock.WaitUntil(ctx, at)
}

func TestClockIsUsedConcurrently(t *testing.T) {
	clock := drivenClock{newHandClock()}
	portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			reply(200, jsonType, envelope(`{"status":4}`), "Set-Cookie", "c=x; max-age=1; path=/")(w, r)
			return
		}
		reply(503, jsonType, "", "Retry-After", "1")(w, r)
	}, client.WithClock(clock), client.WithRetry(client.RetryPolicy{Budget: 1000}))
	var calls sync.WaitGroup
	for range 4 {
		calls.Go(func() {
			for range 10 {
				if err := callBy(portal, "GET"); !errors.Is(err, client.ErrServer) {
					t.Error(err)
				}
				_ = unlock(portal, "KEY", 1)
			}
		})
	}
	calls.Wait()
}
