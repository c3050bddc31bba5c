package mockserver

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// A client that has read an answer to its end finds the request in the journal.
func TestRequestIsInTheJournalOnceAnswered(t *testing.T) {
	eachWay(t, func(t *testing.T, s *Server, to reached) {
		var wg sync.WaitGroup
		for client := range 4 {
			wg.Go(func() {
				for i := range 100 {
					trace := fmt.Sprintf("%032x", client*1000+i+1)
					r, _ := http.NewRequest("GET", to.url+mocktest.SettingsPath, nil)
					r.Header.Set("Authorization", "Bearer "+s.Key(RoleOwner))
					r.Header.Set("Traceparent", "00-"+trace+"-00f067aa0ba902b7-01")
					resp, err := to.client.Do(r)
					if err != nil {
						t.Error(err)
						return
					}
					// No more than the body: not that it is over.
					body := make([]byte, resp.ContentLength)
					if _, err := resp.Body.Read(body); err != nil && resp.ContentLength == 0 {
						t.Error(err)
					}
					got, err := s.Requests(Filter{TraceID: trace})
					if len(got) != 1 || got[0].Status != 200 || got[0].Duration <= 0 || err != nil {
						t.Errorf("got %+v, %v", got, err)
					}
					resp.Body.Close()
				}
			})
		}
		wg.Wait()
	})
}

// A request that was under way when the journal was cleared is not recorded afterwards.
func TestClearForgetsWhatIsUnderWay(t *testing.T) {
	for name, forget := range map[string]func(*Server){"ClearRequests": (*Server).ClearRequests, "Reset": (*Server).Reset} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newServer(t)
				addFault(t, s, Fault{Delay: time.Hour})
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				done := make(chan struct{})
				go func() {
					defer close(done)
					reached{client: &http.Client{Transport: s.Transport()}, url: "http://portal"}.get(ctx, s)
				}()
				synctest.Wait()
				forget(s)
				s.ClearFaults()
				<-done
				if got := s.LastRequests(1); len(got) != 0 {
					t.Errorf("got %+v", got)
				}
			})
		})
	}
}
