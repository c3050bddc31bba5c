package mockserver

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
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
		{"GET", mocktest.SettingsPath, "", "Authorization", planted + "token"},
		{"GET", mocktest.SettingsPath + "?fields=" + planted + ",a&share=" + planted, "", "Authorization", "Bearer sk-" + planted},
		{"PUT", mocktest.ExternalPath, `{"set":true,"` + planted + `":"` + planted + `"}`, "Authorization", basic},
		{"PUT", mocktest.ExternalPath, `{"` + planted + `":x`, "Cookie", "asc_auth_key=" + planted},
		{"PUT", mocktest.ExternalPath, `{"set":"` + planted + `"}`, "Cookie", "sharelink" + mocktest.LinkID + "=" + planted},
		{"PUT", mocktest.ExternalPath, planted, "sharelink" + mocktest.LinkID, planted},
		{"POST", share + "/password", mocktest.PasswordBody(planted), "Request-Token", planted},
		{"POST", share + "%2Fx/password", `["` + planted + `"]`, planted, planted},
		{"POST", share + "/password?share=" + planted + "&password=" + planted, `{"password":{"` + planted + `":1}}`, "X-Api-Key", planted},
		{"GET", "/s/" + planted, "", "Referer", "https://portal/s/" + planted},
		{"GET", "/rooms/share?key=" + planted, "", "Traceparent", planted},
		{planted, "/x" + planted + "y/" + planted, "", "Proxy-Authorization", planted},
		{"OPTIONS", share, "", "X-Mock-Token", planted},
		{"GET", mocktest.SettingsPath, "", "User-Agent", "app/" + planted + "token (" + planted + ")"},
		{"GET", mocktest.SettingsPath, "", "Content-Type", "application/json; charset=" + planted},
		{"PUT", mocktest.ExternalPath, `{"set":true}`, "User-Agent", strings.Repeat("a", maxHeaderValue-10) + planted},
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

// The fuzz target is worth nothing unless the planted secrets are used.
func TestThePlantedSecretsAreUsed(t *testing.T) {
	s, told := plantedPortal(t)
	for _, authorization := range []string{planted + "token", "Bearer sk-" + planted, basic("owner@example.com", planted)} {
		if w := mocktest.Send(s, "POST", mocktest.PasswordPath(planted), mocktest.PasswordBody(planted+"new"), "Authorization", authorization, "Cookie", "x="+planted); w.Code != 200 {
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

// A secret is masked wherever it stands.
func TestSecretsAreMaskedAnywhere(t *testing.T) {
	s := newServer(t, WithPortal(protected(func(p *Portal) {
		p.Users[0].Password = "Owner-pass-1"
		p.Links = append(p.Links, Link{Key: "a/b/c-d-e", Entry: "20", Password: "1234567"})
	})))
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":1234567}`, "Authorization", "YOUR_API_KEY", "User-Agent", "app/YOUR_API_KEY (protected)", "X-Request-Id", rightPW, "Accept", "Owner-pass-1",
		"Traceparent", "00-"+strings.Repeat("4bf92f35", 4)+"-00f067aa0ba902b7-01")
	got := s.LastRequests(1)[0]
	if want := "app/*** (***)"; got.Header.Get("User-Agent") != want || got.Header.Get("X-Request-Id") != text.Mask || got.Header.Get("Accept") != text.Mask {
		t.Errorf("got %v", got.Header)
	}
	if got.Body != `{"set":"***"}` || got.TraceID != strings.Repeat("4bf92f35", 4) {
		t.Errorf("got %+v", got)
	}
	mocktest.Send(s, "GET", "/x/a/b/c-d-e/f", "")
	if got := s.LastRequests(1)[0].Path; got != "/***/***/***/***/***" {
		t.Errorf("got %s", got)
	}
}

// A secret that could be part of any word is one only as a whole word.
func TestShortSecrets(t *testing.T) {
	s := newServer(t, WithPortal(protected(func(p *Portal) { p.Links[0].Password = "a"; p.Users[0].Password = "GET" })))
	for target, want := range map[string]string{
		"/favicon.ico": "/favicon.ico",
		"/a/b":         "/***/b",
		mocktest.SettingsPath + "?fields=a,externalShare": mocktest.SettingsPath + "?fields=***,externalShare",
	} {
		mocktest.Send(s, "GET", target, "", "User-Agent", "an a_b a", "Authorization", "YOUR_API_KEY")
		if got := s.LastRequests(1)[0]; got.Path != want || got.Method != "GET" || got.Header.Get("User-Agent") != "an a_b ***" {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
}

func TestMask(t *testing.T) {
	p := Portal{
		DocDBKey: "doc-db-key",

		Links:   []Link{{Key: "share-key", Password: "share-key-and-more"}, {Key: "pw"}, {Key: "a b"}, {Key: "ключи"}, {Key: "КЛЮЧИК"}},
		Users:   []User{{Password: "hunter22", Tokens: []string{"tok", "session-token"}}},
		APIKeys: []APIKey{{Key: "sk-12345"}},
	}
	s := newSecrets(&p)
	for text, want := range map[string]string{
		"":                              "",
		"nothing":                       "nothing",
		"share-key":                     "***",
		"doc-db-key":                    "***",
		"xshare-keyx share-key":         "x***x ***", // a long one is one wherever it stands
		"share-key-and-more":            "***",       // the longest
		"share-key-and-mor":             "***-and-mor",
		"hunter22session-tokensk-12345": "*********",
		"pw":                            "***",
		"pwd xpw _pw pw_ pw1 epw":       "pwd xpw _pw pw_ pw1 epw", // a short one is one as a word only
		"pw, (tok) tok/pw?pw=tok":       "***, (***) ***/***?***=***",
		"a b":                           "***",
		"ключи":                         "***",
		"ключик":                        "ключик",
		"xКЛЮЧИКx":                      "x***x",
		"Share-Key":                     "Share-Key",
		"pw\xff":                        "***\xff",
	} {
		if got := s.mask(text); got != want || s.in(text) != (got != text) {
			t.Errorf("%q: got %q, %t, want %q", text, got, s.in(text), want)
		}
	}
	if none := newSecrets(&Portal{}); none.mask("share-key") != "share-key" {
		t.Error("a portal without secrets masks something")
	}
}

// No text with a secret in it keeps that secret, whatever stands around it.
func TestMaskLeavesNoSecret(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SampledFrom([]rune("ab-é😀 "))
		keys := rapid.SliceOfN(rapid.StringOfN(letters, shortSecret, 12, -1), 1, 5).Draw(t, "keys")
		p := Portal{}
		for _, key := range keys {
			p.Links = append(p.Links, Link{Key: key})
		}
		parts := rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(keys), rapid.StringOfN(letters, 0, 3, -1))).Draw(t, "parts")
		text := strings.Join(parts, "")
		got := newSecrets(&p).mask(text)
		for _, l := range p.Links {
			if strings.Contains(got, l.Key) {
				t.Fatalf("%q: got %q, which has %q in it", text, got, l.Key)
			}
		}
	})
}
