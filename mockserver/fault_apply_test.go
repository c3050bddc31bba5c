package mockserver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
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

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// reached is a way to the portal: a client and an address.
type reached struct {
	client *http.Client
	url    string
	proto  string
}

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

// get asks for the settings as the owner.
func (to reached) get(ctx context.Context, s *Server) (*http.Response, []byte, error) {
	r, _ := http.NewRequestWithContext(ctx, "GET", to.url+mocktest.SettingsPath, nil)
	r.Header.Set("Authorization", "Bearer "+s.Key(RoleOwner))
	resp, err := to.client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, body, err
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

// A reset is a reset of TCP, not only the end of the connection.
func TestResetIsOfTCP(t *testing.T) {
	for _, secure := range []bool{false, true} {
		s := newServer(t)
		listener := httptest.NewUnstartedServer(s)
		if secure {
			listener.StartTLS()
		} else {
			listener.Start()
		}
		defer listener.Close()
		addFault(t, s, Fault{Kind: FaultReset})
		_, _, err := reached{client: listener.Client(), url: listener.URL}.get(t.Context(), s)
		if !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("TLS %t: %v", secure, err)
		}
	}
}

func TestWithoutAConnectionFaultsAreAsOverOne(t *testing.T) {
	s := newServer(t)
	to := reached{client: &http.Client{Transport: s.Transport()}, url: "https://portal"}
	addFault(t, s, Fault{Kind: FaultReset, Times: 1})
	if _, _, err := to.get(t.Context(), s); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("reset: %v", err)
	}
	addFault(t, s, Fault{Kind: FaultTruncated, Times: 1})
	resp, body, err := to.get(t.Context(), s)
	if !errors.Is(err, io.ErrUnexpectedEOF) || int64(len(body)) >= resp.ContentLength || len(body) == 0 {
		t.Errorf("truncated: %v after %d bytes", err, len(body))
	}
	addFault(t, s, Fault{Kind: FaultHang, Times: 1})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, _, err := to.get(ctx, s); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hang: %v", err)
	}
}

// What comes instead of the call has no effect; what spoils its answer has.
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

