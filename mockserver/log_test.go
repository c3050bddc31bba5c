package mockserver

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestNoSecretIsLogged(t *testing.T) {
	const key, token, apiKey, password, cookie = "PLANTED-KEY", "PLANTED-TOKEN", "sk-PLANTED-API", "PLANTED-PASSWORD", "PLANTED-COOKIE"
	share := "/api/2.0/files/share/"
	eachProfile(t, func(t *testing.T, profile string) {
		p := protected(func(p *Portal) {
			p.Links = append(p.Links, Link{Key: key, Entry: "20", Password: password}, Link{Key: key + "/x", Entry: "20", Password: password})
			p.Users[0].Tokens, p.Users[0].Password = []string{token}, password
			p.APIKeys = append(p.APIKeys, APIKey{Key: apiKey, User: "owner@example.com"})
		})
		log, option := logged()
		s := newServer(t, WithPortal(p), WithProfile(profile), option)
		for _, target := range []string{
			share + key + "/password", share + key, share + key + "/nope", "/API/2.0/Files/SHARE/" + key + "/password/",
			"/api/2.0/files/%73hare/" + key + "/password", share + "./" + key + "/password", share + "x/../" + key + "/password",
			share + "%2e/" + key + "/password", share + "/" + key, share + key + "%2Fx/password", "/api/1.0/files/share/" + key + "/password", "//api/2.0/files/share/" + key + "/password",
			mocktest.SettingsPath + "?share=" + key, mocktest.SettingsPath + "?asc_auth_key=" + token, share + key + "/password?share=" + key + "&password=" + password,
			mocktest.ExternalPath, mocktest.SocialPath,
		} {
			for _, method := range []string{"GET", "PUT", "POST", "OPTIONS"} {
				for _, authorization := range []string{token, "Bearer " + token, "Bearer " + apiKey, basic("owner@example.com", password), "Basic " + password, jwt(`{"x":"PLANTED"}`), ""} {
					for _, body := range []string{"", passwordBody(password), `{"set":"` + password + `"}`, `{"` + password, `{"displayValue":true}`} {
						mocktest.Send(s, method, target, body, "Authorization", authorization, "Cookie", "asc_auth_key="+cookie+"; sharelink"+mocktest.LinkID+"="+cookie, "Request-Token", key)
						mocktest.Send(s, method, target, body, "Authorization", authorization, "sharelink"+mocktest.LinkID, cookie)
					}
				}
			}
		}
		seen := map[string]bool{}
		for _, line := range strings.Split(log.String(), "\n") {
			if i := strings.Index(line, "PLANTED"); i >= 0 && !seen[line[i:min(len(line), i+40)]] {
				seen[line[i:min(len(line), i+40)]] = true
				t.Errorf("in the log: %s", line)
			}
		}
	})
}

func TestOneLineForEachRequest(t *testing.T) {
	log, option := logged()
	s := newServer(t, option, WithClock(mocktest.NewClock().Now))
	for _, test := range []struct {
		method, target, body, authorization string
		want                                map[string]any
	}{
		{"GET", mocktest.SettingsPath + "?fields=a,b&x=y", "", "YOUR_API_KEY", map[string]any{"msg": "request", "method": "GET", "path": mocktest.SettingsPath + "?fields=a,b", "status": 200.0, "caller": "owner@example.com"}},
		{"PUT", mocktest.ExternalPath, `{}`, "YOUR_API_KEY", map[string]any{"status": 400.0, "path": mocktest.ExternalPath}},
		{"PUT", mocktest.ExternalPath, `{}`, "bad", map[string]any{"status": 401.0, "caller": "anonymous"}},
		{"POST", mocktest.PasswordPath("KEY_FROM_URL"), `{}`, "", map[string]any{"path": "/api/2.0/files/share/***/password", "caller": "anonymous"}},
		{"GET", "/a%0Ab", "", "", map[string]any{"path": "/a\nb", "status": 404.0}},
	} {
		log.Reset()
		w := mocktest.Send(s, test.method, test.target, test.body, "Authorization", test.authorization)
		var line map[string]any
		if err := json.Unmarshal(log.Bytes(), &line); err != nil || strings.Count(log.String(), "\n") != 1 {
			t.Fatalf("%s %s: not one line: %q", test.method, test.target, log)
		}
		for name, want := range test.want {
			if line[name] != want {
				t.Errorf("%s %s: %s = %v, want %v", test.method, test.target, name, line[name], want)
			}
		}
		hint, _ := line["hint"].(string)
		if header := w.Header().Get(headerHint); hint != header || line["level"] != "INFO" {
			t.Errorf("%s %s: level %v, hint %q, header %q", test.method, test.target, line["level"], hint, header)
		}
	}
}

func TestTraceID(t *testing.T) {
	const trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	for header, want := range map[string]string{
		"00-" + trace + "-" + parent + "-01":                             trace,
		"00-" + trace + "-" + parent + "-ff":                             trace,
		"cc-" + trace + "-" + parent + "-01":                             trace, // a later version
		"cc-" + trace + "-" + parent + "-01-more":                        trace,
		"cc-" + trace + "-" + parent + "-01.more":                        "",
		"00-" + trace + "-" + parent + "-01-more":                        "",
		"ff-" + trace + "-" + parent + "-01":                             "",
		"00-" + strings.Repeat("0", 32) + "-" + parent + "-01":           "",
		"00-" + trace + "-" + strings.Repeat("0", 16) + "-01":            "",
		"00-" + strings.ToUpper(trace) + "-" + parent + "-01":            "",
		"00-" + trace + "-" + parent:                                     "",
		"00-" + trace + "0-" + parent + "-01":                            "",
		trace:                                                            "",
		"":                                                               "",
		"cc-" + trace + "-" + parent + "-01-" + strings.Repeat("x", 600): "",
	} {
		log, option := logged()
		s := newServer(t, option)
		mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Traceparent", header)
		if got := s.LastRequests(1)[0].TraceID; got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
		if inLog := strings.Contains(log.String(), `"trace_id":"`+trace+`"`); inLog != (want != "") || strings.Contains(log.String(), `"trace_id":""`) {
			t.Errorf("%q: the log says %s", header, log)
		}
	}
	s := newServer(t)
	twice := "00-" + trace + "-" + parent + "-01"
	mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Traceparent", twice, "Traceparent", twice)
	if got := s.LastRequests(1)[0].TraceID; got != "" {
		t.Errorf("two headers: %q", got)
	}
	mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Traceparent", twice)
	if n, err := s.CountRequests(Filter{TraceID: trace}); n != 1 || err != nil {
		t.Errorf("counted %d, %v", n, err)
	}
}
