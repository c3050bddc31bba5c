package client_test

import (
	"context"
	"errors"
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

// shareKeyCheck sends a key and compares it with the key that a server reads from the path, with and without a path prefix. All
// keys share one connection: a fuzzer would run out of them.
func shareKeyCheck(t testing.TB) func(*testing.T, string) {
	var path, query string
	connections := map[string]bool{}
	_, server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		path, query, connections[r.RemoteAddr] = r.URL.EscapedPath(), r.URL.RawQuery, true
		reply(200, jsonType, envelope(`{"status":0}`))(w, r)
	})
	t.Cleanup(func() {
		if len(connections) > 1 {
			t.Errorf("%d connections were opened", len(connections))
		}
	})
	prefixes, portals := []string{"", "/gw/docspace", "/a%2Fb"}, map[string]*client.Portal{}
	for _, prefix := range prefixes {
		portals[prefix] = newPortal(t, server.URL+prefix, client.WithHTTPClient(server.Client()))
	}
	return func(t *testing.T, key string) {
		t.Helper()
		for _, prefix := range prefixes {
			if _, err := portals[prefix].ApplyExternalSharePassword(context.Background(), key, "pw-1"); err != nil {
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

func TestTooManyAttempts(t *testing.T) {
	const localised = "Sie haben zu oft versucht, Ihr Passwort einzugeben"
	tests := map[string]struct {
		status      int
		contentType string
		body        string
		classes     []error
	}{
		"server":          {403, jsonType, errorJSON(403, localised, "null"), []error{client.ErrTooManyAttempts, client.ErrForbidden}},
		"reference":       {429, jsonType, errorJSON(429, localised, "null"), []error{client.ErrTooManyAttempts, client.ErrRateLimited}},
		"request limit":   {429, "", "", []error{client.ErrRateLimited}},
		"role":            {403, jsonType, errorJSON(403, "Access denied", `"System.Security.SecurityException"`), []error{client.ErrForbidden}},
		"scope":           {403, problemType, `{"title":"Forbidden","status":403,"traceId":"00-1"}`, []error{client.ErrForbidden}},
		"policy":          {403, "", "", []error{client.ErrForbidden}},
		"address":         {403, "text/plain", "The access to the portal is restricted", []error{client.ErrForbidden}},
		"proxy":           {403, "text/html", "<h1>Forbidden</h1>", []error{client.ErrForbidden}},
		"proxy with JSON": {403, jsonType, `{"error":"forbidden"}`, []error{client.ErrForbidden}},
		"not signed in":   {401, jsonType, errorJSON(401, "x", "null"), []error{client.ErrUnauthorized}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			portal, _ := serve(t, reply(test.status, test.contentType, test.body))
			share, err := portal.ApplyExternalSharePassword(context.Background(), "KEY", "pw-1")
			mustBe(t, err, test.classes...)
			if share != nil {
				t.Error("there is a share")
			}
			_, err = portal.SetExternalShare(context.Background(), true)
			if errors.Is(err, client.ErrTooManyAttempts) {
				t.Error("a switch has no passwords to count")
			}
		})
	}
}

// The documented 429 of the request limit has the same body, and the header with the limit. It is not about passwords.
func TestARequestLimitIsNoLockOut(t *testing.T) {
	portal, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-RateLimit-Limit", "1500")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = w.Write([]byte(`{"error":{"message":"Too many requests","type":null,"stack":null,"hresult":0},"status":1,"statusCode":429}`))
	})
	_, err := portal.ApplyExternalSharePassword(t.Context(), "a-share-key", "a-password")
	if !errors.Is(err, client.ErrRateLimited) || errors.Is(err, client.ErrTooManyAttempts) {
		t.Error(err)
	}
}
