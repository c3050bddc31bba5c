package client

import (
	"net/url"
	"strings"
	"testing"
)

func TestParseBaseURL(t *testing.T) {
	for raw, want := range map[string]string{
		"https://yourportal.onlyoffice.com":   "https://yourportal.onlyoffice.com",
		"https://yourportal.onlyoffice.com/":  "https://yourportal.onlyoffice.com",
		"HTTP://127.0.0.1:8092//":             "http://127.0.0.1:8092",
		"https://gw.example/docspace/":        "https://gw.example/docspace",
		"https://gw.example/a%2Fb/%D0%BA/c d": "",
		"https://gw.example/a%2Fb/%D0%BA":     "https://gw.example/a%2Fb/%D0%BA",
		"http://[::1]:80/x":                   "http://[::1]:80/x",
		"http://[fe80::1%25eth0]":             "http://[fe80::1%25eth0]",
		"":                                    "",
		"  ":                                  "",
		" https://h":                          "",
		"https://h\n":                         "",
		"yourportal.onlyoffice.com":           "",
		"//h":                                 "",
		"/path":                               "",
		"https:h":                             "",
		"https://":                            "",
		"https:///path":                       "",
		"https://:443":                        "",
		"https://h:":                          "",
		"https://h:0":                         "",
		"https://h:65536":                     "",
		"https://h:x":                         "",
		"ftp://h":                             "",
		"file:///etc":                         "",
		"https://user:S3CRET@h":               "",
		"https://S3CRET@h":                    "",
		"S3CRET:S3CRET@h":                     "",
		"https://user:S3CRET%zz@h":            "",
		"https://@h":                          "",
		"https://h?a=S3CRET":                  "",
		"https://h?":                          "",
		"https://h/#S3CRET":                   "",
		"https://h/#":                         "",
		"https://h/a/../b":                    "",
		"https://h/./b":                       "",
		"https://h/%2e%2E/b":                  "",
		"https://h/%zzS3CRET":                 "",
	} {
		got, err := parseBaseURL(raw)
		switch {
		case want == "" && err == nil:
			t.Errorf("%q was taken, as %s", raw, got)
		case want == "":
			if text := err.Error(); strings.Contains(text, "S3CRET") || strings.Contains(text, "\n") || !strings.HasPrefix(text, "docspace: base URL: ") {
				t.Errorf("%q: got error %q", raw, text)
			}
		case err != nil:
			t.Errorf("%q: %v", raw, err)
		case got.String() != want:
			t.Errorf("%q: got %s, want %s", raw, got, want)
		}
	}
}

// People copy the address of a call, or of the API.
func TestBaseURLWithThePathOfTheCalls(t *testing.T) {
	for raw, instead := range map[string]string{
		"https://h/api":                              "https://h",
		"https://h/api/":                             "https://h",
		"https://h/api/2.0/api/2.0":                  "https://h",
		"https://h/api/x/api":                        "https://h",
		"https://h/api/2.0/files/settings/external":  "https://h",
		"https://h/api/2.0/portal":                   "https://h",
		"https://h/api/files":                        "https://h",
		"https://h/api/2x0":                          "https://h",
		"https://h/api%2F2.0/files":                  "https://h",
		"https://h/a%2Fb/api/2.0":                    "https://h/a%2Fb",
		"https://h//api//":                           "https://h",
		"https://h:8443/api/2.0":                     "https://h:8443",
		"https://h/api/2.0/":                         "https://h",
		"https://h/API/2.0//":                        "https://h",
		"https://h/%61pi/2%2E0":                      "https://h",
		"https://h/docspace/api":                     "https://h/docspace",
		"https://h/docspace/Api/2.0/":                "https://h/docspace",
		"https://h/a%20b/%D0%BA/api/2.0":             "https://h/a%20b/%D0%BA",
		"http://127.0.0.1:8092/portals/mine/api/2.0": "http://127.0.0.1:8092/portals/mine",
		"http://[::1]:8092/api/2.0":                  "http://[::1]:8092",
	} {
		_, err := parseBaseURL(raw)
		if err == nil || err.Error() != "docspace: base URL: it contains the path of the calls, which the client adds; write "+instead {
			t.Errorf("%s: got %v", raw, err)
		}
		if _, err := parseBaseURL(instead); err != nil {
			t.Errorf("%s: %v", instead, err)
		}
	}
	for _, raw := range []string{
		"https://h/portals/mine", "https://h/myapi", "https://h/api2.0", "https://h/apis/", "https://api/", "https://h/v2/api-gateway",
	} {
		if _, err := parseBaseURL(raw); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
	}
	secret, err := parseBaseURL("https://user:S3CRET@h/api/2.0")
	if err == nil || strings.Contains(err.Error(), "S3CRET") {
		t.Errorf("got %v, %v", secret, err)
	}
}

