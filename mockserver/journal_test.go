package mockserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

func count(t testing.TB, s *Server, f Filter) int {
	t.Helper()
	n, err := s.CountRequests(f)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhatTheJournalKeeps(t *testing.T) {
	clock := mocktest.NewClock()
	s := newServer(t, WithClock(clock.Now), WithProfile(ProfileV372))
	addFault(t, s, Fault{ID: "spoiled", Operation: ExternalShareSocialMedia, Kind: FaultEmpty})
	owner := as(s, RoleOwner)
	mocktest.Send(s, "GET", mocktest.SettingsPath+"?fields=externalShare,a.b,x-y&share=secret", "", owner...)
	clock.Advance(time.Minute)
	mocktest.Send(s, "PUT", "/api/2.0/Files/settings/External/", `{"displayValue":true,"password":"p","odd":1}`, append(owner, "User-Agent", "app/1", "Cookie", "a=b", "X-Secret", "s", "X-Secret", "t")...)
	mocktest.Send(s, "POST", mocktest.PasswordPath("KEY_FROM_URL"), `{"password":"x"}`)
	mocktest.Send(s, "PUT", mocktest.SocialPath, `{"set":true}`, owner...)
	mocktest.Send(s, "OPTIONS", mocktest.ExternalPath, "", "Origin", "https://app.example", "Access-Control-Request-Method", "PUT")
	mocktest.Send(s, "DELETE", mocktest.ExternalPath, `{}`, owner...)
	mocktest.Send(s, "GET", "/api/2.0/files/10", "")

	got := s.LastRequests(100)
	for i := range got {
		if got[i].Duration <= 0 || got[i].Header == nil {
			t.Errorf("%d: %+v", i, got[i])
		}
		got[i].Duration = 0
	}
	header := func(names ...string) http.Header {
		h := http.Header{}
		for i := 0; i < len(names); i += 2 {
			h.Add(names[i], names[i+1])
		}
		return h
	}
	const json, mail = "application/json", "owner@example.com"
	start := mocktest.NewClock().Now()
	for i, want := range []Request{
		{Time: start, Operation: GetFilesSettings, Method: "GET", Path: mocktest.SettingsPath + "?fields=externalShare,a.b,***", Caller: mail, Status: 200, Header: header("Authorization", "***")},
		{Operation: ExternalShare, Method: "PUT", Path: "/api/2.0/Files/settings/External/", Caller: mail, Status: 200, Body: `{"displayValue":true,"password":"***","***":"***"}`,
			Hint:   "profile documented reads displayValue and set, so it takes this body as true and answers 200",
			Header: header("Authorization", "***", "Content-Type", json, "User-Agent", "app/1", "Cookie", "***", "X-Secret", "***", "X-Secret", "***")},
		{Operation: ApplyExternalSharePassword, Method: "POST", Path: "/api/2.0/files/share/***/password", Status: 200, Body: `{"password":"***"}`, Header: header("Content-Type", json)},
		{Operation: ExternalShareSocialMedia, Method: "PUT", Path: mocktest.SocialPath, Caller: mail, Status: 200, Body: `{"set":true}`, Header: header("Authorization", "***", "Content-Type", json), Faults: []string{"spoiled"}},
		{Method: "OPTIONS", Path: mocktest.ExternalPath, Status: 204, Header: header("Origin", "https://app.example", "Access-Control-Request-Method", "PUT")},
		{Method: "DELETE", Path: mocktest.ExternalPath, Caller: mail, Status: 405, Header: header("Authorization", "***", "Content-Type", json),
			Hint: "profile documented answers this 405 as an ErrorApiResponse with a message", Violations: []Violation{{"/method", "only PUT is known here"}}},
		{Method: "GET", Path: "/api/2.0/files/10", Status: 404, Header: header(), Violations: []Violation{{"/path", "there is no such path"}},
			Hint: "mock-docspace has only the four calls of external sharing; a portal answers here with the folder of that id (GET files/{folderId})"},
	} {
		want.Sequence = uint64(i + 1)
		if i > 0 {
			want.Time = start.Add(time.Minute)
		}
		if fmt.Sprintf("%+v", got[i]) != fmt.Sprintf("%+v", want) {
			t.Errorf("%d: got\n%+v, want\n%+v", i, got[i], want)
		}
	}
}

// The journal belongs to nobody else: what is answered can be changed, and so can a request that was made.
func TestJournalSharesNothing(t *testing.T) {
	s := newServer(t)
	addFault(t, s, Fault{ID: "f", Delay: 1})
	w := mocktest.Send(s, "GET", mocktest.SettingsPath+"?fields=", "", "User-Agent", "a")
	if w.Code != 401 {
		t.Fatal(w.Code)
	}
	first := s.LastRequests(1)[0]
	first.Header.Set("User-Agent", "b")
	first.Faults[0], first.Violations[0].Message = "g", "h"
	if again := s.LastRequests(1)[0]; again.Header.Get("User-Agent") != "a" || again.Faults[0] != "f" || again.Violations[0].Message == "h" {
		t.Errorf("got %+v", again)
	}
}

func TestFilter(t *testing.T) {
	s := newServer(t)
	addFault(t, s, Fault{ID: "f", Status: 503, Operation: ExternalShare, Times: 1})
	owner := as(s, RoleOwner)
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, owner...)
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, owner...)
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{}`, as(s, RoleUser)...)
	mocktest.Send(s, "GET", mocktest.SettingsPath, "", owner...)
	mocktest.Send(s, "GET", "/nope", "")
	addFault(t, s, Fault{Kind: FaultReset})
	if _, _, err := (reached{client: &http.Client{Transport: withoutCredentials{s.Transport()}}, url: "http://portal"}).get(t.Context(), s); err == nil {
		t.Fatal("there is an answer")
	}
	for _, test := range []struct {
		filter Filter
		want   []uint64
	}{
		{Filter{}, []uint64{1, 2, 3, 4, 5, 6}},
		{Filter{Operation: ExternalShare}, []uint64{1, 2, 3}},
		{Filter{Method: "GET"}, []uint64{4, 5, 6}},
		{Filter{Status: 503}, []uint64{1}},
		{Filter{Caller: "OWNER@example.com"}, []uint64{1, 2, 4}},
		{Filter{Fault: "f"}, []uint64{1}},
		{Filter{Violated: true}, []uint64{3, 5}},
		{Filter{After: 3}, []uint64{4, 5, 6}},
		{Filter{After: 2, Operation: ExternalShare, Violated: true}, []uint64{3}},
		{Filter{After: 6}, nil},
		{Filter{Status: 418}, nil},
		{Filter{Anonymous: true}, []uint64{5, 6}},
		{Filter{Unanswered: true}, []uint64{6}},
	} {
		requests, err := s.Requests(test.filter)
		var got []uint64
		for _, r := range requests {
			got = append(got, r.Sequence)
		}
		if !slices.Equal(got, test.want) || err != nil || count(t, s, test.filter) != len(test.want) {
			t.Errorf("%+v: %v, %v", test.filter, got, err)
		}
	}
}

// withoutCredentials is a client that has none.
type withoutCredentials struct{ http.RoundTripper }

func (t withoutCredentials) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Del("Authorization")
	return t.RoundTripper.RoundTrip(r)
}

// A question that nothing can answer is none.
func TestWrongFilter(t *testing.T) {
	s := newServer(t)
	for want, f := range map[string]Filter{
		"filter: operation: unknown operation \"nope\"": {Operation: "nope"},
		"filter: status: must be":                       {Status: 99},
		"filter: unanswered: does not":                  {Unanswered: true, Status: 200},
		"filter: anonymous: does not":                   {Anonymous: true, Caller: "owner@example.com"},
	} {
		_, err := s.CountRequests(f)
		_, listed := s.Requests(f)
		var wrong *FilterError
		if !errors.As(err, &wrong) || !errors.As(listed, &wrong) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v: %v, %v", f, err, listed)
		}
	}
}

// Before the ring is full the journal answers, afterwards it refuses what it might have dropped.
func TestDroppedRequests(t *testing.T) {
	s := newServer(t, WithJournal(10))
	get := func(n int) {
		for range n {
			mocktest.Send(s, "GET", mocktest.SettingsPath, "")
		}
	}
	put := func(n int) {
		for range n {
			mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`)
		}
	}
	refused := func(f Filter, dropped, through uint64) {
		t.Helper()
		_, err := s.CountRequests(f)
		var got *DroppedError
		if !errors.As(err, &got) || *got != (DroppedError{dropped, through}) {
			t.Errorf("%+v: %v", f, err)
		}
		if requests, err := s.Requests(f); requests != nil || !errors.As(err, &got) {
			t.Errorf("%+v: %v, %v", f, requests, err)
		}
	}
	put(3)
	get(7)
	if count(t, s, Filter{}) != 10 || count(t, s, Filter{Operation: ExternalShare}) != 3 {
		t.Error("wrong before the ring is full")
	}
	get(2) // drops the first two PUT
	refused(Filter{}, 2, 2)
	refused(Filter{Operation: ExternalShare}, 2, 2)
	refused(Filter{Status: 200}, 2, 2)
	refused(Filter{After: 1}, 2, 2)
	if count(t, s, Filter{After: 2}) != 10 || count(t, s, Filter{Operation: GetFilesSettings}) != 9 || count(t, s, Filter{Operation: ExternalShare, After: 2}) != 1 {
		t.Error("refused, or counted wrong, what was not dropped")
	}
	get(23)
	refused(Filter{Operation: GetFilesSettings}, 22, 25)
	refused(Filter{}, 25, 25)
	last := s.LastRequests(3)
	if len(s.LastRequests(100)) != 10 || len(s.LastRequests(-1)) != 0 || len(last) != 3 || last[0].Sequence != 33 || last[2].Sequence != 35 {
		t.Errorf("the latest: %+v", last)
	}

	s.ClearRequests()
	if count(t, s, Filter{}) != 0 || len(s.LastRequests(5)) != 0 {
		t.Error("something is left")
	}
	get(4)
	if got, err := s.Requests(Filter{}); len(got) != 4 || got[0].Sequence != 36 || err != nil {
		t.Errorf("after it was cleared: %+v, %v", got, err)
	}
	get(7)
	refused(Filter{}, 1, 36)
	s.Clock().Freeze()
	s.Clock().Advance(time.Hour)
	s.Reset()
	if count(t, s, Filter{}) != 0 || time.Since(s.Clock().Now()) < 0 {
		t.Error("Reset has left something")
	}
}

