package mockserver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// eachWay runs a test over HTTP/1.1, HTTP/1.1 with TLS, HTTP/2, and without a connection.
func eachWay(t *testing.T, test func(t *testing.T, s *Server, to reached), opts ...Option) {
	t.Helper()
	for _, name := range []string{"HTTP/1.1", "HTTP/1.1 TLS", "HTTP/2.0", "memory"} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, opts...)
			if name == "memory" {
				test(t, s, reached{&http.Client{Transport: s.Transport()}, "http://portal", "HTTP/1.1"})
				return
			}
			listener := httptest.NewUnstartedServer(s)
			switch name {
			case "HTTP/1.1":
				listener.Start()
			default:
				listener.EnableHTTP2 = name == "HTTP/2.0"
				listener.StartTLS()
			}
			defer listener.Close()
			defer s.Close()
			// Go's client makes a GET again when a connection that it used before breaks: here each has its own.
			client := listener.Client()
			if name != "HTTP/2.0" {
				client.Transport.(*http.Transport).DisableKeepAlives = true
			}
			test(t, s, reached{client, listener.URL, name[:8]})
		})
	}
}

// observed names the kind of fault as a client sees it, "" for none.
func observed(resp *http.Response, body []byte, err error) FaultKind {
	var timeout interface{ Timeout() bool }
	switch {
	case err != nil && errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.Canceled): // it gave up
		return FaultHang
	case err != nil && resp == nil:
		return FaultReset
	case err != nil:
		return FaultTruncated
	case resp.StatusCode == 429 && resp.Header.Get("Retry-After") == "7":
		return FaultRateLimit
	case resp.StatusCode == 502 && strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") && bytes.Contains(body, []byte("<h1>502 Bad Gateway</h1>")):
		return FaultProxy
	case resp.StatusCode == 503 && json.Valid(body):
		return FaultStatus
	case resp.StatusCode == 200 && len(body) == 0:
		return FaultEmpty
	case resp.StatusCode == 200 && !json.Valid(body):
		return FaultMalformed
	case resp.StatusCode == 200 && strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html"):
		return FaultContentType
	case resp.StatusCode == 200 && strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json"):
		return ""
	default:
		return FaultKind("unexpected " + strconv.Itoa(resp.StatusCode))
	}
}

var eachKind = []Fault{
	{Kind: FaultStatus, Status: 503}, {Kind: FaultRateLimit, RetryAfter: 7 * time.Second}, {Kind: FaultProxy}, {Kind: FaultReset}, {Kind: FaultHang},
	{Kind: FaultTruncated}, {Kind: FaultMalformed}, {Kind: FaultEmpty}, {Kind: FaultContentType},
}

// Every kind is what it says, exactly as often as it was asked for, and stands in the journal.
func TestEachKindOfFault(t *testing.T) {
	eachWay(t, func(t *testing.T, s *Server, to reached) {
		for _, f := range eachKind {
			f.ID, f.Times = string(f.Kind), 2
			s.ClearRequests()
			addFault(t, s, f)
			for i, want := range []FaultKind{f.Kind, f.Kind, ""} {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if want == FaultHang {
					go func() { // the client gives up once it hangs
						for len(s.LastRequests(i+1)) <= i && ctx.Err() == nil {
							runtime.Gosched()
						}
						cancel()
					}()
				}
				resp, body, err := to.get(ctx, s)
				if got := observed(resp, body, err); got != want {
					t.Errorf("%s, request %d: observed %q (%v, %s)", f.Kind, i, got, err, body)
				}
				if resp != nil && resp.Proto != to.proto {
					t.Errorf("over %s", resp.Proto)
				}
				if resp != nil && resp.Header.Get("X-Mock-Fault") != string(want) {
					t.Errorf("%s, request %d: X-Mock-Fault %q", f.Kind, i, resp.Header.Get("X-Mock-Fault"))
				}
				entry := s.LastRequests(1)[0]
				status := 0
				if resp != nil {
					status = resp.StatusCode
				}
				if entry.Status != status {
					t.Errorf("%s, request %d: the journal says %d", f.Kind, i, entry.Status)
				}
				if strings.Join(entry.Faults, " ") != string(want) || entry.Caller != "owner@example.com" {
					t.Errorf("%s, request %d: the journal says %+v", f.Kind, i, entry)
				}
			}
			if n, err := s.CountRequests(Filter{Fault: f.ID}); n != 2 || err != nil {
				t.Errorf("%s: the journal counts %d, %v", f.Kind, n, err)
			}
		}
	})
}

