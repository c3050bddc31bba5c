package mockserver

import (
	"net/http"
	"net/http/httptest"
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
			for _, name := range []string{"Access-Control-Allow-Credentials", "Access-Control-Expose-Headers"} {
				if got := w.Header().Get(name); got != "" {
					t.Errorf("%s %s: %s = %q", test.method, test.path, name, got)
				}
			}
		}
	})
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
