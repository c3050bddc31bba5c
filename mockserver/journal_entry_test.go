package mockserver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

func TestWhatTheJournalKeeps(t *testing.T) {
	clock := mocktest.NewClock()
	s := newServer(t, WithClock(clock.Now), WithProfile(ProfileV372))
	addFault(t, s, Fault{ID: "damaged", Operation: ExternalShareSocialMedia, Kind: FaultEmpty})
	owner := as(s, RoleOwner)
	mocktest.Send(s, "GET", mocktest.SettingsPath+"?fields=externalShare,a.b,x-y&share=secret", "", owner...)
	clock.Advance(time.Minute)
	mocktest.Send(s, "PUT", "/api/2.0/Files/settings/External/", `{"displayValue":true,"password":"p","odd":1}`, append(owner, "User-Agent", "app/1", "Cookie", "a=b", "X-Secret", "s", "X-Secret", "t")...)
	mocktest.Send(s, "POST", mocktest.PasswordPath("KEY_FROM_URL"), `{"password":"x"}`)
	mocktest.Send(s, "PUT", mocktest.SocialPath, `{"set":true}`, owner...)
	mocktest.Send(s, "OPTIONS", mocktest.ExternalPath, "", "Origin", "https://app.example", "Access-Control-Request-Method", "PUT")
	mocktest.Send(s, "DELETE", mocktest.ExternalPath, `{}`, owner...)
	mocktest.Send(s, "GET", "/api/2.0/files/share", "")

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
		{Time: start, Operation: GetFilesSettings, Method: "GET", Path: mocktest.SettingsPath + "?fields=externalShare,a.b,***", Caller: mail, Status: 200, Claims: []string{"A013", "A007"}, Header: header("Authorization", "***")},
		{Operation: ExternalShare, Method: "PUT", Path: "/api/2.0/Files/settings/External/", Caller: mail, Status: 200, Body: `{"displayValue":true,"password":"***","***":"***"}`, Claims: []string{"A104", "A106", "A101", "A121"},
			Hint:   "profile documented reads displayValue and set, so it takes this body as true and answers 200",
			Header: header("Authorization", "***", "Content-Type", json, "User-Agent", "app/1", "Cookie", "***", "X-Secret", "***", "X-Secret", "***")},
		{Operation: ApplyExternalSharePassword, Method: "POST", Path: "/api/2.0/files/share/***/password", Status: 200, Body: `{"password":"***"}`, Claims: []string{"A205", "A218", "A219"}, Header: header("Content-Type", json)},
		{Operation: ExternalShareSocialMedia, Method: "PUT", Path: mocktest.SocialPath, Caller: mail, Status: 200, Body: `{"set":true}`, Header: header("Authorization", "***", "Content-Type", json), Faults: []string{"damaged"}, Claims: []string{"A103", "A101", "A123"}},
		{Method: "OPTIONS", Path: mocktest.ExternalPath, Status: 204, Claims: []string{"A509"}, Header: header("Origin", "https://app.example", "Access-Control-Request-Method", "PUT")},
		{Method: "DELETE", Path: mocktest.ExternalPath, Caller: mail, Status: 405, Claims: []string{"A502"}, Header: header("Authorization", "***", "Content-Type", json),
			Hint: "profile documented answers this 405 as an ErrorApiResponse with a message", Violations: []Violation{{"/method", "only PUT is known here"}}},
		{Method: "GET", Path: "/api/2.0/files/share", Status: 403, Claims: []string{"A602"}, Header: header(), Violations: []Violation{{"/path", "there is no such path"}},
			Hint: "mock-docspace does not have this call; a portal answers here with the folder of that id (GET files/{folderId})"},
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
	headers = append(as(s, RoleOwner), headers...)
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

// The journal says that a body was there which nobody had to read, or which is too large to be looked through.
func TestLargeBodiesInTheJournal(t *testing.T) {
	s := newServer(t)
	owner := as(s, RoleOwner)
	body := func(size int) string { return `{"set":true` + strings.Repeat(" ", size-len(`{"set":true}`)) + `}` }
	for _, test := range []struct {
		method, path, body string
		headers            []string
		status             int
		shown              string
		truncated          bool
	}{
		{"PUT", mocktest.ExternalPath, body(maxRefused), nil, 401, `{"set":true}`, false},
		{"PUT", mocktest.ExternalPath, body(maxRefused + 1), nil, 401, text.Mask, true},
		{"PUT", mocktest.ExternalPath, body(maxRefused + 1), owner, 200, `{"set":true}`, false},
		{"PUT", mocktest.ExternalPath, body(maxCheckedBody), owner, 200, `{"set":true}`, false},
		{"PUT", mocktest.ExternalPath, body(maxCheckedBody + 1), owner, 200, text.Mask, true},
		{"POST", mocktest.PasswordPath("KEY_FROM_URL"), body(maxRefused + 1), nil, 200, `{"set":true}`, false},
	} {
		w := mocktest.Send(s, test.method, test.path, test.body, test.headers...)
		if got := s.LastRequests(1)[0]; w.Code != test.status || got.Body != test.shown || got.BodyTruncated != test.truncated {
			t.Errorf("%s with %d bytes: %d, %q, truncated %t", test.path, len(test.body), w.Code, got.Body, got.BodyTruncated)
		}
	}
}