func TestEachKindWith50Clients(t *testing.T) {
	eachWay(t, func(t *testing.T, s *Server, to reached) {
		for _, f := range eachKind {
			f.ID, f.Times = string(f.Kind), 30
			addFault(t, s, f)
			var mu sync.Mutex
			got := map[FaultKind]int{}
			var wg sync.WaitGroup
			for range 50 {
				wg.Go(func() {
					ctx, cancel := t.Context(), func() {}
					if f.Kind == FaultHang {
						// All of them have arrived before the first gives up.
						ctx, cancel = context.WithTimeout(ctx, 5*time.Second)
					}
					defer cancel()
					kind := observed(to.get(ctx, s))
					mu.Lock()
					defer mu.Unlock()
					got[kind]++
					if f.Kind == FaultHang && kind == "" && got[""] == 20 {
						s.RemoveFault(f.ID) // else the test would wait for the clients to give up
					}
				})
			}
			wg.Wait()
			want := f.Kind
			if f.Kind == FaultHang {
				want = FaultReset
			}
			if got[want] != 30 || got[""] != 20 {
				t.Errorf("%s: %v", f.Kind, got)
			}
		}
	})
}

// A fault that comes instead of the call leaves the portal as it is. A fault that damages the answer leaves the call its effect.
func TestEffectOfFaults(t *testing.T) {
	for _, f := range eachKind {
		s := newServer(t)
		to := reached{client: &http.Client{Transport: s.Transport()}, url: "http://portal"}
		addFault(t, s, f)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		if f.Kind == FaultHang {
			cancel()
		}
		r, _ := http.NewRequestWithContext(ctx, "PUT", to.url+mocktest.ExternalPath, strings.NewReader(`{"set":false}`))
		r.Header.Set("Authorization", "Bearer "+s.Key(RoleOwner))
		r.Header.Set("Content-Type", "application/json")
		if resp, err := to.client.Do(r); err == nil {
			resp.Body.Close()
		}
		cancel()
		if off := !s.State().Settings.ExternalShare; off != f.Kind.damages() {
			t.Errorf("%s: switched off: %t", f.Kind, off)
		}
	}
}

// Delays are in real time, add up, and go with every other kind.
func TestDelays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t)
		took := func() (time.Duration, int) {
			start := time.Now()
			code := statuses(s, 1)[0]
			return time.Since(start), code
		}
		is := func(want time.Duration, wantCode int) {
			t.Helper()
			if got, code := took(); got != want || code != wantCode {
				t.Errorf("after %s: %d, want %d after %s", got, code, wantCode, want)
			}
		}
		is(0, 200)
		addFault(t, s, Fault{Delay: 2 * time.Second})
		is(2*time.Second, 200)
		addFault(t, s, Fault{Delay: 3 * time.Second, Times: 1})
		addFault(t, s, Fault{Delay: time.Second, Status: 503, Times: 1})
		is(6*time.Second, 503)
		is(2*time.Second, 200)
		if entry := s.LastRequests(1)[0]; entry.Duration != 2*time.Second || entry.Status != 200 {
			t.Errorf("the journal says %s, %d", entry.Duration, entry.Status)
		}
		s.Clock().Freeze() // no matter of the portal's clock
		is(2*time.Second, 200)

		s.ClearFaults()
		addFault(t, s, Fault{Delay: time.Second, DelayMax: 2 * time.Second, Seed: 1})
		seen := map[time.Duration]bool{}
		for range 20 {
			d, _ := took()
			seen[d] = true
			if d < time.Second || d > 2*time.Second {
				t.Errorf("a delay of %s", d)
			}
		}
		if len(seen) < 10 {
			t.Errorf("the delays are %v", seen)
		}
	})
}