// An error is as DocSpace would have it, in both profiles.
func TestStatusFaultsHaveTheBodyOfTheProfile(t *testing.T) {
	for _, test := range []struct {
		status               int
		operation            Operation
		documented, v372     string // beginning of the body; "" is none, - the same as the other
		header, value, other string // of documented, and of v3.7.2
	}{
		{400, ExternalShare, `{"error":{"message":"The request is not valid"`, `{"response":{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1"`, "Content-Type", dotnet.ContentJSON, dotnet.ContentProblem},
		{401, ExternalShare, `{"error":{"message":"Unauthorized"`, "", "", "", ""},
		{402, GetFilesSettings, `{"status":402,"traceId":"00-`, "-", "Content-Type", dotnet.ContentProblem, dotnet.ContentProblem},
		{403, ExternalShare, `{"error":{"message":"You don't have enough permission`, "-", "", "", ""},
		{404, ApplyExternalSharePassword, `{"error":{"message":"Not Found"`, "", "", "", ""},
		{405, ExternalShare, `{"error":{"message":"Method Not Allowed"`, "", "Allow", "PUT", "PUT"},
		{413, ExternalShare, `{"error":{"message":"Request Entity Too Large"`, "-", "", "", ""},
		{415, ExternalShare, `{"error":{"message":"Content-Type: expected application/json`, `{"response":{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.16"`, "", "", ""},
		{429, GetFilesSettings, `{"error":{"message":"Too many requests`, "", "Retry-After", "1", ""},
		{500, GetFilesSettings, `{"error":{"message":"Internal Server Error"`, "-", "Cache-Control", "no-cache,no-store", "no-cache,no-store"},
		{502, GetFilesSettings, `{"error":{"message":"The portal cannot be reached"`, "-", "", "", ""},
		{503, GetFilesSettings, `{"error":{"message":"The portal is being updated"`, "-", "", "", ""},
		{599, GetFilesSettings, `{"error":{"message":"Error 599"`, "-", "", "", ""},
	} {
		for _, profile := range ProfileNames() {
			s := newServer(t, WithProfile(profile))
			addFault(t, s, Fault{Status: test.status, Operation: test.operation})
			w := mocktest.Send(s, test.operation.Method(), strings.Replace(test.operation.Path(), "{key}", "x", 1), "")
			want, value := test.documented, test.value
			if profile == ProfileV372 {
				value = test.other
				if test.v372 != "-" {
					want = test.v372
				}
			}
			if w.Code != test.status || !strings.HasPrefix(w.Body.String(), want) || want == "" && w.Body.Len() > 0 {
				t.Errorf("%d, %s: %d %s", test.status, profile, w.Code, w.Body)
			}
			if got := w.Header().Get(test.header); test.header != "" && got != value {
				t.Errorf("%d, %s: %s %q", test.status, profile, test.header, got)
			}
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for _, f := range []Fault{{Status: 503}, {Status: 429}, {Kind: FaultRateLimit}, {Kind: FaultProxy, Status: 503}} {
		f.RetryAfter = 90 * time.Second
		eachProfile(t, func(t *testing.T, profile string) {
			s := newServer(t, WithProfile(profile))
			addFault(t, s, f)
			w := mocktest.Send(s, "GET", mocktest.SettingsPath, "")
			if got := w.Header().Get("Retry-After"); got != "90" {
				t.Errorf("%s %d: %q", f.Kind, f.Status, got)
			}
			if limits := w.Header().Get("X-RateLimit-Limit") + w.Header().Get("X-RateLimit-Remaining"); w.Code == 429 && limits != "15000" {
				t.Errorf("%s %d: limit and rest are %q", f.Kind, f.Status, limits)
			}
		})
	}
}

// Also what the portal refuses can be spoiled, bodies that are short or empty included; the journal has the status that was
// sent.
func TestSpoiledRefusals(t *testing.T) {
	for _, profile := range ProfileNames() {
		eachWay(t, func(t *testing.T, s *Server, to reached) {
			for _, kind := range []FaultKind{FaultTruncated, FaultMalformed, FaultEmpty, FaultContentType} {
				s.ClearFaults()
				addFault(t, s, Fault{Kind: kind})
				r, _ := http.NewRequest("PUT", to.url+mocktest.ExternalPath, nil) // 401, without a body in v3.7.2
				resp, err := to.client.Do(r)
				if err != nil {
					t.Fatalf("%s: %v", kind, err)
				}
				body, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				entry := s.LastRequests(1)[0]
				switch got := resp.StatusCode; {
				case kind == FaultEmpty && (got != 200 || len(body) > 0), kind != FaultEmpty && got != 401, entry.Status != got:
					t.Errorf("%s: %d, in the journal %d", kind, got, entry.Status)
				case (kind == FaultTruncated) != (err != nil):
					t.Errorf("%s: %v", kind, err)
				case kind == FaultMalformed && json.Valid(body):
					t.Errorf("%s: %q", kind, body)
				case kind == FaultContentType && resp.Header.Get("Content-Type") != "text/html":
					t.Errorf("%s: %q", kind, resp.Header.Get("Content-Type"))
				}
			}
		}, WithProfile(profile))
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

// What hangs or waits ends when the client gives up, or the fault is given up in any way.
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

// A test server closes although somebody hangs.
func TestStartClosesWhatHangs(t *testing.T) {
	tb := &fakeTB{}
	s := Start(tb)
	s.Fault(Fault{Kind: FaultHang})
	done := make(chan struct{})
	go func() {
		defer close(done)
		if _, _, err := (reached{client: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}, url: s.URL}).get(t.Context(), s.Server); err == nil {
			t.Error("answered")
		}
	}()
	for len(s.LastRequests(1)) == 0 {
		runtime.Gosched()
	}
	for _, clean := range tb.cleanups {
		clean()
	}
	<-done
}

// A page in a browser can see that it was limited, or that the portal failed; a proxy's own page it cannot read.
func TestFaultsAcrossOrigins(t *testing.T) {
	s := newServer(t)
	for kind, want := range map[FaultKind]string{FaultStatus: "*", FaultRateLimit: "*", FaultProxy: ""} {
		f := Fault{Kind: kind, Times: 1}
		if kind == FaultStatus {
			f.Status = 503
		}
		addFault(t, s, f)
		w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Origin", "https://app.example", "Authorization", "YOUR_API_KEY")
		if got := w.Header().Get("Access-Control-Allow-Origin"); w.Code < 400 || got != want {
			t.Errorf("%s: %d, %q", kind, w.Code, got)
		}
	}
}

// A mistake of ours beneath a fault that spoils answers is answered like any other.
func TestPanicBeneathAFault(t *testing.T) {
	s := newServer(t)
	addFault(t, s, Fault{Kind: FaultTruncated})
	s.echo.Use(func(echo.HandlerFunc) echo.HandlerFunc { return func(echo.Context) error { panic("own") } })
	if w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Authorization", "YOUR_API_KEY"); w.Code != 500 || w.Body.Len() == 0 {
		t.Errorf("got %d %q", w.Code, w.Body)
	}
}
