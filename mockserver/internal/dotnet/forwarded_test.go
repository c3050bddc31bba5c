package dotnet

import (
	"crypto/tls"
	"net/http/httptest"
	"testing"
)

// Only a proxy on loopback is believed.
func TestCallerAddress(t *testing.T) {
	for _, test := range []struct {
		name, remote, proto, host string
		tls                       bool
		scheme, want              string
	}{
		{"plain", "192.0.2.1:1", "", "", false, "http", "example.com:8092"},
		{"TLS", "192.0.2.1:1", "", "", true, "https", "example.com:8092"},
		{"proxy", "127.0.0.1:1", "https", "portal.example.org", false, "https", "portal.example.org"},
		{"proxy without TLS before TLS", "127.0.0.1:1", "http", "", true, "http", "example.com:8092"},
		{"proxy over IPv6", "[::1]:1", "https", "portal.example.org", false, "https", "portal.example.org"},
		{"the nearest of several", "127.0.0.1:1", "http, ftp, https", "evil.example, b.example, portal.example.org:8443", false, "https", "portal.example.org:8443"},
		{"another scheme", "127.0.0.1:1", "ftp", "", false, "http", "example.com:8092"},
		{"nothing after the comma", "127.0.0.1:1", "https,", "portal.example.org, ", false, "http", "example.com:8092"},
		{"a proxy elsewhere", "10.0.0.1:1", "https", "portal.example.org", false, "http", "example.com:8092"},
		{"an address without a port", "127.0.0.1", "https", "portal.example.org", false, "http", "example.com:8092"},
		{"an address that is none", "localhost:1", "https", "portal.example.org", false, "http", "example.com:8092"},
	} {
		r := httptest.NewRequest("GET", "http://example.com:8092/", nil)
		r.RemoteAddr = test.remote
		r.Header.Set("X-Forwarded-Proto", test.proto)
		r.Header.Set("X-Forwarded-Host", test.host)
		if test.tls {
			r.TLS = &tls.ConnectionState{}
		}
		if scheme, host := CallerAddress(r); scheme != test.scheme || host != test.want {
			t.Errorf("%s: got %s://%s, want %s://%s", test.name, scheme, host, test.scheme, test.want)
		}
	}
}

func TestClientIP(t *testing.T) {
	for _, test := range []struct{ name, remote, forwarded, want string }{
		{"nobody between", "192.0.2.1:1", "", "192.0.2.1"},
		{"a proxy on loopback", "127.0.0.1:1", "203.0.113.9", "203.0.113.9"},
		{"what the client made up comes first", "127.0.0.1:1", "192.0.2.1, 203.0.113.9", "203.0.113.9"},
		{"two proxies on loopback", "127.0.0.1:1", "203.0.113.9, 127.0.0.1", "203.0.113.9"},
		{"a proxy in a private network", "10.0.0.1:1", "203.0.113.9", "10.0.0.1"},
		{"a proxy of the same link", "169.254.0.1:1", "203.0.113.9", "169.254.0.1"},
		{"any other", "192.0.2.1:1", "203.0.113.9", "192.0.2.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = test.remote
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if got := ClientIP(r); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
