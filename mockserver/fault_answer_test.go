package mockserver

import (
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// An error is as DocSpace would have it, in all profiles.
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
			if profile != ProfileDocumented {
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

func TestProxyPage(t *testing.T) {
	for status, title := range map[int]string{502: "502 Bad Gateway", 503: "503 Service Unavailable", 504: "504 Gateway Time-out"} {
		s := newServer(t)
		addFault(t, s, Fault{Kind: FaultProxy, Status: status})
		w := mocktest.Send(s, "GET", mocktest.SettingsPath, "")
		want := "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
		if w.Code != status || w.Body.String() != want || w.Header().Get("Server") != "nginx" || w.Header().Get("Content-Type") != "text/html" || w.Header().Get("Retry-After") != "" {
			t.Errorf("%d: got %d %v %s", status, w.Code, w.Header(), w.Body)
		}
	}
}
