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
	} {
		f.Add(r[0], r[1], r[2], r[3], r[4], "application/json")
		f.Add(r[0], r[1], r[2], r[3], r[4], "application/json; charset=utf-16")
		f.Add(r[0], r[1], r[2], r[3], r[4], "text/plain")
	}
	f.Fuzz(func(t *testing.T, method, target, body, name, value, contentType string) {
		address, err := url.ParseRequestURI(target)
		if err != nil || address.Host != "" || plainHeaders[http.CanonicalHeaderKey(name)] || strings.Contains(contentType, planted) {
			return // not a request, or one with the secret where none belongs
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
