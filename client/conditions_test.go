package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// retryCase is a call whose first answer asks for a wait of 7 s.
type retryCase struct {
	attempts             int
	method               string
	outcome              answer
	timeout, callersTime time.Duration
	usedUp, ended        bool
}

// againstRetry are the reasons not to send a call again. Each of them is enough.
var againstRetry = map[string]func(*retryCase){
	"no attempts left":        func(c *retryCase) { c.attempts = 1 },
	"no retries left":         func(c *retryCase) { c.usedUp = true },
	"not repeatable":          func(c *retryCase) { c.method = "POST" },
	"not transient":           func(c *retryCase) { c.outcome = status(404, "Retry-After", "7") },
	"no time of the call":     func(c *retryCase) { c.timeout = 7 * time.Second },
	"no time of the caller":   func(c *retryCase) { c.callersTime = 7 * time.Second },
	"the caller has ended it": func(c *retryCase) { c.ended = true },
}

// run makes the call. times is how often it was sent, and left whether it has left the one retry that all calls have together.
func (c retryCase) run(t *testing.T) (times int, left bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), c.callersTime)
	defer cancel()
	ending := false
	portal, s := scripted(t, []client.Option{
		client.WithRetry(client.RetryPolicy{Attempts: c.attempts, Budget: 1, BaseDelay: 1}), client.WithTimeout(c.timeout),
		client.WithHooks(client.Hooks{After: func(context.Context, client.Attempt) {
			if ending {
				cancel()
			}
		}}),
	}, status(503), successOf("GET"))
	if c.usedUp {
		_, _ = portal.API().GetFilesSettings(t.Context(), nil)
		if len(s.sent) == 1 { // a call of one attempt uses nothing up
			c.usedUp = false
		}
		s.sent = nil
	}
	s.answers, ending = []answer{c.outcome, successOf(c.method)}, c.ended
	begun := time.Now()
	if c.method == "POST" {
		_, _ = portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1")
	} else {
		_, _ = portal.FilesSettings(ctx)
	}
	times = len(s.sent)
	if waited := time.Since(begun); times == 1 && waited != 0 {
		t.Errorf("%+v: waited %v for nothing", c, waited)
	}
	ending = false
	s.answers, s.sent = []answer{{err: syscall.ECONNRESET}, successOf("GET")}, nil
	_ = callBy(portal, "GET")
	return times, len(s.sent) == 2
}

func newRetryCase(reasons ...string) *retryCase {
	c := &retryCase{attempts: 2, method: "GET", outcome: status(503, "Retry-After", "7"), timeout: 7*time.Second + 1, callersTime: 7*time.Second + 1}
	for _, reason := range reasons {
		againstRetry[reason](c)
	}
	return c
}

// Each reason alone, and each with every other one, keeps a call from being sent again. What is not sent again takes nothing of
// the budget that other calls need.
func TestReasonsNotToRetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if times, _ := newRetryCase().run(t); times != 2 { // with one nanosecond more than the wait
			t.Errorf("without a reason: sent %d times", times)
		}
		for one := range againstRetry {
			for other := range againstRetry {
				c := newRetryCase(one, other)
				if times, left := c.run(t); times != 1 || left == c.usedUp && c.attempts > 1 {
					t.Errorf("%s, %s: sent %d times, a retry is left: %t", one, other, times, left)
				}
			}
		}
	})
}

// The last instant at which a call is sent again, and the first at which it is not.
func TestEdgesOfRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, test := range map[string]struct {
			policy client.RetryPolicy
			after  string
			want   time.Duration // of the wait
		}{
			"the longest wait":    {client.RetryPolicy{}, "60", time.Minute},
			"a second less":       {client.RetryPolicy{}, "59", 59 * time.Second},
			"a second more":       {client.RetryPolicy{}, "61", time.Minute},
			"its own longest":     {client.RetryPolicy{MaxRetryAfter: 3 * time.Second}, "3", 3 * time.Second},
			"more than its own":   {client.RetryPolicy{MaxRetryAfter: 3*time.Second - 1}, "3", 3*time.Second - 1},
			"the smallest number": {client.RetryPolicy{}, "1", time.Second},
		} {
			portal, s := scripted(t, []client.Option{client.WithTimeout(time.Hour), client.WithRetry(test.policy)}, status(429, "Retry-After", test.after), successOf("GET"))
			if err := callBy(portal, "GET"); err != nil || len(s.sent) != 2 || s.waits()[0] != test.want {
				t.Errorf("%s: %v, waited %v", name, err, s.waits())
			}
		}
		// A retry comes back after a second, and not before.
		for wait, want := range map[time.Duration]int{time.Second - 1: 1, time.Second: 2} {
			portal, s := scripted(t, []client.Option{client.WithRetry(client.RetryPolicy{Attempts: 2, Budget: 1, BaseDelay: 1})}, status(503))
			_ = callBy(portal, "GET")
			s.sent = nil
			<-time.After(wait)
			if _ = callBy(portal, "GET"); len(s.sent) != want {
				t.Errorf("after %v: sent %d times", wait, len(s.sent))
			}
		}
	})
}

