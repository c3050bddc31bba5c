package host

import (
	"context"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// controlsRefusals sends to each call what no call takes.
func controlsRefusals(s *controlClient) {
	doc, err := controlDoc()
	if err != nil {
		s.Fatal(err)
	}
	locked := newControlClient(s, s.seen, newHost(s, newServer(s), WithControlToken("token")))
	for path, item := range doc.Paths.Map() {
		path := strings.NewReplacer("{name}", "none", "{id}", mocktest.LinkID, "{key}", "sk-none").Replace(path)
		for method, operation := range item.Operations() {
			s.refused(404, method, path, "", "X-Mock-Portal", "nobody")
			s.refused(404, method, "/portals/nobody"+path, "")
			if operation.Security != nil { // health and ready are for everybody
				if code, answer, _ := locked.raw(method, path, "", "Host", "evil.example.com", "Origin", "https://evil.example.com"); code != 200 {
					s.Errorf("%s: got %d %s", path, code, answer)
				}
				continue
			}
			s.refused(403, method, path, "", "Origin", "https://evil.example.com")
			s.refused(403, method, path, "", "Sec-Fetch-Site", "cross-site")
			s.refused(403, method, path, "", "Host", "evil.example.com")
			locked.refused(401, method, path, "")
			locked.refused(401, method, path, "", "Authorization", "Bearer other")
			s.refused(400, method, path+"?nope=1", "")
		}
	}
}

// The guard decides before anything else is looked at, and by nothing that a web page can choose.
func TestGuard(t *testing.T) {
	open := newControlClient(t, &coverage{seen: map[string]bool{}}, newHost(t, newServer(t)))
	locked := newControlClient(t, open.seen, newHost(t, newServer(t), WithControlToken("tökén")))
	for _, test := range []struct {
		name    string
		s       *controlClient
		want    int
		headers []string
	}{
		{"loopback", open, 200, nil},
		{"localhost", open, 200, []string{"Host", "LOCALHOST:8092"}},
		{"localhost with a dot", open, 200, []string{"Host", "localhost."}},
		{"IPv6", open, 200, []string{"Host", "[::1]:8092"}},
		{"IPv6 without a port", open, 200, []string{"Host", "[::1]"}},
		{"another address", open, 200, []string{"Host", "192.168.1.7"}},
		{"the server's own page", open, 200, []string{"Host", "localhost:8092", "Origin", "http://localhost:8092"}},
		{"rebound name", open, 403, []string{"Host", "evil.example.com:8092"}},
		{"rebound name with its own page", open, 403, []string{"Host", "evil.example.com", "Origin", "http://evil.example.com"}},
		{"a name that looks local", open, 403, []string{"Host", "localhost.example.com"}},
		{"another port", open, 403, []string{"Host", "localhost:8092", "Origin", "http://localhost:3000"}},
		{"a sandboxed page", open, 403, []string{"Origin", "null"}},
		{"IPv6 with a zone", open, 200, []string{"Host", "[fe80::1%25eth0]:8092"}},
		{"IPv6 without brackets, with a zone", open, 200, []string{"Host", "fe80::1%eth0"}},
		{"a name with a zone", open, 403, []string{"Host", "localhost%.evil.example.com"}},
		{"a local name with a zone", open, 403, []string{"Host", "x%25.localhost"}},
		{"IPv4 with a zone", open, 403, []string{"Host", "127.0.0.1%.evil.example.com:8092"}},
		{"an image of another site", open, 403, []string{"Sec-Fetch-Site", "cross-site"}},
		{"an image of another port", open, 403, []string{"Sec-Fetch-Site", "Same-Site"}},
		{"two sites", open, 403, []string{"Sec-Fetch-Site", "same-origin", "Sec-Fetch-Site", "cross-site"}},
		{"two sites in one header", open, 403, []string{"Sec-Fetch-Site", "same-origin, cross-site"}},
		{"a site with a parameter", open, 403, []string{"Sec-Fetch-Site", "cross-site;a=1"}},
		{"a site in quotes", open, 403, []string{"Sec-Fetch-Site", `"cross-site"`}},
		{"an unknown site", open, 403, []string{"Sec-Fetch-Site", "other"}},
		{"a file", open, 403, []string{"Host", "localhost:8092", "Origin", "file://localhost:8092"}},
		{"an extension", open, 403, []string{"Host", "localhost:8092", "Origin", "chrome-extension://localhost:8092"}},
		{"a page behind a proxy with TLS", open, 200, []string{"Host", "localhost:8092", "Origin", "https://localhost:8092"}},
		{"a port that is no number", open, 403, []string{"Host", "127.0.0.1:evil"}},
		{"localhost with a port that is no number", open, 403, []string{"Host", "localhost:80.evil.example.com"}},
		{"IPv6 with a port that is no number", open, 403, []string{"Host", "[::1]:evil"}},
		{"an empty port", open, 200, []string{"Host", "localhost:"}},
		{"an image of the server's own page", open, 200, []string{"Sec-Fetch-Site", "same-origin"}},
		{"an address that somebody types", open, 200, []string{"Sec-Fetch-Site", "none"}},
		{"token and an image of another site", locked, 403, []string{"X-Mock-Token", "tökén", "Sec-Fetch-Site", "cross-site"}},
		{"an origin that is no address", open, 403, []string{"Origin", "http://%zz"}},
		{"no token", locked, 401, nil},
		{"wrong token", locked, 401, []string{"X-Mock-Token", "token"}},
		{"Bearer", locked, 200, []string{"Authorization", "bearer tökén"}},
		{"header", locked, 200, []string{"X-Mock-Token", "tökén"}},
		{"Basic", locked, 401, []string{"Authorization", "Basic tökén"}},
		{"token and any host", locked, 200, []string{"X-Mock-Token", "tökén", "Host", "mock-docspace:8092"}},
		{"token and another site", locked, 403, []string{"X-Mock-Token", "tökén", "Origin", "http://localhost:3000"}},
		{"no token, unknown portal", locked, 401, []string{"X-Mock-Portal", "nobody"}},
	} {
		if code, answer, _ := test.s.raw(http.MethodGet, "/__mock/clock", "", test.headers...); code != test.want {
			t.Errorf("%s: got %d %s, want %d", test.name, code, answer, test.want)
		}
	}
	clock, err := newControlClient(t, open.seen, locked.host, control.WithToken("tökén")).GetClockWithResponse(t.Context())
	status(t, 200, clock, err)

	// No browser reaches a socket in the file system, whose clients name any host.
	r, err := http.NewRequestWithContext(context.WithValue(t.Context(), http.LocalAddrContextKey, &net.UnixAddr{Name: "/run/mock", Net: "unix"}), http.MethodGet, "http://mock/", nil)
	if err != nil || !localHost(r) {
		t.Errorf("got %v, %v", localHost(r), err)
	}
	// HTTP/1.0 needs no host, and an origin without one is not the same.
	r.Host = ""
	if r.Header.Set("Origin", "null"); sameSite(r) {
		t.Error("a page without an origin is taken for the server's own")
	}
}

// A host that passes without a token is an address or a name of this machine.
func FuzzLocalHost(f *testing.F) {
	for _, host := range []string{"", "localhost", "LOCALHOST.:8092", "mine.localhost", "[fe80::1%25eth0]:80", "::1", "127.0.0.1", "127.0.0.1%x", "localhost%x", "localhost.example.com", "[localhost]", "127.1", "\u212aelvin.localhost", "[::1", "evil.example.com:localhost", "127.0.0.1:evil", "%.localhost"} {
		f.Add(host)
	}
	f.Fuzz(func(t *testing.T, host string) {
		if !localHost(&http.Request{Host: host}) {
			return
		}
		name := host
		if bare, port, err := net.SplitHostPort(host); err == nil {
			if name = bare; strings.Trim(port, "0123456789") != "" {
				t.Errorf("%q passes", host)
			}
		}
		name = strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(name, "["), "]"), "."))
		address, zone, zoned := strings.Cut(name, "%")
		ip := net.ParseIP(address)
		switch {
		case name == "", name == "localhost", strings.HasSuffix(name, ".localhost") && !zoned:
		case ip != nil && !zoned, ip != nil && ip.To4() == nil && zone != "":
		case ip != nil && zone != "" && strings.Contains(address, ":"): // IPv4 within IPv6
		default:
			t.Errorf("%q passes", host)
		}
	})
}
