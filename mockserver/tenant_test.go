package mockserver

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// What is no address is refused before everything else, also before a preflight request is answered (recorded: F644, F660, F1562).
func TestOriginsAndHostsThatAreNoAddress(t *testing.T) {
	const badFormat, badHost, badPort = "Invalid URI: The format of the URI could not be determined.", "Invalid URI: The hostname could not be parsed.", "Invalid URI: Invalid port specified."
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		for _, test := range []struct{ method, path, host, origin, want string }{
			{"GET", mocktest.SettingsPath, "portal", "null", badFormat},
			{"OPTIONS", mocktest.SettingsPath, "portal", "null", badFormat},
			{"PUT", mocktest.ExternalPath, "portal", "*", badFormat},
			{"PATCH", mocktest.ExternalPath, "portal", "https://x..y", badHost},
			{"GET", "/nope", "portal", "https://app.example:99999", badPort},
			{"GET", mocktest.SettingsPath, ".", "", badHost},
			{"GET", mocktest.SettingsPath, "portal:99999", "", badPort},
		} {
			r := httptest.NewRequest(test.method, test.path, nil)
			r.Host = test.host
			r.Header.Set("Access-Control-Request-Method", "GET")
			if test.origin != "" {
				r.Header.Set("Origin", test.origin)
			}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code != 500 || !strings.Contains(w.Body.String(), `{"error":{"message":"`+test.want+`","type":"System.UriFormatException"`) || w.Header().Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%+v: got %d %v %s", test, w.Code, w.Header(), w.Body)
			}
		}
		for _, origin := range []string{"https://app.example", "http://localhost:3000", "file://", "moz-extension://4a1f"} {
			if w := mocktest.Send(s, "GET", "/nope", "", "Origin", origin); w.Code != 404 || w.Header().Get("Access-Control-Allow-Origin") != "*" {
				t.Errorf("%s: got %d %v", origin, w.Code, w.Header())
			}
		}
		if w := mocktest.Send(s, "GET", "/nope", "", "Origin", "", "Origin", "https://app.example"); w.Code != 404 {
			t.Errorf("an empty Origin beside another: got %d %s", w.Code, w.Body)
		}
	})
}

// An origin in the query without a host is at no portal. Whoever may not make the call, or makes none, does not notice.
func TestOriginInTheQueryWithoutAPortal(t *testing.T) {
	const problem, exception = `{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.5","title":"Not Found","status":404,"traceId":"`, `{"error":{"message":"Could not resolve current tenant :-(.","type":"System.Exception"`
	s := newServer(t, WithProfile(ProfileV372))
	key := as(s, RoleOwner)
	for _, test := range []struct {
		method, target string
		headers        []string
		code           int
		body           string
	}{
		{"POST", mocktest.PasswordPath("KEY_FROM_URL") + "?origin=file:///x", nil, 404, problem},
		{"POST", mocktest.PasswordPath("KEY_FROM_URL") + "?origin=javascript:1", nil, 404, problem},
		{"POST", mocktest.PasswordPath("KEY_FROM_URL") + "?ORIGIN=%2Fx", nil, 404, problem},
		{"GET", mocktest.SettingsPath + "?origin=news:x", nil, 404, problem},
		{"GET", mocktest.SettingsPath + "?origin=mailto:a@b", nil, 200, ""},
		{"GET", mocktest.SettingsPath + "?origin=https://o.example", nil, 200, ""},
		{"GET", mocktest.SettingsPath + "?origin=x&origin=/x", nil, 200, ""},
		{"PUT", mocktest.ExternalPath + "?origin=file:///x", nil, 401, ""},
		{"DELETE", mocktest.ExternalPath + "?origin=file:///x", nil, 405, ""},
		{"GET", "/nope?origin=file:///x", nil, 404, ""},
		{"PUT", mocktest.ExternalPath + "?origin=file:///x", key, 500, exception},
		{"GET", "/nope?origin=file:///x", key, 500, exception},
	} {
		w := mocktest.Send(s, test.method, test.target, `{"set":true}`, test.headers...)
		if w.Code != test.code || !strings.HasPrefix(w.Body.String(), test.body) || test.body == problem && w.Header().Get("Content-Type") != "application/problem+json; charset=utf-8" {
			t.Errorf("%s %s: got %d %s", test.method, test.target, w.Code, w.Body)
		}
	}
}
