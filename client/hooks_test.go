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

func TestHooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reset := time.Unix(1790000000, 0)
		type key struct{}
		ctx := context.WithValue(context.Background(), key{}, "trace-1")
		var seen []string
		note := func(when string) func(context.Context, client.Attempt) {
			return func(ctx context.Context, a client.Attempt) {
				if _, bounded := ctx.Deadline(); bounded || ctx.Value(key{}) != "trace-1" {
					t.Error("it is not the caller's context")
				}
				if (a.Err != nil) != (when == "after" && a.StatusCode == 0) || a.Err != nil && !errors.Is(a.Err, client.ErrConnection) {
					t.Errorf("%s: got error %v", when, a.Err)
				}
				seen = append(seen, fmt.Sprintf("%s %s %s %d: %d %v %q %d %d %v", when, a.Operation, a.Method, a.Number, a.StatusCode, a.Duration,
					a.RequestID, a.RateLimit.Limit, a.RateLimit.Remaining, a.RateLimit.Reset.Equal(reset)))
			}
		}
		portal := newPortal(t, "https://portal.example", client.WithHooks(client.Hooks{Before: note("before"), After: note("after")}), slowly(
			status(503, "Retry-After", "5", "X-Correlation-Id", "id-1"), answer{err: syscall.ECONNRESET},
			with(ok("true"), "X-RateLimit-Limit", "1500", "X-RateLimit-Remaining", "7", "X-RateLimit-Reset", fmt.Sprint(reset.Unix())),
			status(403)))
		if _, err := portal.SetExternalShare(ctx, true); err != nil {
			t.Fatal(err)
		}
		if _, err := portal.Unlock(ctx, "KEY", "pw-1"); err == nil {
			t.Fatal("no error")
		}
		want := []string{
			`before externalShare PUT 1: 0 0s "" 0 0 false`, `after externalShare PUT 1: 503 1s "id-1" 0 0 false`,
			`before externalShare PUT 2: 0 0s "" 0 0 false`, `after externalShare PUT 2: 0 1s "" 0 0 false`,
			`before externalShare PUT 3: 0 0s "" 0 0 false`, `after externalShare PUT 3: 200 1s "" 1500 7 true`,
			`before applyExternalSharePassword POST 1: 0 0s "" 0 0 false`, `after applyExternalSharePassword POST 1: 403 1s "" 0 0 false`,
		}
		if got := strings.Join(seen, "\n"); got != strings.Join(want, "\n") {
			t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
		}
	})
}

// Either hook may be nil. A request that is none of the contract has no operation.
func TestHooksAlone(t *testing.T) {
	for name, hooks := range map[string]func(func(context.Context, client.Attempt)) client.Hooks{
		"before": func(f func(context.Context, client.Attempt)) client.Hooks { return client.Hooks{Before: f} },
		"after":  func(f func(context.Context, client.Attempt)) client.Hooks { return client.Hooks{After: f} },
	} {
		var seen []client.Attempt
		made, err := client.NewDoer("https://portal.example", client.WithHTTPClient(&http.Client{Transport: &script{answers: []answer{status(204)}}}),
			client.WithHooks(hooks(func(_ context.Context, a client.Attempt) { seen = append(seen, a) })))
		if err != nil {
			t.Fatal(err)
		}
		req, _ := http.NewRequest(http.MethodGet, "https://portal.example/api/2.0/people", nil)
		if _, err := made.Do(req); err != nil || len(seen) != 1 || seen[0].Operation != "" || seen[0].Method != "GET" || seen[0].Number != 1 {
			t.Errorf("%s: got %+v, %v", name, seen, err)
		}
	}
}