func TestSizeOfTheJournal(t *testing.T) {
	for _, size := range []int{-1, maxJournal + 1} {
		if _, err := New(WithJournal(size)); err == nil {
			t.Errorf("%d was taken", size)
		}
	}
	s := newServer(t, WithJournal(0))
	mocktest.Send(s, "GET", mocktest.SettingsPath, "")
	if _, err := s.CountRequests(Filter{}); !errors.Is(err, ErrNoJournal) || len(s.LastRequests(5)) != 0 {
		t.Errorf("without a journal: %v", err)
	}
	s = newServer(t)
	for range defaultJournal {
		mocktest.Send(s, "GET", "/", "")
	}
	if got := count(t, s, Filter{}); got != 1000 {
		t.Errorf("%d requests by default", got)
	}
	mocktest.Send(s, "GET", "/", "")
	if _, err := s.CountRequests(Filter{}); err == nil {
		t.Error("the 1001st is kept by default")
	}
}

// Whoever has read an answer to its end finds the request in the journal.
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

// What was under way when the journal was cleared belongs to the time before.
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

// An entry is small, whatever is sent.
func TestEntriesAreBounded(t *testing.T) {
	s := newServer(t)
	long := strings.Repeat("é", 100_000)
	var headers []string
	for i := range 1000 {
		headers = append(headers, fmt.Sprintf("X-%d", i), long)
	}
	mocktest.Send(s, "GET", mocktest.SettingsPath, "", "User-Agent", long, "Origin", long, "Accept-Language", long)
	if text, err := json.Marshal(s.LastRequests(1)); err != nil || len(text) > 4<<10 {
		t.Errorf("%d bytes, %v", len(text), err)
	}
	mocktest.Send(s, strings.Repeat("M", 1000), "/"+strings.Repeat("a/", 50_000)+"?fields="+strings.Repeat("a,", 50_000), "", headers...)
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"`+long+`":"`+long+`","set":true`+strings.Repeat(`,"set":false`, 20_000)+`}`, headers...)
	for _, r := range s.LastRequests(2) {
		text, err := json.Marshal(r)
		if err != nil || len(text) > 64<<10 {
			t.Errorf("%s: %d bytes, %v", r.Method, len(text), err)
		}
		if r.BodyTruncated != (r.Operation == ExternalShare) || r.BodyTruncated && (len(r.Body) != maxEntryBody || !strings.HasPrefix(r.Body, `{"***":"***","set":true,"set":false,`)) {
			t.Errorf("%s: truncated %t, body %.100s", r.Method, r.BodyTruncated, r.Body)
		}
	}
}

func TestMaskedBody(t *testing.T) {
	for body, want := range map[string]string{
		``:                       ``,
		"  \n":                   ``,
		`{}`:                     `{}`,
		"\xef\xbb\xbf{}":         `{}`,
		`null`:                   `null`,
		`true`:                   `true`,
		`"secret"`:               `"***"`,
		`5`:                      `"***"`,
		`{"set": 1.50e3}`:        `{"set":1.50e3}`,
		`{"SET":"true"}`:         `{"SET":"***"}`,
		`{"set":true,"set":1}`:   `{"set":true,"set":1}`,
		`{"password":"", "a":1}`: `{"password":"","***":"***"}`,
		`{"Password":null}`:      `{"Password":null}`,
		`{"password":1234}`:      `{"password":"***"}`,
		`{"externalShare":[true,{"response":["x",2]}]}`: `{"externalShare":[true,{"response":["***","***"]}]}`,
		`{"set":true`:     text.Mask,
		`{"set":true} x`:  text.Mask,
		`{"set":true} {}`: text.Mask,
		`{"set" true}`:    text.Mask,
		`secret`:          text.Mask,
		strings.Repeat("[", dotnet.MaxDepth) + strings.Repeat("]", dotnet.MaxDepth):     strings.Repeat("[", dotnet.MaxDepth) + strings.Repeat("]", dotnet.MaxDepth),
		strings.Repeat("[", dotnet.MaxDepth+1) + strings.Repeat("]", dotnet.MaxDepth+1): text.Mask,
	} {
		if got := string(maskedBody([]byte(body), nil)); got != want {
			t.Errorf("%s: got %s, want %s", body, got, want)
		}
	}
}
