package mockserver

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// BaseStartup.cs with "cors": "*".
func TestCORS(t *testing.T) {
	const origin = "https://app.example"
	tests := []struct {
		method, path string
		headers      []string
		status       int
		allowed      string
	}{
		{"GET", mocktest.SettingsPath, []string{"Origin", origin, "Authorization", "YOUR_API_KEY"}, 200, "*"},
		{"GET", mocktest.SettingsPath, []string{"Authorization", "YOUR_API_KEY"}, 200, ""},
		{"PUT", mocktest.ExternalPath, []string{"Origin", origin}, 401, "*"},
		{"GET", "/nope", []string{"Origin", origin}, 404, "*"},
		{"options", "/nope", []string{"Origin", origin, "Access-Control-Request-Method", "GET"}, 204, "*"},
		{"GET", mocktest.SettingsPath, []string{"Origin", origin, "Authorization", "Basic !"}, 500, "*"},
		{"OPTIONS", mocktest.SettingsPath, []string{"Origin", origin}, 405, "*"},
		{"OPTIONS", mocktest.SettingsPath, []string{"Access-Control-Request-Method", "GET"}, 405, ""},
	}
	eachProfile(t, func(t *testing.T, profile string) {
		for _, test := range tests {
			w := mocktest.Send(newServer(t, WithProfile(profile)), test.method, test.path, "", test.headers...)
			if w.Code != test.status || w.Header().Get("Access-Control-Allow-Origin") != test.allowed {
				t.Errorf("%s %s %v: got %d, %q", test.method, test.path, test.headers, w.Code, w.Header().Get("Access-Control-Allow-Origin"))
			}
			if got := w.Header().Get("Access-Control-Allow-Credentials"); got != "" {
				t.Errorf("%s %s: Access-Control-Allow-Credentials = %q", test.method, test.path, got)
			}
		}
	})
}

// A browser shows a page of another origin only the headers that an answer names. Those of the fake's own are named, and no other, on
// each answer that the page may read.
func TestOwnHeadersAcrossOrigins(t *testing.T) {
	const named = "X-Mock-Docspace, X-Mock-Hint, X-Mock-Contract, X-Mock-Fault, X-Mock-Sequence"
	origin := []string{"Origin", "https://app.example"}
	for name, test := range map[string]struct {
		fault        Fault
		method, path string
		body         string
		headers      []string
		want, has    string // has is a header that the answer has
	}{
		"a hint":               {Fault{}, "GET", mocktest.SettingsPath, "", origin, named, "X-Mock-Hint"},
		"a violation":          {Fault{}, "PUT", mocktest.ExternalPath, `{"set":"x"}`, append(origin, "Authorization", "YOUR_API_KEY", "Content-Type", "application/json"), named, "X-Mock-Contract"},
		"an exception":         {Fault{}, "GET", mocktest.SettingsPath, "", append(origin, "Authorization", "Basic !"), named, "X-Mock-Docspace"},
		"a fault":              {Fault{Status: 503}, "GET", mocktest.SettingsPath, "", origin, named, "X-Mock-Fault"},
		"a damaged answer":     {Fault{Kind: FaultMalformed}, "GET", mocktest.SettingsPath, "", origin, named, "X-Mock-Fault"},
		"a page of a proxy":    {Fault{Kind: FaultProxy}, "GET", mocktest.SettingsPath, "", origin, "", "X-Mock-Fault"},
		"an unreadable token":  {Fault{}, "GET", mocktest.SettingsPath, "", append(origin, "Authorization", "Bearer a.b.c"), "", "X-Mock-Docspace"},
		"the page's own":       {Fault{}, "GET", mocktest.SettingsPath, "", nil, "", "X-Mock-Docspace"},
		"an origin of blanks":  {Fault{}, "GET", mocktest.SettingsPath, "", []string{"Origin", ""}, "", "X-Mock-Docspace"},
		"a preflight request":  {Fault{}, "OPTIONS", mocktest.SettingsPath, "", append(origin, "Access-Control-Request-Method", "GET"), "", "X-Mock-Docspace"},
		"no preflight request": {Fault{}, "OPTIONS", mocktest.SettingsPath, "", origin, named, "X-Mock-Docspace"},
	} {
		s := newServer(t)
		if test.fault != (Fault{}) {
			addFault(t, s, test.fault)
		}
		h := mocktest.Send(s, test.method, test.path, test.body, test.headers...).Header()
		if got := strings.Join(h.Values("Access-Control-Expose-Headers"), "|"); got != test.want || h.Get(test.has) == "" {
			t.Errorf("%s: got %q with %v", name, got, h)
		}
	}
}

