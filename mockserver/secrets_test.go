package mockserver

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Everything that is secret on the portal of this test has planted in it.
const planted = "PLANTED.secret~"

func plantedPortal(t testing.TB) (*Server, func() string) {
	log, option := logged()
	p := protected(func(p *Portal) {
		p.Profile = ProfileDocumented
		p.Links = append(p.Links, Link{Key: planted, Entry: "20", Password: planted + "pw"}, Link{Key: planted + "/x", Entry: "20"})
		p.Users[0].Tokens, p.Users[0].Password = []string{planted + "token"}, planted
		p.APIKeys = append(p.APIKeys, APIKey{Key: "sk-" + planted, User: "owner@example.com"})
	})
	s := newServer(t, WithPortal(p), option)
	return s, func() string {
		text, err := json.MarshalIndent(s.LastRequests(defaultJournal), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		return log.String() + string(text)
	}
}

func FuzzNothingTellsASecret(f *testing.F) {
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("owner@example.com:"+planted))
	share := "/api/2.0/files/share/" + planted
	for _, r := range [][5]string{
		{"GET", settingsPath, "", "Authorization", planted + "token"},
		{"GET", settingsPath + "?fields=" + planted + ",a&share=" + planted, "", "Authorization", "Bearer sk-" + planted},
		{"PUT", externalPath, `{"set":true,"` + planted + `":"` + planted + `"}`, "Authorization", basic},
		{"PUT", externalPath, `{"` + planted + `":x`, "Cookie", "asc_auth_key=" + planted},
		{"PUT", externalPath, `{"set":"` + planted + `"}`, "Cookie", "sharelink" + linkID + "=" + planted},
		{"PUT", externalPath, planted, "sharelink" + linkID, planted},
		{"POST", share + "/password", passwordBody(planted), "Request-Token", planted},
		{"POST", share + "%2Fx/password", `["` + planted + `"]`, planted, planted},
		{"POST", share + "/password?share=" + planted + "&password=" + planted, `{"password":{"` + planted + `":1}}`, "X-Api-Key", planted},
		{"GET", "/s/" + planted, "", "Referer", "https://portal/s/" + planted},
		{"GET", "/rooms/share?key=" + planted, "", "Traceparent", planted},
		{planted, "/x" + planted + "y/" + planted, "", "Proxy-Authorization", planted},
		{"OPTIONS", share, "", "X-Mock-Token", planted},
		{"GET", settingsPath, "", "User-Agent", "app/" + planted + "token (" + planted + ")"},
		{"GET", settingsPath, "", "Content-Type", "application/json; charset=" + planted},
		{"PUT", externalPath, `{"set":true}`, "User-Agent", strings.Repeat("a", maxEntryValue-10) + planted},
	} {
		f.Add(r[0], r[1], r[2], r[3], r[4], "application/json")
		f.Add(r[0], r[1], r[2], r[3], r[4], "application/json; charset=utf-16")
		f.Add(r[0], r[1], r[2], r[3], r[4], "text/plain")
	}
	f.Fuzz(func(t *testing.T, method, target, body, name, value, contentType string) {
		address, err := url.ParseRequestURI(target)
		if err != nil || address.Host != "" {
			return // not a request
		}
		s, told := plantedPortal(t)
		for _, f := range []Fault{{ID: "a", Status: 400, Times: 1}, {ID: "b", Kind: FaultEmpty, Times: 1}} {
			r := httptest.NewRequest(http.MethodGet, "/", strings.NewReader(body))
			r.Method, r.URL, r.RequestURI = method, address, target
			r.Header.Set("Content-Type", contentType)
			r.Header.Set("Authorization", planted+"token")
			r.Header.Set(name, value)
			s.ServeHTTP(httptest.NewRecorder(), r)
			addFault(t, s, f)
		}
		if all := told(); strings.Contains(all, planted) {
			i := strings.Index(all, planted)
			t.Errorf("told: …%s…", all[max(0, i-200):min(len(all), i+100)])
		}
	})
}