func TestBaseURLOfAPage(t *testing.T) {
	for raw, instead := range map[string]string{
		"https://h/rooms/shared":                          "https://h",
		"https://h/rooms/shared/filter/":                  "https://h",
		"https://h/Rooms/personal":                        "https://h",
		"https://h/docspace//login":                       "https://h/docspace",
		"https://h/login/rooms/shared":                    "https://h",
		"https://h:8443/portal-settings/customization":    "https://h:8443",
		"http://127.0.0.1:8092/portals/mine/rooms/shared": "http://127.0.0.1:8092/portals/mine",
		"http://127.0.0.1:8092/portals/login/login":       "http://127.0.0.1:8092/portals/login",
	} {
		_, err := parseBaseURL(raw)
		if err == nil || err.Error() != "docspace: base URL: it contains the path of a page of the portal; write "+instead {
			t.Errorf("%s: got %v", raw, err)
		}
		if _, err := parseBaseURL(instead); err != nil {
			t.Errorf("%s: %v", instead, err)
		}
	}
	for _, raw := range []string{"https://h/rooms", "https://h/rooms/other", "https://h/shared", "https://h/logins", "https://h/portals/login", "https://h/portals/rooms"} {
		if _, err := parseBaseURL(raw); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
	}
}

func TestHostsOfBaseURLs(t *testing.T) {
	for raw, want := range map[string]string{
		"https://h\u200b":                   "cannot be seen",
		"https://h\u202e.example":           "cannot be seen",
		"https://h\u034f.example":           "cannot be seen",
		"https://[::%25\x80]":               "cannot be seen",
		"https://[::%25%80]":                "it is not a URL",
		"https://h%E2%80%8B":                "its host is neither a name nor an IP address",
		"https://h%CD%8F":                   "its host is neither a name nor an IP address",
		"https://h..":                       "its host is neither a name nor an IP address",
		"https://a..b":                      "its host is neither a name nor an IP address",
		"https://.h":                        "its host is neither a name nor an IP address",
		"https://.":                         "its host is neither a name nor an IP address",
		"https://-":                         "its host is neither a name nor an IP address",
		"https://a.--.b":                    "its host is neither a name nor an IP address",
		"https://a,b":                       "its host is neither a name nor an IP address",
		"https://a;b":                       "its host is neither a name nor an IP address",
		"https://a*.b":                      "its host is neither a name nor an IP address",
		"https://h:80:80":                   "it has two ports, or an IPv6 address without brackets",
		"https://::1":                       "it has two ports, or an IPv6 address without brackets",
		"https://https://h":                 "it starts with http:// or https:// twice",
		"HTTP://https:h":                    "it starts with http:// or https:// twice",
		"https://user:S3CRET:x@h":           "it contains a user name or password",
		"https://h.":                        "",
		"https://a_b.example":               "",
		"https://-a.xn--p1ai":               "",
		"https://\u043a\u0438.\u0440\u0444": "",
		"https://192.168.1.7:80":            "",
		"https://[::1]":                     "",
	} {
		_, err := parseBaseURL(raw)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: got %v, want %s", raw, err, want)
		}
	}
}

// What is taken is taken again as it is written, and its calls go to its own host below its own path.
func FuzzBaseURL(f *testing.F) {
	for _, raw := range []string{
		"https://yourportal.onlyoffice.com", "HTTP://127.0.0.1:8092//", "https://gw.example/a%2Fb/%D0%BA", "http://[fe80::1%25eth0]:80/x", "https://user:S3CRET@h",
		"https://h/api/2.0/", "https://h/%61pi", "https://h/a/../b", "https://h?x#y", "https://h:0", "//h", "https://h/api%2F2.0", "https://h/\u202e", "https://xn--a/",
	} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		home, err := parseBaseURL(raw)
		if err != nil {
			if text := err.Error(); !strings.HasPrefix(text, "docspace: base URL: ") || strings.ContainsAny(text, "\r\n") {
				t.Errorf("%q: %q", raw, text)
			}
			return
		}
		again, err := parseBaseURL(home.String())
		if err != nil || again.String() != home.String() {
			t.Fatalf("%q: %s is taken as %v, %v", raw, home, again, err)
		}
		sent, err := url.Parse(home.String() + "/api/2.0/files/settings")
		if err != nil || sent.Host != home.Host || sent.User != nil || sent.RawQuery != "" || sent.Fragment != "" || !strings.HasSuffix(sent.Path, "/api/2.0/files/settings") {
			t.Errorf("%q: a call goes to %v, %v", raw, sent, err)
		}
	})
}
