package dotnet

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"testing"
)

// forwardedRequest is a request with headers of proxies. "" is no header.
func forwardedRequest(remote, client, scheme, host string) *http.Request {
	r := httptest.NewRequest("GET", "http://example.com:8092/", nil)
	r.RemoteAddr = remote
	for name, value := range map[string]string{"X-Forwarded-For": client, "X-Forwarded-Proto": scheme, "X-Forwarded-Host": host} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	return r
}

func TestCallerAddress(t *testing.T) {
	const loopback, own = "127.0.0.1:1", "http://example.com:8092"
	for _, test := range []struct{ name, remote, client, scheme, host, want string }{
		{"plain", "192.0.2.1:1", "", "", "", own},
		{"proxy", loopback, "", "https", "portal.example", "https://portal.example"}, // recorded: F1061
		{"proxy elsewhere", "10.0.0.1:1", "", "https", "portal.example", own},
		{"proxy over IPv6", "[::1]:1", "", "https", "portal.example", own}, // recorded: Xip-v6
		{"proxy at a mapped address", "[::ffff:127.0.0.1]:1", "", "https", "", "https://example.com:8092"},
		{"another address of loopback", "127.0.0.2:1", "", "https", "", own},
		{"an address without a port", "127.0.0.1", "", "https", "", own},
		{"an address that is none", "localhost:1", "", "https", "", own},

		{"lists", loopback, "", "https, http", "a.example, b.example", "https://a.example"},                                  // recorded: F1063
		{"lists of an unknown client", loopback, "1.2.3.4", "https, http", "a.example, b.example", "http://b.example"},       // recorded: F1064
		{"lists of a known hop", loopback, "1.2.3.4, 127.0.0.1", "https, http", "a.example, b.example", "https://a.example"}, // recorded: F1065
		{"lists of an unknown hop", loopback, "1.2.3.4, 5.6.7.8", "https, http", "a.example, b.example", "http://b.example"}, // recorded: F1066
		{"fewer schemes than hops", loopback, "1.2.3.4, 127.0.0.1", "https", "", "https://example.com:8092"},                 // recorded: cX-X064
		{"a client that is no address", loopback, "unknown", "https", "", own},                                               // recorded: cX-X066
		{"a hop that is no address", loopback, "1.2.3.4, unknown, 127.0.0.1", "a, b, https", "", "https://example.com:8092"}, // recorded: cX-X067
		{"empty values", loopback, ",", " ,https,", "a.example, ", "https://a.example"},
		{"quotes", loopback, "", `"https"`, `"b.example"`, "https://b.example"}, // recorded: cX-X009
		{"a comma in quotes", loopback, "", `https, "a,b"`, "", "https://example.com:8092"},

		{"scheme in capitals", loopback, "", "HTTPS", "", "HTTPS://example.com:8092"},                // recorded: cX-X003
		{"another scheme", loopback, "", "ftp", "", "ftp://example.com:8092"},                        // recorded: F1068
		{"a scheme that begins with a digit", loopback, "", "1http", "", "1http://example.com:8092"}, // recorded: cX-X011
		{"no scheme", loopback, "", "ht tp", "", own},                                                // recorded: cX-X010

		{"host with port", loopback, "", "", "a.example:8443", "http://a.example:8443"}, // recorded: cX-X021
		{"host in IPv6", loopback, "", "", "[::1]:99", "http://[::1]:99"},               // recorded: cX-X026
		{"host with a blank", loopback, "", "", "a b", own},                             // recorded: F1072
		{"host with a slash", loopback, "", "", "a/b", own},                             // recorded: F1073
		{"host beyond ASCII", loopback, "", "", "é.example", own},
		{"only a port", loopback, "", "", ":80", own},
		{"host without digits in the port", loopback, "", "", "a:", own},
		{"host with letters in the port", loopback, "", "", "a:8x", own},
		{"host in half a bracket", loopback, "", "", "[::1", own},
		{"host in empty brackets", loopback, "", "", "[::]", own},
		{"host with something behind the bracket", loopback, "", "", "[::1]x", own},
		{"punycode", loopback, "", "", "xn--9ca.example", "http://é.example"},                            // recorded: F1083
		{"punycode with port", loopback, "", "", "xn--mnchen-3ya.example:1", "http://münchen.example:1"}, // recorded: cX-X027
		{"punycode that is none", loopback, "", "", "xn--\u007e.example", "http://xn--~.example"},
		{"letter case", loopback, "", "", "PORTAL.Example", "http://PORTAL.Example"}, // recorded: F1085
	} {
		r := forwardedRequest(test.remote, test.client, test.scheme, test.host)
		if scheme, host := CallerAddress(r); scheme+"://"+host != test.want {
			t.Errorf("%s: got %s://%s, want %s", test.name, scheme, host, test.want)
		}
	}
}

