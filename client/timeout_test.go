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

// The attempt's time is for each, the call's for all of them and the waits between.
func TestTimeouts(t *testing.T) {
	const s = time.Second
	for name, test := range map[string]struct {
		attempt, call, caller time.Duration // 0: not given
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

// The requests of one method have one deadline together; what is read after a failure has its own.
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
		var halfway *client.UpdateError
		if !errors.As(err, &halfway) || halfway.Step != "externalShareSocialMedia" || !errors.Is(err, context.DeadlineExceeded) || halfway.InForce == nil {
			t.Errorf("got %v", err)
		}
		if took := time.Since(began); took < 14*time.Second || took > 16*time.Second {
			t.Errorf("took %v", took)
		}
	})
}
