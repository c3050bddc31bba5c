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
					for _, body := range []string{"", mocktest.PasswordBody(password), `{"set":"` + password + `"}`, `{"` + password, `{"displayValue":true}`} {
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

func TestTraceIDs(t *testing.T) {
	const trace = "4bf92f3577b34da6a3ce929d0e0e4736"
	for header, want := range map[string]string{"00-" + trace + "-00f067aa0ba902b7-01": trace, trace: "", "": ""} {
		log, option := logged()
		s := newServer(t, option)
		mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Traceparent", header)
		if got := s.LastRequests(1)[0].TraceID; got != want {
			t.Errorf("%q: %q in the journal, want %q", header, got, want)
		}
		if inLog := strings.Contains(log.String(), `"trace_id":"`+trace+`"`); inLog != (want != "") || strings.Contains(log.String(), `"trace_id":""`) {
			t.Errorf("%q: the log says %s", header, log)
		}
	}
}

func TestLogOfFaultsAndViolations(t *testing.T) {
	log, option := logged()
	s := newServer(t, option)
	addFault(t, s, Fault{ID: "late", Delay: 1})
	addFault(t, s, Fault{ID: "down", Status: 503})
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{}`)
	if got := log.String(); !strings.Contains(got, `"fault":"late, down"`) || !strings.Contains(got, `"contract":"/body: needs set or displayValue`) {
		t.Errorf("got %s", got)
	}
	log.Reset()
	addFault(t, s, Fault{ID: "gone", Kind: FaultReset, Operation: GetFilesSettings})
	s.RemoveFault("down")
	func() {
		defer func() { _ = recover() }() // as net/http does
		mocktest.Send(s, "GET", mocktest.SettingsPath, "")
	}()
	if got := log.String(); !strings.Contains(got, `"status":0`) || !strings.Contains(got, `"fault":"late, gone"`) || strings.Contains(got, `"contract"`) {
		t.Errorf("got %s", got)
	}
}
