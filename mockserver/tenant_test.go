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
	})
}
