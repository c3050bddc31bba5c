package mockserver

import (
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// When several things are wrong at once, the first of them in the chain is answered.
func TestOrderOfRefusals(t *testing.T) {
	p := authPortal()
	p.Limits.RateLimit = RateLimit{Enabled: true, PerMinute: 100}
	const preflight, fault, unreadable, noScope, plain = "Access-Control-Request-Method", "X-Mock-Fault", "Basic !", "Bearer sk-files:read", "text/plain"
	eachProfile(t, func(t *testing.T, profile string) {
		for _, mode := range []ContractMode{ContractWarn, ContractEnforce} {
			s := newServer(t, WithPortal(p), WithProfile(profile), WithContract(mode), WithClock(mocktest.NewClock().Now))
			addFault(t, s, Fault{ID: "f", Status: 503, Header: true})
			user := "Bearer " + s.Key(RoleUser)
			for range 100 { // uses up the minute of those without an account
				mocktest.Send(s, "GET", "/", "")
			}
			unsupported := 415
			if mode == ContractEnforce {
				unsupported = 400 // the contract has no such body
			}
			for _, test := range []struct {
				name, method, body string
				headers            []string
				want               int
			}{
				{"preflight", "OPTIONS", "", []string{"Origin", "https://app.example", preflight, "PUT", fault, "f", "Authorization", unreadable}, 204},
				{"fault", "PUT", `{`, []string{fault, "f", "Authorization", unreadable, "Content-Type", "", "Content-Type", plain}, 503},
				{"no fault of what is no call", "PATCH", `{`, []string{fault, "f", "Authorization", user}, 405},
				{"credentials that cannot be read", "PATCH", `{`, []string{"Authorization", unreadable, "Content-Type", "", "Content-Type", plain}, 500},
				{"too many requests", "PATCH", `{`, []string{"Content-Type", "", "Content-Type", plain}, 429},
				{"method", "PATCH", `{`, []string{"Authorization", noScope, "Content-Type", "", "Content-Type", plain}, 405},
				{"scope", "PUT", `{`, []string{"Authorization", noScope, "Content-Type", "", "Content-Type", plain}, 403},
				{"content type", "PUT", `{"set":true}`, []string{"Authorization", user, "Content-Type", "", "Content-Type", plain}, unsupported},
				{"body", "PUT", `{`, []string{"Authorization", user}, 400},
				{"role", "PUT", `{"set":true}`, []string{"Authorization", user}, 403},
			} {
				if w := mocktest.Send(s, test.method, mocktest.ExternalPath, test.body, test.headers...); w.Code != test.want {
					t.Errorf("%s, %s: got %d, want %d", mode, test.name, w.Code, test.want)
				}
			}
		}
	})
	s := newServer(t, WithPortal(authPortal()))
	if w := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{`, "Content-Type", "", "Content-Type", plain); w.Code != 401 {
		t.Errorf("without credentials: got %d, want 401", w.Code)
	}
}

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

// A mistake in the fake is a 500 with its usual headers, and not the end of the program.
func TestPanicsAreAnswered(t *testing.T) {
	log, option := logged()
	s := newServer(t, option)
	s.echo.GET(mocktest.SettingsPath, func(echo.Context) error { panic("sk-secret") })
	w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Authorization", "YOUR_API_KEY")
	if w.Code != 500 || w.Header().Get("X-Mock-Docspace") != Version || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), `"statusCode":500`) {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), `"msg":"panic"`) {
		t.Errorf("not in the log: %s", log)
	}
}
