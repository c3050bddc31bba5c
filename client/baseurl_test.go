package client

import (
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
