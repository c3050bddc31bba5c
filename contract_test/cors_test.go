package contract_test

import (
	"net/http"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// corsSpecs describe CORS: origins and preflight requests (DynamicCorsPolicyProvider.cs).
func corsSpecs(t *target) {
	Describe("CORS", func() {
		It("lets any origin read answers and errors, without credentials", t.holds("A508"), func(ctx SpecContext) {
			for _, path := range []string{"files/settings?fields=forcesave", "files/settings/nope", "files/settings/external"} {
				a := t.send(ctx, request{path: path, key: t.owner, header: http.Header{"Origin": {"https://app.example"}}, off: true})
				Expect(a).To(haveHeader("Access-Control-Allow-Origin", "*"))
				Expect(a).To(haveNoHeader("Access-Control-Allow-Credentials"))
			}
			Expect(t.send(ctx, request{path: "files/settings", key: t.owner})).To(haveNoHeader("Access-Control-Allow-Origin"))
		})

		It("lets any origin read every kind of refusal", t.holds("A508"), func(ctx SpecContext) {
			t.usePortal()
			origin := http.Header{"Origin": {"https://app.example"}}
			for _, r := range []request{
				{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`},
				{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`, key: "user-token"},
				{method: http.MethodPut, path: "files/settings/external", body: `{"set":1}`, key: ownerAPIKey},
				{method: http.MethodPut, path: "files/settings/external", body: `{}`, key: ownerAPIKey, media: "text/plain"},
				{method: http.MethodPost, path: "files/share/open/password", body: `{}`, key: roomsAPIKey},
				{path: "files/nope"},
			} {
				if !t.hasPerson(r.key) {
					continue
				}
				r.header, r.off = origin.Clone(), true
				a := t.send(ctx, r)
				Expect(a.StatusCode).To(BeNumerically(">=", 400))
				Expect(a.Header.Values("Access-Control-Allow-Origin")).To(Equal([]string{"*"}), a.Status)
				for name := range a.Header {
					if name != "Access-Control-Expose-Headers" || a.Header.Get("X-Mock-Docspace") == "" { // the fake names its own headers
						Expect(name).To(Or(Equal("Access-Control-Allow-Origin"), Not(HavePrefix("Access-Control-"))))
					}
				}
			}
		})

		t.itOfFake("names its own headers, and no other, on answers that any origin may read", t.holds("A609"), func(ctx SpecContext) {
			const own, exposed = "X-Mock-Docspace, X-Mock-Hint, X-Mock-Contract, X-Mock-Fault, X-Mock-Sequence", "Access-Control-Expose-Headers"
			ask := func(method, path string, header http.Header) answer {
				GinkgoHelper()
				header.Set("Origin", "https://app.example")
				return t.send(ctx, request{method: method, path: path, media: "-", off: true, header: header})
			}
			for _, path := range []string{"files/settings", "files/settings/nope", "files/recent", "files/settings/external"} {
				a := ask(http.MethodGet, path, http.Header{})
				Expect(a.Header.Values(exposed)).To(Equal([]string{own}), path)
				for name := range a.Header {
					Expect(name).To(Or(Not(HavePrefix("X-Mock-")), BeElementOf(strings.Split(own, ", "))))
				}
			}
			Expect(ask(http.MethodOptions, "files/settings", http.Header{"Access-Control-Request-Method": {"GET"}})).To(haveNoHeader(exposed))
			Expect(ask(http.MethodGet, "files/settings", authorization("Bearer a.b.c"))).To(haveNoHeader(exposed))
			Expect(t.send(ctx, request{path: "files/settings", key: t.owner})).To(haveNoHeader(exposed))
		})

		It("allows what a preflight request asks for, before credentials are checked", t.holds("A509"), func(ctx SpecContext) {
			a := t.send(ctx, request{method: http.MethodOptions, path: "files/settings/external", media: "-", off: true, header: http.Header{
				"Origin": {"https://app.example"}, "Access-Control-Request-Method": {"PUT"}, "Access-Control-Request-Headers": {"authorization,content-type"},
			}})
			Expect(a).To(haveStatus(http.StatusNoContent))
			Expect(a).To(haveHeader("Access-Control-Allow-Origin", "*"))
			Expect(a).To(haveHeader("Access-Control-Allow-Methods", "PUT"))
			Expect(a).To(haveHeader("Access-Control-Allow-Headers", "authorization,content-type"))
		})

		if !t.documented() {
			It("cannot be asked for in the name of no address: 500 everywhere, without Access-Control-*", t.holds("A513"), func(ctx SpecContext) {
				t.usePortal()
				for _, r := range []request{{path: "files/settings"}, {path: "files/settings/nope"}, {method: http.MethodDelete, path: "files/settings"}, {method: http.MethodPut, path: "files/settings/external", body: `{`}} {
					for _, origin := range []string{"null", "http://", "https://a.example, https://b.example"} {
						r.header, r.off = http.Header{"Origin": {origin}}, true
						a := t.send(ctx, r)
						Expect(a).To(haveStatus(http.StatusInternalServerError))
						Expect(a).To(haveMember("System.UriFormatException", "error", "type"))
						expectNoCache(a)
						Expect(a).To(haveNoHeader("Access-Control-Allow-Origin"))
					}
				}
			})

			It("can be asked for in the name of any address", t.holds("A513"), func(ctx SpecContext) {
				for _, origin := range []string{"file://", "//x", "/a/b", "about:blank", "moz-extension://x", `C:\x`} {
					a := t.send(ctx, request{path: "files/settings?fields=forcesave", header: http.Header{"Origin": {origin}}, off: true})
					Expect(a).To(haveStatus(http.StatusOK), origin)
					Expect(a).To(haveHeader("Access-Control-Allow-Origin", "*"))
				}
			})

			t.itOfFake("needs an Origin that .NET takes for an address, and says what is wrong with another", t.holds("A513"), func(ctx SpecContext) {
				const format, scheme, authority, name, port = "The format of the URI could not be determined.", "The URI scheme is not valid.",
					"The Authority/Host could not be parsed.", "The hostname could not be parsed.", "Invalid port specified."
				for message, origins := range inOrder(map[string][]string{
					"": {
						"https://app.example:443/path?q#f", "http://x:", "http://x:65535/", "http://x?y:z", "http://user:password@x:1/", "http://x/@", "http://0x7f.1",
						"http://[::1]:80", "http://[fe80::1%eth0]/", "http://[1::/64]", "http://x.", "http://a_b-c.d", "http://_a.-b.c.", "http://münchen。example",
						"http:/\\x", "wss://x", "net.tcp://x:1", "net.pipe://x", "ldap://", "file:///c:/x", "file:c:/x", "file://?x", "file:////host/x",
						"foo:", "foo:///x", "foo://x:1", "foo:c:x", "foo://.", "foo://../x", "mailto:a@b", "news:any thing", "a+b-c.1:x", "/a:b c", `\\x\y`, "//_x", "c:/", `c|\x`,
						"http://" + strings.Repeat("a", 256), "net.pipe://" + strings.Repeat("a", 63) + ".b", "http://" + strings.Repeat("é", 59),
					},
					format:                        {"x", "//", "a:", ":x", `\x:y`, "1|x"},
					scheme:                        {"1http://x", "ht tp://x", "1:x", "a_b://x", "app.example/http://x"},
					"The Uri scheme is too long.": {strings.Repeat("a", 1025) + "://x"},
					`A Dos path must be rooted, for example, 'c:\\'.`: {"C:x", "c|x", "file://c:x", "file:///c:"},
					authority: {"http:x", "http:/x", "http:", "file:/x", "ldap:x"},
					name: {
						"http://a b", "https://x..y", "http:///x", "http://?x", "http://:80", "http://.", "http://x@", "http://a@b@c", `http://x\y`, "http://[::1", "http://[::1]x", "http://[1.2.3.4]",
						"http://[::1/123]", "http://x.y.-z", "http://_1.2..3", "http://a%41", "net.pipe://_x", "net.pipe://x:1", "file://xy:1", "//x:80", "//x?y", "///", "foo://...", "mailto:a b",
						"http://" + strings.Repeat("a", 257), "net.pipe://" + strings.Repeat("a", 64), "net.pipe://" + strings.Repeat("é", 60),
					},
					port: {"http://x:65536", "http://x:y", "http://x:-1", `http://x:1\`, "http://[::1]:x", "foo://c:x"},
				}) {
					for _, origin := range origins {
						a := t.send(ctx, request{path: "files/settings?fields=forcesave", header: http.Header{"Origin": {origin}}, off: true})
						if message == "" {
							Expect(a).To(haveStatus(http.StatusOK), origin)
						} else {
							Expect(a).To(haveMember("Invalid URI: "+message, "error", "message"), origin)
						}
					}
				}
			})

			t.itOfFake("needs a Host that is an address", t.holds("A514"), func(ctx SpecContext) {
				for host, message := range inOrder(map[string]string{".": "Invalid URI: The hostname could not be parsed.", "x:99999": "Invalid URI: Invalid port specified."}) {
					a := t.send(ctx, request{path: "files/settings", header: http.Header{"Host": {host}}, off: true})
					Expect(a).To(haveStatus(http.StatusInternalServerError))
					Expect(a).To(haveMember(message, "error", "message"))
				}
			})
		}

		It("takes OPTIONS for a preflight request only when it asks for a method", t.holds("A509"), func(ctx SpecContext) {
			options := func(path string, header http.Header) answer {
				header.Set("Origin", "https://app.example")
				return t.send(ctx, request{method: http.MethodOptions, path: path, media: "-", off: true, header: header})
			}
			Expect(options("files/settings", http.Header{})).To(haveStatus(http.StatusMethodNotAllowed))
			a := options("files/settings/nope", http.Header{"Access-Control-Request-Method": {"DELETE"}})
			Expect(a).To(haveStatus(http.StatusNoContent))
			Expect(a).To(haveHeader("Access-Control-Allow-Methods", "DELETE"))
			Expect(a).To(haveNoHeader("Access-Control-Allow-Headers"))
			Expect(a).To(haveNoHeader("Access-Control-Allow-Credentials"))
			Expect(a.body).To(BeEmpty())
			a = options("files/settings", http.Header{"Access-Control-Request-Method": {""}})
			Expect(a).To(haveStatus(http.StatusNoContent))
			Expect(a).To(haveNoHeader("Access-Control-Allow-Methods"))
			a = options("files/settings", http.Header{"Access-Control-Request-Method": {"GET"}, "Authorization": {"Basic %%%"}})
			Expect(a).To(haveStatus(http.StatusNoContent), "before credentials are checked")
			withoutOrigin := t.send(ctx, request{method: http.MethodOptions, path: "files/settings", media: "-", off: true, header: http.Header{"Access-Control-Request-Method": {"GET"}}})
			Expect(withoutOrigin).To(haveStatus(http.StatusMethodNotAllowed))
			Expect(withoutOrigin).To(haveNoHeader("Access-Control-Allow-Origin"))
		})

		t.itOfFake("gives an empty Origin no permission", t.holds("A509"), func(ctx SpecContext) {
			// A proxy may leave out an empty header.
			a := t.send(ctx, request{method: http.MethodOptions, path: "files/settings", media: "-", off: true, header: http.Header{"Origin": {""}, "Access-Control-Request-Method": {"GET"}}})
			Expect(a).To(haveStatus(http.StatusNoContent))
			for _, name := range []string{"Access-Control-Allow-Origin", "Access-Control-Allow-Methods"} {
				Expect(a).To(haveNoHeader(name))
			}
		})

		t.itOfFake("takes a method in any letter case", t.holds("A509"), func(ctx SpecContext) {
			// nginx in front of a portal refuses such a method.
			a := t.send(ctx, request{method: "options", path: "files/settings", media: "-", off: true, header: http.Header{"Origin": {"https://app.example"}, "Access-Control-Request-Method": {"GET"}}})
			Expect(a).To(haveStatus(http.StatusNoContent))
		})
	})
}
