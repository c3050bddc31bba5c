package client_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

var awkwardKeys = []string{
	"KEY_FROM_URL", "a/b", "/", "%", "%2e%2e", "%2F", "?x=1", "#x", " ", "a b", ";", "a;b", "+", "ключ", "\xff\xfe", "a/../b", "../..",
	"...", "./", "\x00", "\n", "a\\b", ":", "@", "http://x/", "&", "=", ",", "\"", "{}", "\u202e", strings.Repeat("k", 5000),
}

func TestShareKeyArrives(t *testing.T) {
	check := shareKeyCheck(t)
	for _, key := range awkwardKeys {
		check(t, key)
	}
}

func TestShareKeyRefused(t *testing.T) {
	portal, _ := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	for _, key := range []string{"", ".", ".."} {
		share, err := portal.ApplyExternalSharePassword(context.Background(), key, "x")
		mustBe(t, err, client.ErrInvalidShareKey, client.ErrInvalidArgument)
		if share != nil {
			t.Errorf("%q: there is a share", key)
		}
	}
}

func FuzzShareKey(f *testing.F) {
	for _, key := range awkwardKeys {
		f.Add(key)
	}
	check := shareKeyCheck(f)
	f.Fuzz(func(t *testing.T, key string) {
		if key == "" || key == "." || key == ".." || len(key) > 100_000 {
			t.Skip()
		}
		check(t, key)
	})
}

// shareKeyCheck looks at the request as a server sees it, with and without a path in front.
func shareKeyCheck(t testing.TB) func(*testing.T, string) {
	var path, query string
	_, server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		path, query = r.URL.EscapedPath(), r.URL.RawQuery
		reply(200, jsonType, envelope(`{"status":0}`))(w, r)
	})
	return func(t *testing.T, key string) {
		t.Helper()
		for _, prefix := range []string{"", "/gw/docspace", "/a%2Fb"} {
			if _, err := newPortal(t, server.URL+prefix).ApplyExternalSharePassword(context.Background(), key, "pw-1"); err != nil {
				t.Fatalf("key %q: %v", key, err)
			}
			segment, before := strings.CutPrefix(path, prefix+"/api/2.0/files/share/")
			segment, after := strings.CutSuffix(segment, "/password")
			got, err := url.PathUnescape(segment)
			if !before || !after || err != nil || got != key || strings.Contains(segment, "/") || query != "" {
				t.Fatalf("key %q with prefix %q arrived as %q, query %q", key, prefix, path, query)
			}
		}
	}
}
