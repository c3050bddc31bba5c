package mockserver

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestRoutes(t *testing.T) {
	const key = "/api/2.0/files/share/KEY_FROM_URL"
	tests := []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/api/2.0/files/settings", 200, ""},
		{"GET", "/API/2.0/Files/SETTINGS", 200, ""},
		{"GET", "/api/2.0/files/settings/", 200, ""},
		{"GET", "/api/2.0/files/%73ettings", 200, ""},
		{"PUT", "/api/2.0/files/settings/External", 200, ""},
		{"PUT", "/api/2.0/files/settings/externalSocialMedia/", 200, ""},
		{"POST", key + "/PASSWORD", 200, ""},
		{"POST", "/api/2.0/files/Share/KEY_FROM_URL/password/", 200, ""},

		{"POST", "/api/2.0/files/settings", 405, "GET"},
		{"HEAD", "/api/2.0/files/settings", 405, "GET"},
		{"OPTIONS", "/api/2.0/files/settings", 405, "GET"},
		{"GET", "/api/2.0/files/settings/external", 405, "PUT"},
		{"POST", "/api/2.0/files/settings/externalsocialmedia", 405, "PUT"},
		{"DELETE", "/api/2.0/files/settings/external/", 405, "PUT"},
		{"GET", key + "/password", 405, "POST"},
		{"PUT", key + "/password", 405, "POST"},
		{"PROPFIND", key + "/password", 405, "POST"},
		{"POST", key, 405, "GET"},

		{"GET", "/", 404, ""},
		{"GET", "/api/2.0/files", 404, ""},
		{"GET", "/api/1.0/files/settings", 404, ""},
		{"GET", "/api/v2/files/settings", 404, ""},
		{"GET", "/files/settings", 404, ""},
		{"GET", "/api/2.0/files/settings/nope", 404, ""},
		{"PUT", "/api/2.0/files/settings/external.json", 404, ""},
		{"PUT", "/api/2.0/files/settings/external/more", 404, ""},
		{"POST", "/api/2.0/files/share//password", 404, ""},
		{"POST", key + "/password/more", 404, ""},
		{"GET", "/api/2.0/files//settings", 404, ""},
		{"GET", "/swagger", 404, ""},
	}
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		for _, test := range tests {
			headers := []string{"Authorization", "YOUR_API_KEY"}
			if test.status != 200 {
				headers = nil // routing comes before credentials
			}
			body := ""
			if test.method == "PUT" || test.method == "POST" {
				body = `{"set":true}`
			}
			w := mocktest.Send(s, test.method, test.path, body, headers...)
			if w.Code != test.status || w.Header().Get("Allow") != test.allow {
				t.Errorf("%s %s: got %d, Allow %q; want %d, %q", test.method, test.path, w.Code, w.Header().Get("Allow"), test.status, test.allow)
			}
			if test.status == 200 {
				continue
			}
			kind := fmt.Sprint(test.status, " empty")
			if profile == ProfileDocumented {
				kind = fmt.Sprint(test.status, " error")
			}
			if got := seen(w); got != kind {
				t.Errorf("%s %s: got %s, want %s", test.method, test.path, got, kind)
			}
		}
	})
}

// FoldersController.cs: GET files/{folderId} takes any one segment, and does not find it.
func TestOneSegmentIsAFolder(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372))
	for _, path := range []string{"nope", "settings.json", "share", "share/"} {
		w := mocktest.Send(s, "GET", "/api/2.0/files/"+path, "")
		if seen(w) != "404 error" || !strings.Contains(w.Body.String(), "The record could not be found") {
			t.Errorf("%s: got %d %s", path, w.Code, w.Body)
		}
	}
}

func TestShareKeysAreTakenAsTheyAre(t *testing.T) {
	keys := []string{"x.json", "a/b", "%", "%2f", "..%2f", "../..", "a b", "a+b", "?x=1#y", "ключ", "😀", "\x00", "a\nb", "share/KEY/password", ".hidden", "...", strings.Repeat("k", 255), "-", "password", "\\", ";x", "KEY%5FFROM"}
	for _, key := range keys {
		s := newServer(t, WithPortal(Portal{Links: []Link{{Key: key}}}))
		if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(key), `{}`)); got.Status != ok {
			t.Errorf("%q: status %d, want 0", key, got.Status)
		}
		if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(key+"x"), `{}`)); got.Status != invalid {
			t.Errorf("%q and a letter: status %d, want 1", key, got.Status)
		}
	}
	// Case matters, and a plus is no blank.
	s := newServer(t, WithPortal(Portal{Links: []Link{{Key: "Key +"}}}))
	for target, want := range map[string]api.ExternalShareStatus{"Key%20+": ok, "Key%20%2B": ok, "key%20+": invalid, "Key++": invalid, "Key%20%20": invalid} {
		if got := share(t, mocktest.Send(s, "POST", "/api/2.0/files/share/"+target+"/password", `{}`)); got.Status != want {
			t.Errorf("%s: status %d, want %d", target, got.Status, want)
		}
	}
}