// More wrong passwords than a portal allows: what was sent in spite of the guard counts in the same way.
func TestMoreWrongPasswordsThanAllowed(t *testing.T) {
	for sent := 1; sent <= 9; sent++ {
		synctest.Test(t, func(t *testing.T) {
			portal, s := scripted(t, nil, wrong)
			for range sent { // at 0, 1, 2, … s
				_, err := portal.ApplyExternalSharePassword(t.Context(), "KEY", "pw-1")
				mustBe(t, err, client.ErrInvalidPassword)
				<-time.After(time.Second)
			}
			if sent < 5 {
				mustBe(t, unlock(portal, "KEY", 1), client.ErrInvalidPassword)
				return
			}
			// Within any minute are five: the attempt with that number from behind has to become too old.
			wait := time.Duration(sent-5)*time.Second + time.Minute - time.Duration(sent)*time.Second
			mustBeGuarded(t, unlock(portal, "KEY", 1), wait)
			<-time.After(wait - 1)
			mustBeGuarded(t, unlock(portal, "KEY", 1), time.Second) // one nanosecond is rounded up
			s.sent = nil
			<-time.After(1)
			mustBe(t, unlock(portal, "KEY", 1), client.ErrInvalidPassword)
			mustBeGuarded(t, unlock(portal, "KEY", 1), time.Second)
			if len(s.sent) != 1 {
				t.Errorf("sent %d times", len(s.sent))
			}
		})
	}
}

// The wait that a portal asks for counts with the attempts: whichever is longer.
func TestGuardAndWaitOfThePortal(t *testing.T) {
	for _, test := range []struct {
		earlier    int    // wrong passwords before
		retryAfter string // of the refusal
		want       time.Duration
	}{
		{0, "40", 40 * time.Second}, {4, "40", 40 * time.Second}, {4, "1", time.Second}, {0, "9223372036854775808", time.Minute}, {0, "61", time.Minute}, {5, "40", 40 * time.Second}, {5, "", time.Minute},
	} {
		synctest.Test(t, func(t *testing.T) {
			answers := make([]answer, 0, 7)
			for range test.earlier {
				answers = append(answers, wrong)
			}
			locked := answer{status: 429, body: errorJSON(429, "wait", "null"), header: http.Header{}}
			if test.retryAfter != "" {
				locked.header.Set("Retry-After", test.retryAfter)
			}
			portal, s := scripted(t, nil, append(answers, locked, wrong)...)
			for range test.earlier + 1 {
				_, _ = portal.ApplyExternalSharePassword(t.Context(), "KEY", "pw-1")
			}
			mustBeGuarded(t, unlock(portal, "KEY", 1), test.want)
			<-time.After(test.want - 1)
			mustBe(t, unlock(portal, "KEY", 1), client.ErrTooManyAttempts)
			s.answers, s.sent = []answer{wrong}, nil
			<-time.After(1)
			if err := unlock(portal, "KEY", 1); test.earlier < 5 || test.want == time.Minute {
				mustBe(t, err, client.ErrInvalidPassword)
			} else {
				mustBeGuarded(t, err, time.Minute-test.want)
			}
		})
	}
}

