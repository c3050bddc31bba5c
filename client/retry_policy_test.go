package client_test

import (
	"math"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var longest [4]time.Duration
		for range 300 {
			portal, s := scripted(t, []client.Option{client.WithRetry(client.RetryPolicy{
				Attempts: 5, BaseDelay: time.Second, MaxDelay: 3 * time.Second,
			}), client.WithTimeout(time.Hour)}, status(503))
			if err := callBy(portal, "GET"); err == nil {
				t.Fatal("no error")
			}
			for i, wait := range s.waits() {
				longest[i] = max(longest[i], wait)
			}
		}
		for i, bound := range []time.Duration{time.Second, 2 * time.Second, 3 * time.Second, 3 * time.Second} {
			if longest[i] > bound || longest[i] < bound*8/10 {
				t.Errorf("wait %d is %v at most, of a bound of %v", i+1, longest[i], bound)
			}
		}
	})
}

// The longest possible times do not overflow.
func TestRetryWaitsOfAnyLength(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		portal, _ := scripted(t, []client.Option{client.WithRetry(client.RetryPolicy{BaseDelay: math.MaxInt64, MaxDelay: math.MaxInt64})}, status(503))
		mustBe(t, callBy(portal, "GET"), client.ErrServer)
	})
}

func TestRetryPolicyRefused(t *testing.T) {
	for _, policy := range []client.RetryPolicy{{Attempts: -1}, {BaseDelay: -1}, {MaxDelay: -1}, {MaxRetryAfter: -1}, {Budget: -1}} {
		if _, err := client.New("https://portal.example", client.WithRetry(policy)); err == nil || !strings.Contains(err.Error(), "WithRetry: ") {
			t.Errorf("%+v: %v", policy, err)
		}
	}
}