// That nothing is told is worth nothing when nothing is there.
func TestThePlantedSecretsAreUsed(t *testing.T) {
	s, told := plantedPortal(t)
	for _, authorization := range []string{planted + "token", "Bearer sk-" + planted, basic("owner@example.com", planted)} {
		if w := send(s, "POST", passwordPath(planted), passwordBody(planted+"new"), "Authorization", authorization, "Cookie", "x="+planted); w.Code != 200 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
	all := told()
	if n := strings.Count(all, `"Caller": "owner@example.com"`); n != 3 {
		t.Errorf("%d requests of the owner", n)
	}
	if strings.Contains(all, planted) || !strings.Contains(all, `"Body": "{\"password\":\"***\"}"`) {
		t.Errorf("told: %s", all)
	}
}

// What is secret is so wherever it stands.
func TestSecretsAreMaskedAnywhere(t *testing.T) {
	s := newServer(t, WithPortal(protected(func(p *Portal) {
		p.Users[0].Password = "Owner-pass-1"
		p.Links = append(p.Links, Link{Key: "a/b/c-d-e", Entry: "20", Password: "1234567"})
	})))
	send(s, "PUT", externalPath, `{"set":1234567}`, "Authorization", "YOUR_API_KEY", "User-Agent", "app/YOUR_API_KEY (protected)", "X-Request-Id", rightPW, "Accept", "Owner-pass-1",
		"Traceparent", "00-"+strings.Repeat("4bf92f35", 4)+"-00f067aa0ba902b7-01")
	got := s.LastRequests(1)[0]
	if want := "app/*** (***)"; got.Header.Get("User-Agent") != want || got.Header.Get("X-Request-Id") != mask || got.Header.Get("Accept") != mask {
		t.Errorf("got %v", got.Header)
	}
	if got.Body != `{"set":"***"}` || got.TraceID != strings.Repeat("4bf92f35", 4) {
		t.Errorf("got %+v", got)
	}
	send(s, "GET", "/x/a/b/c-d-e/f", "")
	if got := s.LastRequests(1)[0].Path; got != "/***/***/***/***/***" {
		t.Errorf("got %s", got)
	}
}

// A secret that could be part of any word is one only as a whole word.
func TestShortSecrets(t *testing.T) {
	s := newServer(t, WithPortal(protected(func(p *Portal) { p.Links[0].Password = "a"; p.Users[0].Password = "GET" })))
	for target, want := range map[string]string{
		"/favicon.ico":                           "/favicon.ico",
		"/a/b":                                   "/***/b",
		settingsPath + "?fields=a,externalShare": settingsPath + "?fields=***,externalShare",
	} {
		send(s, "GET", target, "", "User-Agent", "an a_b a", "Authorization", "YOUR_API_KEY")
		if got := s.LastRequests(1)[0]; got.Path != want || got.Method != "GET" || got.Header.Get("User-Agent") != "an a_b ***" {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
}

// The short form of a link is s/KEY.
func TestShortLinksAreMasked(t *testing.T) {
	log, option := logged()
	s := newServer(t, option)
	for target, want := range map[string]string{
		"/s/abc123": "/s/***", "/S/abc123/": "/S/***/", "//s/abc123": "/s/***", "/s%2Fabc123": "/***", "/s": "/s", "/sabc123/x": "/sabc123/x", "/s/abc123/x": "/s/***/***",
	} {
		log.Reset()
		send(s, "GET", target, "")
		if got := s.LastRequests(1)[0].Path; got != want || !strings.Contains(log.String(), `"path":"`+want+`"`) {
			t.Errorf("%s: got %s, want %s, in %s", target, got, want, log)
		}
	}
}

func TestShownHeaders(t *testing.T) {
	for name, values := range map[string]map[string]string{
		"Accept":                         {"*/*": "", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "", "application/json; charset=utf-8": "", "hunter2": mask, "application/json; a=hunter2": mask},
		"Accept-Encoding":                {"gzip, deflate, br": "", "gzip;q=1.0, *;q=0": "", "hunter2": mask},
		"Accept-Language":                {"de-DE,de;q=0.9,en": "", "zh-Hant-TW": "", "hunter2": mask, "Owner-pass-1": mask},
		"Access-Control-Request-Headers": {"authorization, content-type": "", "a b": mask},
		"Cache-Control":                  {"no-cache, max-age=0": "", "hunter2": mask},
		"Connection":                     {"keep-alive": "", "hunter2": mask},
		"Content-Type": {"application/json": "", "application/json; charset=utf-8": "", `text/plain;charset="UTF-16"`: "", "application/json; charset=hunter2": "application/json; ***",
			"multipart/form-data; boundary=x": "multipart/form-data; ***", "hunter2": mask, "hunter2/x": mask},
		"Origin":          {"https://app.example:8443": "", "null": "", "http://[::1]:80": "", "hunter2": mask, "https://a:hunter2@b": mask, "https://a/hunter2": mask},
		"X-Forwarded-For": {"192.0.2.1, 10.0.0.1:80": "", "2001:db8::1": "", "[2001:db8::1]:443": "", "hunter2": mask, "192.0.2.1, hunter2": mask},
		headerFault:       {"down, 66faa6e4-f133-11ea-b126-00ffeec8b4ef": "", "a b": mask, "<hunter2>": mask},
		headerPortal:      {"mine": "", "Hunter 2": mask},
		"User-Agent":      {"Mozilla/5.0 (X11; Linux x86_64)": ""},
	} {
		for value, want := range values {
			if want == "" {
				want = value
			}
			if got := shownHeader(name, value); got != want {
				t.Errorf("%s: %s: got %s, want %s", name, value, got, want)
			}
		}
	}
}
