package client_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// Each attempt has its own time. The time of the call counts for all attempts and the waits between them.
func TestTimeouts(t *testing.T) {
	const s = time.Second
	for name, test := range map[string]struct {
		attempt, call, caller time.Duration // 0 means: not given
		answers               []answer
		sent                  int
		took                  time.Duration
		text                  string
	}{
		"defaults":                 {0, 0, 0, []answer{{hang: true}}, 3, 45 * s, "none within 15s"},
		"attempt alone":            {2 * s, 0, 0, []answer{{hang: true}}, 3, 6 * s, "none within 2s"},
		"call is the shorter one":  {10 * s, 3 * s, 0, []answer{{hang: true}}, 1, 3 * s, "none within 3s"},
		"call ends the second":     {4 * s, 7 * s, 0, []answer{{hang: true}}, 2, 7 * s, "none within 7s"},
		"waits count for the call": {9 * s, 9 * s, 0, []answer{status(503, "Retry-After", "5"), {hang: true}}, 2, 9 * s, "none within 9s"},
		"no wait beyond the call":  {9 * s, 9 * s, 0, []answer{status(503, "Retry-After", "5"), status(503, "Retry-After", "4")}, 2, 5 * s, "HTTP 503"},
		"nor beyond the caller":    {0, 0, 9 * s, []answer{status(503, "Retry-After", "5"), status(503, "Retry-After", "4")}, 2, 5 * s, "HTTP 503"},
		"a wait before the end":    {0, 0, 9 * s, []answer{status(503, "Retry-After", "5"), status(503, "Retry-After", "3"), status(503)}, 3, 8 * s, "HTTP 503"},
		"the caller ends it":       {4 * s, 20 * s, 3 * s, []answer{{hang: true}}, 1, 3 * s, context.DeadlineExceeded.Error()},
		"the caller has more":      {4 * s, 5 * s, time.Hour, []answer{{hang: true}}, 2, 5 * s, "none within 5s"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				opts := []client.Option{client.WithRetry(client.RetryPolicy{BaseDelay: time.Nanosecond})}
				if test.attempt > 0 {
					opts = append(opts, client.WithAttemptTimeout(test.attempt))
				}
				if test.call > 0 {
					opts = append(opts, client.WithTimeout(test.call))
				}
				ctx := context.Background()
				if test.caller > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, test.caller)
					defer cancel()
				}
				portal, script := scripted(t, opts, test.answers...)
				began := time.Now()
				_, err := portal.FilesSettings(ctx)
				took := time.Since(began)
				if e := asError(t, err); len(script.sent) != test.sent || e.Attempts != test.sent || took < test.took || took > test.took+time.Microsecond ||
					!strings.Contains(err.Error(), test.text) {
					t.Errorf("sent %d times, ended after %v: %v", len(script.sent), took, err)
				}
				if hangs := test.answers[len(test.answers)-1].hang; errors.Is(err, context.DeadlineExceeded) != hangs {
					t.Errorf("got %v", err)
				}
			})
		})
	}
	for _, timeout := range []time.Duration{0, -time.Second} {
		if _, err := client.New("https://portal.example", client.WithAttemptTimeout(timeout)); err == nil || !strings.Contains(err.Error(), "WithAttemptTimeout: "+timeout.String()) {
			t.Errorf("%v: %v", timeout, err)
		}
	}
}

// All requests of one method have one deadline. Reading the policy after a failure has its own.
func TestTimeoutOfSeveralRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		policy := func(r *http.Request) (*http.Response, error) {
			select {
			case <-time.After(4 * time.Second):
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
			answers := map[string]answer{"GET": ok(policyFlags), "PUT": ok("true")}
			return (&script{answers: []answer{answers[r.Method]}}).RoundTrip(r)
		}
		portal := newPortal(t, "https://portal.example", client.WithHTTPClient(&http.Client{Transport: roundTrip(policy)}), client.WithTimeout(10*time.Second))
		began := time.Now()
		_, err := portal.UpdateSharing(context.Background(), client.SharingUpdate{ExternalShare: client.On(), SocialMedia: client.On()})
		var failed *client.UpdateError
		if !errors.As(err, &failed) || failed.Step != "externalShareSocialMedia" || !errors.Is(err, context.DeadlineExceeded) || failed.InForce == nil {
			t.Errorf("got %v", err)
		}
		if took := time.Since(began); took < 14*time.Second || took > 16*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// Every method that sends a second request has one deadline for both. Each answer takes six of the ten seconds.
func TestTimeoutOfTwoRequests(t *testing.T) {
	link, title, password := theLink(t), "b", "Secret123!"
	for name, test := range map[string]struct {
		method  func(context.Context, *client.Portal) error
		answers []answer
	}{
		"a link that is found and changed": {func(ctx context.Context, p *client.Portal) error {
			_, err := p.SetRoomLink(ctx, 10, client.LinkSpec{ID: link, Title: &title})
			return err
		}, []answer{ok("[" + linkJSON(linkID, 2) + "]"), ok(linkJSON(linkID, 2))}},
		"a link that is made and tried": {func(ctx context.Context, p *client.Portal) error {
			_, err := p.CreateFileLink(ctx, 7, client.LinkSpec{Password: &password})
			return err
		}, []answer{ok(linkJSON(linkID, 2))}},
		"a link that is revoked in two ways": {func(ctx context.Context, p *client.Portal) error { return p.RevokeRoomLink(ctx, 10, link) },
			[]answer{ok(linkJSON(linkID, 2, `"internal":true`))}},
		"a policy that is filtered away": {func(ctx context.Context, p *client.Portal) error {
			_, err := p.SharingPolicy(ctx)
			return err
		}, []answer{ok(`{}`), ok(policyFlags)}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{answers: test.answers}
				slow := func(r *http.Request) (*http.Response, error) {
					select {
					case <-time.After(6 * time.Second):
						return s.RoundTrip(r)
					case <-r.Context().Done():
						return nil, r.Context().Err()
					}
				}
				portal := newPortal(t, "https://portal.example", client.WithHTTPClient(&http.Client{Transport: roundTrip(slow)}), client.WithTimeout(10*time.Second))
				began := time.Now()
				err := test.method(t.Context(), portal)
				if took := time.Since(began); took != 10*time.Second || len(s.sent) != 1 {
					t.Errorf("it took %v and %d answers: %v", took, len(s.sent), err)
				}
			})
		})
	}
}