func FuzzShareKey(f *testing.F) {
	for _, seed := range []string{"KEY_FROM_URL", "a/b", "%", "%25", "..%2f", "..", ".", "", "\xff", "%FF", "a\xffb", "é", "\x00", "/", "//", "?", "#", "+", " "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, key string) {
		s, err := New(WithPortal(Portal{Links: []Link{{Key: key}, {Key: "other", Password: "x"}}}))
		if err != nil || key == "" {
			// Not a key: whatever is answered, it is answered.
			w := mocktest.Send(newServer(t), "POST", mocktest.PasswordPath(key), `{}`)
			if w.Code != 200 && w.Code != 404 && w.Code != 405 {
				t.Fatalf("%q: %d %s", key, w.Code, w.Body)
			}
			if utf8.ValidString(key) && key != "" && key != "." && key != ".." && key != "other" && utf8.RuneCountInString(key) <= 255 {
				t.Fatalf("%q is refused: %v", key, err)
			}
			return
		}
		w := mocktest.Send(s, "POST", mocktest.PasswordPath(key), `{}`)
		if got := share(t, w); got.Status != ok {
			t.Fatalf("%q: status %d, want 0", key, got.Status)
		}
		// Over another road, as Go's own client writes it.
		r := httptest.NewRequest("POST", "/", strings.NewReader(`{}`))
		r.Header.Set("Content-Type", "application/json")
		r.URL = (&url.URL{Scheme: "http", Host: "example.com"}).JoinPath("api/2.0/files/share", url.PathEscape(key), "password")
		w = httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if got := share(t, w); got.Status != ok {
			t.Fatalf("%q through JoinPath: status %d, want 0", key, got.Status)
		}
	})
}

// Request.GetDisplayUrl: not escaped, but for slashes within a segment.
func TestLinksShowThePathUnescaped(t *testing.T) {
	s := newServer(t)
	for escaped, shown := range map[string]string{"a%2Fb": "a%2Fb", "%D0%BA%20x": "к x", "a%25b": "a%b", "%3Cb%3E": "<b>"} {
		w := mocktest.Send(s, "POST", "/api/2.0/files/share/"+escaped+"/password", `{}`)
		if want := `"href":"http://example.com/api/2.0/files/share/` + shown + `/password"`; !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: got %s, want %s", escaped, w.Body, want)
		}
	}
}

func TestLinksShowTheAddressOfTheRequest(t *testing.T) {
	for _, test := range []struct {
		remote, target, host, proto, want string
	}{
		{"192.0.2.1:1", mocktest.SettingsPath, "", "", "http://example.com/api/2.0/files/settings"},
		{"192.0.2.1:1", "/API/2.0/files/Settings/?Fields=status&x=%20", "", "", "http://example.com/API/2.0/files/Settings/?Fields=status&x=%20"},
		{"127.0.0.1:1", mocktest.SettingsPath, "portal.example.org", "https", "https://portal.example.org/api/2.0/files/settings"},
		{"[::1]:1", mocktest.SettingsPath, "evil.example, portal.example.org", "http, https", "https://portal.example.org/api/2.0/files/settings"},
		{"127.0.0.1:1", mocktest.SettingsPath, "", "ftp", "http://example.com/api/2.0/files/settings"},
		{"192.0.2.1:1", mocktest.SettingsPath, "evil.example", "https", "http://example.com/api/2.0/files/settings"},
	} {
		r := httptest.NewRequest("GET", test.target, nil)
		r.RemoteAddr = test.remote
		for name, value := range map[string]string{"X-Forwarded-Host": test.host, "X-Forwarded-Proto": test.proto, "Authorization": "YOUR_API_KEY"} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		w := httptest.NewRecorder()
		newServer(t).ServeHTTP(w, r)
		if want := `"links":[{"href":"` + test.want + `","action":"GET"}]`; !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s from %s: got …%s, want %s", test.target, test.remote, w.Body.String()[max(0, w.Body.Len()-150):], want)
		}
	}
}
