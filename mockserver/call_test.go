package mockserver

import (
	"net/http/httptest"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/portalname"
)

func TestNewCall(t *testing.T) {
	s := newServer(t)
	for _, test := range []struct {
		name, method, target, remote string
		headers                      []string
		operation                    Operation
		href, cookiePath             string
		ip, limited                  string // the address that the two limiters see
	}{
		{"a call", "GET", mocktest.SettingsPath, "192.0.2.1:1", nil, GetFilesSettings, "http://example.com" + mocktest.SettingsPath, "/", "192.0.2.1", "192.0.2.1"},
		{"another method", "PUT", mocktest.SettingsPath, "192.0.2.1:1", nil, "", "http://example.com" + mocktest.SettingsPath, "/", "192.0.2.1", "192.0.2.1"},
		{"no call", "GET", "/api/2.0/files/@my", "192.0.2.1:1", nil, "", "http://example.com/api/2.0/files/@my", "/", "192.0.2.1", "192.0.2.1"},
		{"of a portal beside others", "PUT", "/portals/mine" + mocktest.ExternalPath + "?a=b", "192.0.2.1:1", nil, ExternalShare, "http://example.com/portals/mine" + mocktest.ExternalPath + "?a=b", "/portals/mine/", "192.0.2.1", "192.0.2.1"},
		{"by a proxy", "PUT", mocktest.SocialPath, "127.0.0.1:1", []string{"X-Forwarded-Proto", "https", "X-Forwarded-Host", "portal.example", "X-Forwarded-For", "203.0.113.9"}, ExternalShareSocialMedia, "https://portal.example" + mocktest.SocialPath, "/", "203.0.113.9", "203.0.113.9"},
		{"by a proxy that nobody vouches for", "GET", mocktest.SettingsPath, "192.0.2.1:1", []string{"X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example", "X-Forwarded-For", "203.0.113.9"}, GetFilesSettings, "http://example.com" + mocktest.SettingsPath, "/", "192.0.2.1", "192.0.2.1"},
		{"with an address in the query", "GET", mocktest.SettingsPath + "?Request-X-Real-IP=here", "192.0.2.1:1", nil, GetFilesSettings, "http://example.com" + mocktest.SettingsPath + "?Request-X-Real-IP=here", "/", "here", "192.0.2.1"},
		{"with two addresses in the query", "GET", mocktest.SettingsPath + "?request-x-real-ip=a&request-x-real-ip=&request-x-real-ip=b", "192.0.2.1:1", nil, GetFilesSettings, "http://example.com" + mocktest.SettingsPath + "?request-x-real-ip=a&request-x-real-ip=&request-x-real-ip=b", "/", "a,b", "192.0.2.1"},
		{"with an empty address in the query", "GET", mocktest.SettingsPath + "?request-x-real-ip=", "192.0.2.1:1", nil, GetFilesSettings, "http://example.com" + mocktest.SettingsPath + "?request-x-real-ip=", "/", "192.0.2.1", "192.0.2.1"},
		{"with the prefix in a header", "GET", mocktest.SettingsPath, "127.0.0.1:1", []string{"X-Forwarded-Prefix", "/evil"}, GetFilesSettings, "http://example.com" + mocktest.SettingsPath, "/", "127.0.0.1", "127.0.0.1"},
	} {
		r := httptest.NewRequest(test.method, test.target, nil)
		r.RemoteAddr = test.remote
		for i := 0; i < len(test.headers); i += 2 {
			r.Header.Set(test.headers[i], test.headers[i+1])
		}
		_, r, _ = portalname.FromRequest(r)
		c := newCall(r, s.era())
		if c.operation() != test.operation {
			t.Errorf("%s: the operation is %q", test.name, c.operation())
		}
		if c.href != test.href || c.cookiePath != test.cookiePath {
			t.Errorf("%s: got %s, cookies beneath %s", test.name, c.href, c.cookiePath)
		}
		if c.ip != test.ip || c.remote != test.limited {
			t.Errorf("%s: the addresses are %s and %s", test.name, c.ip, c.remote)
		}
	}
}