// When a wait would end after the deadline of the call or of the caller, the call ends at once with the last answer.
func TestDeadlineBeforeTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		portal, s := scripted(t, nil, status(429, "Retry-After", "61")) // the call has 60 s
		_, err := portal.FilesSettings(context.Background())
		mustBe(t, err, client.ErrRateLimited)
		if e := asError(t, err); e.RetryAfter != 61*time.Second || len(s.sent) != 1 || time.Since(began) != 0 {
			t.Errorf("got %v after %v, sent %d times", err, time.Since(began), len(s.sent))
		}

		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		portal, s = scripted(t, nil, status(503, "Retry-After", "4"))
		_, err = portal.FilesSettings(ctx) // there is time for one wait, but not for two
		mustBe(t, err, client.ErrServer)
		if len(s.sent) != 2 || time.Since(began) != 4*time.Second {
			t.Errorf("got %v after %v, sent %d times", err, time.Since(began), len(s.sent))
		}
	})
}

// Each attempt that hangs ends by itself, and the call ends at its deadline.
func TestTimeOfAttemptAndCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		portal, s := scripted(t, []client.Option{client.WithAttemptTimeout(4 * time.Second), client.WithTimeout(10 * time.Second)}, answer{hang: true})
		err := callBy(portal, "GET")
		mustBe(t, err, client.ErrConnection)
		took := time.Since(began)
		if !errors.Is(err, context.DeadlineExceeded) || took > 10*time.Second || took < 8*time.Second || len(s.sent) < 2 {
			t.Errorf("got %v after %v, sent %d times", err, took, len(s.sent))
		}
		portal, s = scripted(t, []client.Option{client.WithAttemptTimeout(4 * time.Second)}, answer{hang: true})
		began = time.Now()
		err = callBy(portal, "POST")
		mustBe(t, err, client.ErrConnection)
		if took := time.Since(began); took != 4*time.Second || len(s.sent) != 1 || !strings.Contains(err.Error(), "none within 4s") {
			t.Errorf("got %v after %v", err, took)
		}
		portal, s = scripted(t, []client.Option{client.WithAttemptTimeout(4 * time.Second)}, answer{hang: true}, successOf("GET"))
		if err := callBy(portal, "GET"); err != nil || len(s.sent) != 2 {
			t.Errorf("got %v", err)
		}
	})
}

func TestCallerEndsTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		portal, s := scripted(t, nil, status(503, "Retry-After", "20"))
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(3*time.Second, cancel)
		began := time.Now()
		_, err := portal.FilesSettings(ctx)
		mustBe(t, err, client.ErrConnection)
		if !errors.Is(err, context.Canceled) || time.Since(began) != 3*time.Second || len(s.sent) != 1 || !strings.Contains(err.Error(), "HTTP 503") {
			t.Errorf("got %v after %v", err, time.Since(began))
		}
		_, err = portal.FilesSettings(ctx) // its context has ended before
		mustBe(t, err, client.ErrConnection)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestTimeout(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		also   []error
	}{
		"no headers":     {0, nil},
		"endless answer": {200, nil},
		"endless error":  {502, []error{client.ErrServer}},
	} {
		for _, method := range []string{"GET", "PUT", "POST"} {
			t.Run(name+" "+method, func(t *testing.T) {
				portal, _ := serve(t, hang(t, test.status, `{"response":`), client.WithTimeout(30*time.Millisecond))
				err := callBy(portal, method)
				mustBe(t, err, append(test.also, client.ErrConnection)...)
				if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "none within 30ms") {
					t.Errorf("got %q", err)
				}
				if e := asError(t, err); e.StatusCode != test.status {
					t.Errorf("got status %d", e.StatusCode)
				}
			})
		}
	}
}

func TestContextOfTheCaller(t *testing.T) {
	portal, _ := serve(t, hang(t, 200, `{`))
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	_, err := portal.FilesSettings(ctx)
	mustBe(t, err, client.ErrConnection)
	if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "none within") {
		t.Errorf("got %q", err)
	}

	arrived := make(chan struct{})
	portal, _ = serve(t, func(w http.ResponseWriter, r *http.Request) { close(arrived); <-r.Context().Done() })
	reason := errors.New("own reason")
	caused, stop := context.WithCancelCause(context.Background())
	go func() { <-arrived; stop(reason) }()
	_, err = portal.FilesSettings(caused)
	mustBe(t, err, client.ErrConnection)
	if !errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %q", err)
	}
}
