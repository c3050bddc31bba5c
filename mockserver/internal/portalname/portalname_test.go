package portalname

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	for _, test := range []struct {
		name, target string
		headers      []string
		want         string
		named        bool
		path, prefix string // of the request as the portal sees it
	}{
		{"none", "http://localhost:8092/api?a=b", nil, "localhost:8092", false, "/api", ""},
		{"path", "http://localhost/portals/mine/api", nil, "mine", true, "/api", "/portals/mine"},
		{"path alone", "http://localhost/portals/mine", nil, "mine", true, "/", "/portals/mine"},
		{"slashes before", "http://localhost//portals/mine/api", nil, "mine", true, "/api", "/portals/mine"},
		{"slashes behind", "http://localhost/portals/mine//api//x", nil, "mine", true, "//api//x", "/portals/mine"},
		{"escaped", "http://localhost/portals/%6Dine/api", nil, "mine", true, "/api", "/portals/mine"},
		{"an escaped slash in the rest", "http://localhost/portals/mine/share/a%2Fb", nil, "mine", true, "/share/a%2Fb", "/portals/mine"},
		{"an escaped slash in the name", "http://localhost/portals/..%2f/api", nil, "../", true, "/api", "/portals/../"},
		{"an empty name", "http://localhost/portals//api", nil, "", true, "/api", "/portals/"},
		{"no portals", "http://localhost/portalsx/mine", nil, "", false, "/portalsx/mine", ""},
		{"portals without a slash", "http://localhost/portals", nil, "", false, "/portals", ""},
		{"another case", "http://localhost/Portals/mine", nil, "", false, "/Portals/mine", ""},
		{"header", "http://localhost/api", []string{"mine"}, "mine", true, "/api", ""},
		{"two headers", "http://localhost/api", []string{"mine", "yours"}, "mine, yours", true, "/api", ""},
		{"an empty header", "http://mine.localhost/api", []string{""}, "", true, "/api", ""},
		{"host", "http://mine.localhost:8092/api", nil, "mine", true, "/api", ""},
		{"host in capitals with a dot", "http://MINE.LocalHost./api", nil, "mine", true, "/api", ""},
		{"host of two labels", "http://a.b.localhost/api", nil, "a.b", true, "/api", ""},
		{"host of another domain", "http://mine.example/api", nil, "", false, "/api", ""},
		{"path before header", "http://x.localhost/portals/mine/api", []string{"yours"}, "mine", true, "/api", "/portals/mine"},
		{"header before host", "http://x.localhost/api", []string{"mine"}, "mine", true, "/api", ""},
	} {
		r := httptest.NewRequest("GET", test.target, nil)
		for _, value := range test.headers {
			r.Header.Add(Header, value)
		}
		name, inner, named := FromRequest(r)
		if named != test.named || named && name != test.want {
			t.Errorf("%s: got %q, %t, want %q, %t", test.name, name, named, test.want, test.named)
		}
		if got := inner.URL.EscapedPath(); got != test.path || inner.URL.RawQuery != r.URL.RawQuery {
			t.Errorf("%s: the portal sees %s?%s, want %s", test.name, got, inner.URL.RawQuery, test.path)
		}
		if got := PrefixFrom(inner.Context()); got != test.prefix {
			t.Errorf("%s: the prefix is %q, want %q", test.name, got, test.prefix)
		}
	}
}

// The request of the caller stays as it is.
func TestOfChangesNothing(t *testing.T) {
	r := httptest.NewRequest("GET", "http://localhost/portals/mine/a%2Fb", nil)
	FromRequest(r)
	if got := r.URL.EscapedPath(); got != "/portals/mine/a%2Fb" || PrefixFrom(r.Context()) != "" {
		t.Errorf("got %s, prefix %q", got, PrefixFrom(r.Context()))
	}
}

func TestPattern(t *testing.T) {
	for name, want := range map[string]bool{
		"a": true, "0": true, "a-b": true, "client-1": true, strings.Repeat("a", 63): true,
		"": false, "-a": false, "a-": false, "A": false, "a.b": false, "a/b": false, "a_b": false, "é": false, "a\n": false, strings.Repeat("a", 64): false,
	} {
		if got := Pattern.MatchString(name); got != want {
			t.Errorf("%q: %t, want %t", name, got, want)
		}
	}
}

func TestHostName(t *testing.T) {
	for host, want := range map[string]string{
		"localhost": "localhost", "localhost:8092": "localhost", "127.0.0.1:80": "127.0.0.1", "[::1]:8092": "::1", "[::1]": "::1", "": "", "a:b:c": "a:b:c",
	} {
		if got := HostName(host); got != want {
			t.Errorf("%q: got %q, want %q", host, got, want)
		}
	}
}

// A portal gets the rest of a path as it was sent, and a name is what a caller has sent.
func FuzzFromRequest(f *testing.F) {
	for _, seed := range [][3]string{
		{"/portals/mine/api/2.0/files/share/a%2Fb/password", "localhost", ""}, {"//portals//x", "mine.localhost:8092", ""}, {"/portals/%6dine", "x", "other"}, {"/portals/%zz/x", "", ""},
		{"/portals", "[::1]:80", ""}, {"/portals/a/portals/b/x", ".localhost", "a, b"}, {"/portals/../x", "MINE.LOCALHOST.", ""},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, path, host, header string) {
		address, err := url.ParseRequestURI(path)
		if err != nil || !strings.HasPrefix(path, "/") {
			return
		}
		r := &http.Request{Method: "GET", URL: address, Host: host, Header: http.Header{}}
		if header != "" {
			r.Header.Set(Header, header)
		}
		before := *address
		name, inner, named := FromRequest(r)
		if *address != before {
			t.Errorf("the request was changed: %v", address)
		}
		if !named && (name != "" && !strings.HasSuffix(host, name) && !strings.EqualFold(strings.TrimSuffix(HostName(host), "."), name) || inner.URL.Path != before.Path) {
			t.Errorf("no portal is named: %q, %v", name, inner.URL)
		}
		if prefix := PrefixFrom(inner.Context()); prefix != "" && (!named || !strings.HasPrefix(prefix, Path) || !strings.HasPrefix(inner.URL.RawPath, "/")) {
			t.Errorf("%q, %v, prefix %q", name, inner.URL, prefix)
		}
	})
}
