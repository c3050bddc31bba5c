package mockserver

import (
	"slices"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/portalname"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

func TestShownHeaders(t *testing.T) {
	for name, values := range map[string]map[string]string{
		"Accept":                         {"*/*": "", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "", "application/json; charset=utf-8": "", "hunter2": text.Mask, "application/json; a=hunter2": text.Mask},
		"Accept-Encoding":                {"gzip, deflate, br": "", "gzip;q=1.0, *;q=0": "", "hunter2": text.Mask},
		"Accept-Language":                {"de-DE,de;q=0.9,en": "", "zh-Hant-TW": "", "hunter2": text.Mask, "Owner-pass-1": text.Mask},
		"Access-Control-Request-Headers": {"authorization, content-type": "", "a b": text.Mask},
		"Cache-Control":                  {"no-cache, max-age=0": "", "hunter2": text.Mask},
		"Connection":                     {"keep-alive": "", "hunter2": text.Mask},
		"Content-Type": {"application/json": "", "application/json; charset=utf-8": "", `text/plain;charset="UTF-16"`: "", "application/json; charset=hunter2": "application/json; ***",
			"multipart/form-data; boundary=x": "multipart/form-data; ***", "hunter2": text.Mask, "hunter2/x": text.Mask},
		"Origin":          {"https://app.example:8443": "", "null": "", "http://[::1]:80": "", "hunter2": text.Mask, "https://a:hunter2@b": text.Mask, "https://a/hunter2": text.Mask},
		"X-Forwarded-For": {"192.0.2.1, 10.0.0.1:80": "", "2001:db8::1": "", "[2001:db8::1]:443": "", "hunter2": text.Mask, "192.0.2.1, hunter2": text.Mask},
		headerFault:       {"down, 66faa6e4-f133-11ea-b126-00ffeec8b4ef": "", "a b": text.Mask, "<hunter2>": text.Mask},
		portalname.Header: {"mine": "", "Hunter 2": text.Mask},
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

func TestAppendHeader(t *testing.T) {
	secrets := newSecrets(&Portal{Links: []Link{{Key: "X-Secret-Key"}, {Key: "app-secret"}}})
	for _, test := range []struct{ name, value, wantName, want string }{
		{"User-Agent", "x app-secret y", "User-Agent", "x *** y"},
		{"User-Agent", strings.Repeat("a", 300), "User-Agent", strings.Repeat("a", 253) + "..."},
		{"Accept", "hunter2", "Accept", "hunter2"}, // what it looks like is seen later
		{"Authorization", "Bearer x", "Authorization", "***"},
		{"X-Own", "app", "X-Own", "***"},
		{"X-Secret-Key", "app", "***", "***"},
		{"X Own", "app", "***", "***"},
		{strings.Repeat("X", 65), "app", "***", "***"},
	} {
		got := appendHeader([]string{"before"}, test.name, test.value, secrets)
		if !slices.Equal(got, []string{"before", test.wantName, test.want}) {
			t.Errorf("%s: got %q", test.name, got)
		}
	}
}

func TestHeaderShown(t *testing.T) {
	for name, want := range map[string]bool{"Accept": true, "accept": true, "X-Mock-Fault": true, "x-mock-portal": true, "Authorization": false, "Cookie": false, "X-Own": false, "": false} {
		if got := HeaderShown(name); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