func TestCallerAddressWithoutProxy(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.Host, r.TLS = "xn--9ca.example:8443", &tls.ConnectionState{}
	if scheme, host := CallerAddress(r); scheme != "https" || host != "é.example:8443" {
		t.Errorf("got %s://%s", scheme, host)
	}
}

// Several headers are one list.
func TestCallerAddressOfTwoHeaders(t *testing.T) {
	r := forwardedRequest("127.0.0.1:1", "", "https", "")
	r.Header.Add("X-Forwarded-Proto", "http")
	if scheme, _ := CallerAddress(r); scheme != "https" { // recorded: F1080
		t.Errorf("got %s", scheme)
	}
}

func TestClientIP(t *testing.T) {
	for _, test := range []struct{ name, remote, forwarded, want string }{
		{"nobody between", "192.0.2.1:1", "", "192.0.2.1"},
		{"nobody between, over IPv6", "[::1]:1", "", "::1"},
		{"a proxy on loopback", "127.0.0.1:1", "203.0.113.9", "203.0.113.9"},
		{"what the client made up comes first", "127.0.0.1:1", "192.0.2.1, 203.0.113.9", "203.0.113.9"},
		{"two proxies on loopback", "127.0.0.1:1", "203.0.113.9, 127.0.0.1", "203.0.113.9"},
		{"only proxies", "127.0.0.1:1", "127.0.0.1, 127.0.0.1", "127.0.0.1"},
		{"a hop over IPv6 is not known", "127.0.0.1:1", "203.0.113.9, ::1", "::1"},
		{"with a port", "127.0.0.1:1", "203.0.113.9:5555", "203.0.113.9"},
		{"IPv6", "127.0.0.1:1", "2001:DB8::7", "2001:db8::7"},
		{"IPv6 in brackets", "127.0.0.1:1", "[2001:db8::7]", "2001:db8::7"},
		{"IPv6 with a port", "127.0.0.1:1", "[2001:db8::7]:5555", "2001:db8::7"},
		{"a mapped address", "127.0.0.1:1", "::ffff:203.0.113.7", "::ffff:203.0.113.7"},
		{"no address", "127.0.0.1:1", "unknown", "127.0.0.1"},
		{"no address before a good one", "127.0.0.1:1", "unknown, 203.0.113.9", "203.0.113.9"},
		{"a port that is none", "127.0.0.1:1", "203.0.113.9:", "127.0.0.1"},
		{"IPv4 in brackets", "127.0.0.1:1", "[203.0.113.9]", "127.0.0.1"},
		{"half a bracket", "127.0.0.1:1", "[::1", "127.0.0.1"},
		{"a proxy in a private network", "10.0.0.1:1", "203.0.113.9", "10.0.0.1"},
		{"a proxy over IPv6", "[::1]:1", "203.0.113.9", "::1"},
	} {
		if got := ClientIP(forwardedRequest(test.remote, test.forwarded, "", "")); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