// The guard decides before the deadline and before the budget, and what it refuses takes nothing of either.
func TestGuardDeadlineAndBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		portal, s := scripted(t, []client.Option{client.WithRetry(client.RetryPolicy{Budget: 1, BaseDelay: 1, Attempts: 2})}, wrong)
		mustBe(t, unlock(portal, "KEY", 5), client.ErrInvalidPassword)
		_, err := portal.Unlock(ended, "KEY", "pw-1")
		mustBeGuarded(t, err, time.Minute) // there is a reason beside that of the caller
		_, err = portal.Unlock(ended, "OTHER", "pw-1")
		mustBe(t, err, client.ErrConnection)
		if !errors.Is(err, context.Canceled) || len(s.sent) != 5 {
			t.Errorf("got %v, sent %d times", err, len(s.sent))
		}
		s.answers, s.sent = []answer{status(503), successOf("GET")}, nil
		if err := callBy(portal, "GET"); err != nil || len(s.sent) != 2 {
			t.Errorf("the refused calls took the retry: %v", err)
		}
		mustBeGuarded(t, unlock(portal, "KEY", 1), time.Minute)
	})
	// While other attempts decide, the deadline goes on.
	for _, time1 := range []time.Duration{10*time.Second - 1, 10 * time.Second, 10*time.Second + 1} {
		synctest.Test(t, func(t *testing.T) {
			portal, s := scripted(t, []client.Option{client.WithAttemptTimeout(10 * time.Second), client.WithTimeout(time.Minute)}, wrong, wrong, wrong, wrong, answer{hang: true})
			mustBe(t, unlock(portal, "KEY", 4), client.ErrInvalidPassword)
			first := make(chan error, 1)
			go func() { first <- unlock(portal, "KEY", 1) }()
			synctest.Wait()
			ctx, cancel := context.WithTimeout(t.Context(), time1)
			defer cancel()
			_, err := portal.Unlock(ctx, "KEY", "pw-1")
			switch {
			case time1 < 10*time.Second:
				mustBe(t, err, client.ErrConnection)
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %v", err)
				}
			case time1 > 10*time.Second: // the attempt that got no answer may have counted
				mustBeGuarded(t, err, 50*time.Second)
			default: // both at once
				if !errors.Is(err, client.ErrConnection) && !errors.Is(err, client.ErrTooManyAttempts) {
					t.Errorf("got %v", err)
				}
			}
			mustBe(t, <-first, client.ErrConnection)
			if len(s.sent) != 5 {
				t.Errorf("sent %d times", len(s.sent))
			}
		})
	}
}

// Of two reasons not to follow a redirect, the first in this order is told. Nothing is sent for any of them.
func TestReasonsNotToFollowARedirect(t *testing.T) {
	reasons := []string{"another origin", "a user name", "POST is sent once", "would turn PUT into GET", "too many"}
	for first := range reasons {
		for second := first; second < len(reasons); second++ {
			has := func(reason int) bool { return first == reason || second == reason }
			if has(2) && (has(3) || has(4)) {
				continue // a POST is never turned, and follows none before
			}
			method, code, location, before := "PUT", 307, "https://portal.example/moved", 0
			if has(0) {
				location = "https://other.example/moved"
			}
			if has(1) {
				location = strings.Replace(location, "//", "//user:S3CRET@", 1)
			}
			if has(2) {
				method, code = "POST", 302 // net/http itself follows no 307 of a request that it cannot send again
			}
			if has(3) {
				code = 302
			}
			if has(4) {
				before = 5
			}
			var answers []answer
			for i := range before {
				answers = append(answers, status(307, "Location", fmt.Sprintf("/%d", i)))
			}
			portal, s := scripted(t, nil, append(answers, status(code, "Location", location), successOf("PUT"))...)
			err := callBy(portal, method)
			mustBe(t, err, client.ErrRedirect)
			if !strings.Contains(err.Error(), reasons[first]) || strings.Contains(err.Error(), "S3CRET") || len(s.sent) != before+1 {
				t.Errorf("%s, %s: got %v, sent %s", reasons[first], reasons[second], err, s.requests())
			}
		}
	}
	for before, want := range map[int]bool{4: true, 5: true, 6: false} { // five are followed
		var answers []answer
		for i := range before {
			answers = append(answers, status(307, "Location", fmt.Sprintf("/%d", i)))
		}
		portal, s := scripted(t, nil, append(answers, successOf("PUT"))...)
		if err := callBy(portal, "PUT"); (err == nil) != want || len(s.sent) != min(before, 5)+1 {
			t.Errorf("%d redirects: %v, sent %d times", before, err, len(s.sent))
		}
	}
}
