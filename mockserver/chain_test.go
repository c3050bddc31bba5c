package mockserver

import (
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestStandardHeaders(t *testing.T) {
	tests := []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		versions                 string // api-supported-versions; ? is not known
	}{
		{"200", "GET", mocktest.SettingsPath, "", []string{"Authorization", "YOUR_API_KEY"}, 200, "2.0"},
		{"200 PUT", "PUT", mocktest.ExternalPath, `{"set":true}`, []string{"Authorization", "YOUR_API_KEY"}, 200, "2.0"},
		{"200 POST", "POST", mocktest.PasswordPath("x"), `{}`, nil, 200, "2.0"},
		{"400", "PUT", mocktest.ExternalPath, `{`, []string{"Authorization", "YOUR_API_KEY"}, 400, "?"},
		{"401", "PUT", mocktest.ExternalPath, `{}`, nil, 401, ""},
		{"403 of the action", "PUT", mocktest.ExternalPath, `{"set":true}`, []string{"Authorization", basic("user@example.com", "User-pass-1")}, 403, "?"},
		{"403", "POST", mocktest.PasswordPath("x"), `{}`, []string{"Authorization", "Bearer sk-nope"}, 403, ""},
		{"404", "GET", "/nope", "", nil, 404, ""},
		{"405", "GET", mocktest.ExternalPath, "", nil, 405, ""},
		{"415", "POST", mocktest.PasswordPath("x"), `{}`, []string{"Content-Type", ""}, 415, "?"},
		{"500", "GET", mocktest.SettingsPath, "", []string{"Authorization", "Basic !"}, 500, ""},
		{"preflight", "OPTIONS", mocktest.ExternalPath, "", []string{"Origin", "https://app.example", "Access-Control-Request-Method", "PUT"}, 204, ""},
	}
	eachProfile(t, func(t *testing.T, profile string) {
		for _, test := range tests {
			w := mocktest.Send(newServer(t, WithProfile(profile), WithClock(mocktest.NewClock().Now)), test.method, test.path, test.body, test.headers...)
			if w.Code != test.status {
				t.Errorf("%s: %d", test.name, w.Code)
			}
			for name, want := range map[string]string{"X-Mock-Docspace": Version, "Server": "Kestrel", "api-supported-versions": test.versions} {
				if got := w.Header().Get(name); got != want && want != "?" {
					t.Errorf("%s: %s = %q, want %q", test.name, name, got, want)
				}
			}
			if got := w.Header().Get("Server-Timing"); !strings.HasPrefix(got, "aspnetcore-request-time;dur=") {
				t.Errorf("%s: Server-Timing %q", test.name, got)
			}
			for _, name := range []string{"ETag", "Last-Modified"} {
				if got := w.Header().Get(name); got != "" {
					t.Errorf("%s: %s = %q", test.name, name, got)
				}
			}
			if got := w.Header().Get("Cache-Control"); test.status == 200 && got != "" {
				t.Errorf("%s: Cache-Control %q", test.name, got)
			}
		}
	})
}

// 401, then 415 and 400, then 403 for the role: a body that cannot be read is a 400 for everybody with an account.
func TestOrderOfRefusals(t *testing.T) {
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		for _, test := range []struct {
			headers []string
			body    string
			want    int
		}{
			{nil, `{`, 401},
			{[]string{"Content-Type", "", "Content-Type", "text/plain"}, `{"set":true}`, 401},
			{as(s, RoleUser), `{`, 400},
			{append(as(s, RoleUser), "Content-Type", "", "Content-Type", "text/plain"), `{`, 415},
			{as(s, RoleUser), `{"set":true}`, 403},
			{as(s, RoleOwner), `{`, 400},
		} {
			if w := mocktest.Send(s, "PUT", mocktest.ExternalPath, test.body, test.headers...); w.Code != test.want {
				t.Errorf("%q by %v: got %d, want %d", test.body, test.headers, w.Code, test.want)
			}
		}
	})
}

// A mistake in the fake is a 500 with its usual headers, and not the end of the program.
func TestPanicsAreAnswered(t *testing.T) {
	log, option := logged()
	s := newServer(t, option)
	s.echo.Use(func(echo.HandlerFunc) echo.HandlerFunc { return func(echo.Context) error { panic("sk-secret") } })
	w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Authorization", "YOUR_API_KEY")
	if w.Code != 500 || w.Header().Get("X-Mock-Docspace") != Version || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), `"statusCode":500`) {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), `"msg":"panic"`) {
		t.Errorf("not in the log: %s", log)
	}
}
