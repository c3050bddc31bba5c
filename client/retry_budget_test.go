package client_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// When a portal fails for everybody, most calls are sent once and not three times.
func TestRetryBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		portal, s := scripted(t, []client.Option{client.WithRetry(client.RetryPolicy{Budget: 10, BaseDelay: time.Nanosecond})}, status(503))
		for range 1000 {
			mustBe(t, callBy(portal, "GET"), client.ErrServer)
		}
		if retries := len(s.sent) - 1000; retries != 10 {
			t.Errorf("%d retries of 1000 calls", retries)
		}
		<-time.After(4 * time.Second)
		s.sent = nil
		for range 1000 {
			mustBe(t, callBy(portal, "PUT"), client.ErrServer)
		}
		if retries := len(s.sent) - 1000; retries != 4 {
			t.Errorf("%d retries after four seconds", retries)
		}
	})
}