// An empty Origin makes a preflight request, but gets no permission. Beside another one it counts for nothing.
func TestEmptyOrigin(t *testing.T) {
	const method = "Access-Control-Request-Method"
	for _, test := range []struct {
		method  string
		headers http.Header
		status  int
		allowed string
	}{
		{"OPTIONS", http.Header{"Origin": {""}, method: {"GET"}, "Access-Control-Request-Headers": {"x"}}, 204, ""},
		{"OPTIONS", http.Header{"Origin": {""}}, 405, ""},
		{"GET", http.Header{"Origin": {""}, "Authorization": {"YOUR_API_KEY"}}, 200, ""},
		{"GET", http.Header{"Origin": {"", "https://app.example"}, "Authorization": {"YOUR_API_KEY"}}, 200, "*"},
	} {
		r := httptest.NewRequest(test.method, mocktest.SettingsPath, nil)
		r.Header = test.headers
		w := httptest.NewRecorder()
		newServer(t).ServeHTTP(w, r)
		h := w.Header()
		if w.Code != test.status || h.Get("Access-Control-Allow-Origin") != test.allowed || h.Get("Access-Control-Allow-Methods") != "" || h.Get("Access-Control-Allow-Headers") != "" {
			t.Errorf("%s %v: got %d %v", test.method, test.headers, w.Code, h)
		}
	}
}

func TestPreflight(t *testing.T) {
	s := newServer(t)
	for _, path := range []string{mocktest.ExternalPath, mocktest.PasswordPath("x"), "/nope"} {
		w := mocktest.Send(s, "OPTIONS", path, "", "Origin", "https://app.example", "Access-Control-Request-Method", "PUT",
			"Access-Control-Request-Headers", "authorization,content-type", "Authorization", "Basic !")
		h := w.Header()
		if w.Code != 204 || w.Body.Len() != 0 || h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Access-Control-Allow-Methods") != "PUT" ||
			h.Get("Access-Control-Allow-Headers") != "authorization,content-type" {
			t.Errorf("%s: got %d %v", path, w.Code, h)
		}
	}
}

// The headers of a preflight answer are lists (recorded: F628, F629).
func TestPreflightLists(t *testing.T) {
	const method, names = "Access-Control-Request-Method", "Access-Control-Request-Headers"
	for _, test := range []struct {
		headers        []string
		methods, names string
	}{
		{[]string{method, "Put", names, " X-A ,x-b,, X-C,d "}, "Put", "X-A,x-b,X-C,d"},
		{[]string{method, "PUT", names, "x-a", names, "x-b"}, "PUT", "x-a,x-b"},
		{[]string{method, "PUT,GET", names, `"a, b", c`}, `"PUT,GET"`, `"a, b",c`},
		{[]string{method, "PUT", names, " , "}, "PUT", ""},
		{[]string{method, "PUT"}, "PUT", ""},
	} {
		h := mocktest.Send(newServer(t), "OPTIONS", mocktest.ExternalPath, "", append(test.headers, "Origin", "https://app.example")...).Header()
		if h.Get("Access-Control-Allow-Methods") != test.methods || h.Get("Access-Control-Allow-Headers") != test.names || len(h.Values("Access-Control-Allow-Headers")) > 1 {
			t.Errorf("%q: got %v", test.headers, h)
		}
	}
	r := httptest.NewRequest("OPTIONS", mocktest.ExternalPath, nil)
	r.Header = http.Header{"Origin": {"https://app.example"}, method: {""}}
	w := httptest.NewRecorder()
	newServer(t).ServeHTTP(w, r)
	if _, sent := w.Header()["Access-Control-Allow-Methods"]; sent || w.Code != 204 {
		t.Errorf("an empty method: got %d %v", w.Code, w.Header())
	}
}
