package mockserver

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// Whatever arrives is answered, with JSON where the answer says so, and never with a panic or an error that nobody expects. The portal
// can be written down and read again afterwards.
func FuzzRequest(f *testing.F) {
	for _, seed := range [][5]string{
		{"GET", mocktest.SettingsPath + "?fields=a,b.c&share=x", "", "Origin", "null"},
		{"PUT", mocktest.ExternalPath, `{"set":true}`, "Content-Encoding", "gzip"},
		{"PUT", "/api/2.0/files/settings/externalsharingsettings", `{"enableExternalSharing":false,"defaultShareLinkInternal":1e400}`, "X-Forwarded-Host", "\xff"},
		{"POST", mocktest.PasswordPath("KEY_FROM_URL"), `{"password":"x"}`, "Cookie", "sharelink=%"},
		{"PUT", "/api/2.0/files/rooms/10/links", `{"access":2,"linkType":1,"title":"x","expirationDate":"9999-12-31T23:59:59-23:59","maxUseCount":99999999999999999999}`, "Accept", "*/*;q=1e400"},
		{"PUT", "/api/2.0/files/file/12/links", `{"linkId":"{0x1,0x2,0x3,{0x4,0x5,0x6,0x7,0x8,0x9,0xa,0xb}}","access":-1}`, "Accept-Charset", "utf-16"},
		{"POST", "/api/2.0/files/rooms", `{"title":"\ud83d\ude00","roomType":2147483648}`, "Content-Type", "application/json; charset=utf-16"},
		{"GET", "/api/2.0/files/11?count=99999999999999999999&startIndex=-1&filterType=x&sortBy=y", "", "Request-Token", "KEY_FROM_URL"},
		{"DELETE", "/api/2.0/files/rooms/99999999999999999999", "null", "Transfer-Encoding", "x"},
		{"POST", "/api/2.0/authentication", `{"userName":"owner@example.com","password":"Owner-pass-1"}`, "Authorization", "Bearer e30.e30.x"},
		{"POST", "/api/2.0/authentication/logout?request-x-real-ip=", "", "X-Forwarded-For", "[::1"},
		{"OPTIONS", "/api/-1.0/files", "", "Access-Control-Request-Method", "\x7f"},
		{"GET", "/s/%2e%2e//x%00", "", "X-Mock-Fault", "a,,b"},
		{"HEAD", "/api/2.0/people/@self", "", "Traceparent", "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x"},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4])
	}
	f.Fuzz(func(t *testing.T, method, target, body, name, value string) {
		address, err := url.ParseRequestURI(target)
		if err != nil || address.Host != "" {
			return // not a request
		}
		for _, profile := range ProfileNames() {
			log, option := logged()
			s := newServer(t, WithProfile(profile), WithPasswordRounds(1), option)
			for _, key := range []string{"", s.Key(RoleOwner)} {
				r := httptest.NewRequest(http.MethodGet, "/", strings.NewReader(body))
				own := *address
				r.Method, r.URL, r.RequestURI = method, &own, target
				r.Header.Set("Content-Type", "application/json")
				if key != "" {
					r.Header.Set("Authorization", key)
				}
				r.Header.Set(name, value)
				sameViolations(t, s, r, body)
				w := httptest.NewRecorder()
				s.ServeHTTP(w, r)
				utf16 := strings.Contains(w.Header().Get("Content-Type"), "utf-16")
				if isJSON := strings.Contains(w.Header().Get("Content-Type"), "json"); isJSON && !utf16 && w.Body.Len() > 0 && !json.Valid(w.Body.Bytes()) {
					t.Errorf("%s: %d %q", profile, w.Code, w.Body)
				}
			}
			if text := log.String(); strings.Contains(text, "level=ERROR") || strings.Contains(text, "panic") {
				t.Errorf("%s: %s", profile, text)
			}
			text, err := json.Marshal(s.State())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := ParsePortal("state", text); err != nil {
				t.Errorf("%s: %v", profile, err)
			}
		}
	})
}