// A request that hangs or waits ends when the client gives up, and when the fault is removed in any way.
func TestEndOfHangingAndWaiting(t *testing.T) {
	ways := map[string]func(s *Server, giveUp context.CancelFunc){
		"the client gives up": func(_ *Server, giveUp context.CancelFunc) { giveUp() },
		"RemoveFault":         func(s *Server, _ context.CancelFunc) { s.RemoveFault("x") },
		"ClearFaults":         func(s *Server, _ context.CancelFunc) { s.ClearFaults() },
		"Reset":               func(s *Server, _ context.CancelFunc) { s.Reset() },
		"Close":               func(s *Server, _ context.CancelFunc) { s.Close() },
	}
	for way, end := range ways {
		for _, f := range []Fault{{ID: "x", Kind: FaultHang}, {ID: "x", Delay: time.Hour}} {
			t.Run(way+" "+string(f.Kind), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := newServer(t)
					addFault(t, s, f)
					start := time.Now()
					ctx, giveUp := context.WithCancel(t.Context())
					defer giveUp()
					type result struct {
						resp *http.Response
						err  error
					}
					results := make(chan result, 1)
					go func() {
						resp, _, err := reached{client: &http.Client{Transport: s.Transport()}, url: "http://portal"}.get(ctx, s)
						results <- result{resp, err}
					}()
					synctest.Wait()
					if entries := s.LastRequests(5); len(entries) != 1 || entries[0].Status != 0 || entries[0].Faults[0] != "x" {
						t.Errorf("while it lasts the journal says %+v", entries)
					}
					end(s, giveUp)
					got := <-results
					switch {
					case time.Since(start) != 0:
						t.Errorf("only after %s", time.Since(start))
					case way == "the client gives up":
						if !errors.Is(got.err, context.Canceled) {
							t.Errorf("got %v", got.err)
						}
					case f.Kind == FaultHang:
						if !errors.Is(got.err, syscall.ECONNRESET) {
							t.Errorf("got %v", got.err)
						}
					case got.err != nil || got.resp.StatusCode != 200:
						t.Errorf("got %v, %v", got.resp, got.err)
					}
				})
			})
		}
	}
}

// Requests that are no calls of the contract do not fail.
func TestOnlyTheCallsFail(t *testing.T) {
	s := newServer(t)
	addFault(t, s, Fault{Status: 500})
	for _, r := range []struct{ method, path string }{{"GET", "/"}, {"GET", "/nope"}, {"POST", mocktest.SettingsPath}, {"HEAD", mocktest.SettingsPath}, {"OPTIONS", mocktest.SettingsPath}, {"GET", "/api/2.0/files/@my"}} {
		if w := mocktest.Send(s, r.method, r.path, "", "Origin", "https://app.example", "Access-Control-Request-Method", "GET"); w.Code == 500 || w.Header().Get("X-Mock-Fault") != "" {
			t.Errorf("%s %s: %d", r.method, r.path, w.Code)
		}
	}
	for _, o := range Operations() {
		if w := mocktest.Send(s, o.Method(), strings.NewReplacer("{key}", "x", "{id}", "10", "{folderId}", "10", "{fileId}", "1").Replace(o.Path()), ""); w.Code != 500 {
			t.Errorf("%s: %d", o, w.Code)
		}
	}
	if got := s.Faults()[0].Matched; got != len(Operations()) {
		t.Errorf("matched %d", got)
	}
}
