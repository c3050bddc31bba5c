package contract_test

import (
	"net/http"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// forwardedSpecs describe links and cookies behind a proxy and over TLS (BaseStartup.cs).
func forwardedSpecs(t *target) {
	Describe("links and cookies behind a proxy", func() {
		t.itOfFake("have the host and the scheme that a proxy on the same machine reports", t.holds("A512"), func(ctx SpecContext) {
			for _, c := range []struct{ proto, host, expected string }{
				{"https", "portal.example.org", "https://portal.example.org"},
				{"https, http", "portal.example.org:8443, proxy.example", "https://portal.example.org:8443"},
				{"ftp", "portal.example.org", "ftp://portal.example.org"},
				{"HTTPS", "portal.example.org", "HTTPS://portal.example.org"},
				{"a scheme", "portal.example.org", "http://portal.example.org"},
				{"https", "portal.example.org:x", "https://" + strings.TrimPrefix(t.url, "http://")},
				{"https", "a portal", "https://" + strings.TrimPrefix(t.url, "http://")},
			} {
				a := t.getSettings(ctx, "files/settings?fields=forcesave", http.Header{"X-Forwarded-Proto": {c.proto}, "X-Forwarded-Host": {c.host}})
				Expect(href(a)).To(Equal(c.expected + "/api/2.0/files/settings?fields=forcesave"))
			}
		})

		t.itOfFake("have the address of each caller, when callers with several addresses ask in turns", t.holds("A512"), func(ctx SpecContext) {
			for range 2 {
				for _, host := range []string{"one.example.org", "two.example.org"} {
					a := t.getSettings(ctx, "files/settings", http.Header{"X-Forwarded-Host": {host}})
					Expect(href(a)).To(Equal("http://" + host + "/api/2.0/files/settings"))
				}
			}
		})

		t.itOfFake("have the scheme of the hop that the addresses of a proxy lead to", t.holds("A512"), func(ctx SpecContext) {
			for _, c := range []struct{ clients, schemes, expected string }{
				{"192.0.2.1, 127.0.0.1", "https, ftp", "https"},
				{"127.0.0.1, 192.0.2.1", "https, ftp", "ftp"},
				{"192.0.2.1, 10.0.0.1", "https, ftp", "ftp"},
				{"192.0.2.1:80", "https", "https"},
				{"192.0.2.1", "https,", "https"},
				{"192.0.2.1, 127.0.0.1", `https, "a,b"`, "https"},
				{"nobody", "https", "http"},
			} {
				a := t.getSettings(ctx, "files/settings?fields=forcesave", http.Header{"X-Forwarded-For": {c.clients}, "X-Forwarded-Proto": {c.schemes}})
				Expect(href(a)).To(HavePrefix(c.expected+"://"), c.clients+" "+c.schemes)
			}
		})

		t.itOfFake("are Secure when a proxy reports https in any letter case", t.holds("A222"), func(ctx SpecContext) {
			a := t.postPassword(ctx, "protected", "", rightPassword, http.Header{"X-Forwarded-Proto": {"HTTPS"}})
			Expect(a.Cookies()).To(HaveLen(2))
			for _, cookie := range a.Cookies() {
				Expect(cookie.Secure).To(BeTrue())
			}
		})

		t.itOfFake("are https and Secure with TLS", t.holds("A222"), func(ctx SpecContext) {
			t.listenWithTLS()
			a := t.postPassword(ctx, "protected", "", rightPassword)
			Expect(href(a)).To(Equal(t.url + "/api/2.0/files/share/protected/password"))
			Expect(t.url).To(HavePrefix("https://"))
			Expect(a.Cookies()).To(HaveLen(2))
			for _, cookie := range a.Cookies() {
				Expect(cookie.Secure).To(BeTrue())
			}
		})
	})
}
