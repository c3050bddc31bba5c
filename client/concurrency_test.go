package client_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// slow answers each request after a time, and counts how many it has at once.
type slow struct {
	mu            sync.Mutex
	running, most int
	time          time.Duration
}

func (s *slow) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	s.running++
	s.most = max(s.most, s.running)
	s.mu.Unlock()
	<-time.After(s.time)
	s.mu.Lock()
	s.running--
	s.mu.Unlock()
	return (&script{answers: []answer{successOf(r.Method)}}).RoundTrip(r)
}

// A portal takes fifty requests at once. Further ones wait, and then have the whole time of an attempt.
func TestFurtherCallsWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		transport := &slow{time: 10 * time.Second}
		portal := newPortal(t, "https://portal.example", client.WithHTTPClient(&http.Client{Transport: transport}))
		began := time.Now()
		results := make(chan error)
		for range 200 {
			go func() { _, err := portal.SharingPolicy(context.Background()); results <- err }()
		}
		for range 200 {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(began); transport.most != 50 || took != 40*time.Second {
			t.Errorf("%d at once, in %v", transport.most, took)
		}
	})
}

// A call waits for a slot no longer than its own deadline, or its caller's.
func TestNoSlotInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		transport := &slow{time: 10 * time.Second}
		portal := newPortal(t, "https://portal.example", client.WithHTTPClient(&http.Client{Transport: transport}), client.WithTimeout(11*time.Second))
		results := make(chan error)
		for range 50 {
			go func() { _, err := portal.SharingPolicy(context.Background()); results <- err }()
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		_, err := portal.SharingPolicy(ctx)
		mustBe(t, err, client.ErrConnection)
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "it had to wait while 50 other requests of this Portal were under way") {
			t.Errorf("got %v", err)
		}
		for range 50 {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
	})
}
