package contract_test

import (
	"net/http"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// headerSpecs describe paths, links and headers beyond the usual.
func headerSpecs(t *target) {
	Describe("addresses and headers", func() {
		settings := func(ctx SpecContext, path string, header http.Header) answer {
			GinkgoHelper()
			return t.send(ctx, request{path: path, key: t.owner, header: header, off: true})
		}
		href := func(a answer) any {
			GinkgoHelper()
			Expect(a).To(haveStatus(http.StatusOK))
			return a.member("links", 0, "href")
		}

		DescribeTable("finds a call under", t.holds("A501"),
			func(ctx SpecContext, method, path string) {
				t.needsOurPortal()
				body := map[string]string{http.MethodPut: `{"set":true}`, http.MethodPost: `{}`}[method]
				Expect(t.send(ctx, request{method: method, path: path, key: t.owner, body: body})).To(haveStatus(http.StatusOK))
			},
			Entry("external in any case", http.MethodPut, "files/settings/EXTERNAL"),
			Entry("external with a slash", http.MethodPut, "files/settings/external/"),
			Entry("externalsocialmedia in any case", http.MethodPut, "/Api/2.0/Files/Settings/ExternalSocialMedia"),
			Entry("password in any case", http.MethodPost, "files/SHARE/open/Password/"),
			Entry("version 2", http.MethodGet, "/api/2/files/settings"),
			Entry("more slashes at the start", http.MethodGet, "//api/2.0/files/settings"),
			Entry("dot segments", http.MethodGet, "files/./nope/../settings"),
			Entry("escaped dot segments", http.MethodGet, "files/%2e/nope/%2E%2e/settings"),
			Entry("dot segments beyond the root", http.MethodPut, "/../../api/2.0/files/settings/external"),
		)

		DescribeTable("does not find", t.holds("A505", "A504"),
			func(ctx SpecContext, method, path string) {
				a := t.send(ctx, request{method: method, path: path, off: true})
				t.expectEmpty(a, http.StatusNotFound)
				Expect(a).To(haveNoHeader("Allow"))
				Expect(a).To(haveNoHeader("Cache-Control"), "no exception")
			},
			Entry("a path with an empty segment", http.MethodGet, "files//settings"),
			Entry("a path with two slashes at its end", http.MethodGet, "files/settings//"),
			Entry("a version beside 2.0", http.MethodGet, "/api/2.00/files/settings"),
			Entry("a version with a v", http.MethodGet, "/api/v2.0/files/settings"),
			Entry("another word for api", http.MethodGet, "/apis/2.0/files/settings"),
			Entry("another word for files", http.MethodGet, "/api/2.0/file/settings"),
			Entry("files alone", http.MethodGet, "/api/2.0/files"),
			Entry("letters that only look the same", http.MethodGet, "files/%C5%BFettings/x"),
			Entry("a slash within a segment", http.MethodPut, "files/settings%2Fexternal/x"),
			Entry("beneath a setting", http.MethodPut, "files/settings/external/more"),
			Entry("the root", http.MethodGet, "/"),
		)

		DescribeTable("knows one method, whoever asks", t.holds("A503", "A502"),
			func(ctx SpecContext, method, path, allow string) {
				for _, key := range []string{"", t.owner} {
					a := t.send(ctx, request{method: method, path: path, key: key, off: true})
					t.expectEmpty(a, http.StatusMethodNotAllowed)
					Expect(a).To(haveHeader("Allow", allow))
					Expect(a).To(haveNoHeader("Cache-Control"), "no exception")
				}
			},
			Entry("external", http.MethodPatch, "files/settings/external", "PUT"),
			Entry("externalsocialmedia", http.MethodPost, "files/settings/externalsocialmedia/", "PUT"),
			Entry("settings", http.MethodDelete, "files/Settings", "GET"),
			Entry("password", http.MethodPatch, "files/share/x/password", "POST"),
			Entry("a share link", http.MethodPost, "files/share/x", "GET"),
			Entry("a folder", http.MethodPost, "files/nope", "GET"),
			Entry("the sharing policy", http.MethodGet, "files/settings/externalsharingsettings", "PUT"),
			Entry("OPTIONS with an origin, but without a method to ask for", http.MethodOptions, "files/settings/external", "PUT"),
		)

		It("does not answer HEAD as GET, also of the calls that write", t.holds("A503", "A502"), func(ctx SpecContext) {
			for path, allow := range map[string]string{"files/settings": "GET", "files/settings/external": "PUT", "files/share/x/password": "POST"} {
				a := t.send(ctx, request{method: http.MethodHead, path: path, key: t.owner, media: "-", off: true})
				Expect(a).To(haveStatus(http.StatusMethodNotAllowed))
				Expect(a).To(haveHeader("Allow", allow))
			}
		})

		It("takes the OPTIONS of a page for a preflight only when it asks for a method", t.holds("A509"), func(ctx SpecContext) {
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
			a = options("files/settings", http.Header{"Access-Control-Request-Method": {"GET"}, "Authorization": {"Basic %%%"}})
			Expect(a).To(haveStatus(http.StatusNoContent), "before credentials are looked at")
			withoutOrigin := t.send(ctx, request{method: http.MethodOptions, path: "files/settings", media: "-", off: true, header: http.Header{"Access-Control-Request-Method": {"GET"}}})
			Expect(withoutOrigin).To(haveStatus(http.StatusMethodNotAllowed))
			Expect(withoutOrigin).To(haveNoHeader("Access-Control-Allow-Origin"))
		})

		It("lets any origin read refusals of every kind", t.holds("A508"), func(ctx SpecContext) {
			t.needsOurPortal()
			origin := http.Header{"Origin": {"https://app.example"}}
			for _, r := range []request{
				{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`},
				{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`, key: "user-token"},
				{method: http.MethodPut, path: "files/settings/external", body: `{"set":1}`, key: ownerAPIKey},
				{method: http.MethodPut, path: "files/settings/external", body: `{}`, key: ownerAPIKey, media: "text/plain"},
				{method: http.MethodPost, path: "files/share/open/password", body: `{}`, key: roomsAPIKey},
				{path: "files/nope"},
			} {
				r.header, r.off = origin.Clone(), true
				a := t.send(ctx, r)
				Expect(a.StatusCode).To(BeNumerically(">=", 400))
				Expect(a.Header.Values("Access-Control-Allow-Origin")).To(Equal([]string{"*"}), a.Status)
				for name := range a.Header {
					Expect(name).To(Or(Equal("Access-Control-Allow-Origin"), Not(HavePrefix("Access-Control-"))))
				}
			}
		})

		It("names the server, and keeps only the answers of exceptions out of caches", t.holds("A510"), func(ctx SpecContext) {
			t.needsOurPortal()
			for _, call := range []struct {
				request request
				thrown  bool
			}{
				{request{path: "files/settings", key: ownerAPIKey}, false},
				{request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`, key: ownerAPIKey}, false},
				{request{method: http.MethodPost, path: "files/share/open/password", body: `{}`}, false},
				{request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`}, false},
				{request{method: http.MethodPut, path: "files/settings/external", body: `{"set":1}`, key: ownerAPIKey}, false},
				{request{method: http.MethodPut, path: "files/settings/external", body: `{}`, key: ownerAPIKey, media: "text/plain"}, false},
				{request{path: "files/settings", key: roomsAPIKey}, false},
				{request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`, key: roomsAPIKey}, false},
				{request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`, key: "user-token"}, true},
				{request{path: "files/nope"}, true},
				{request{path: "files/settings", header: http.Header{"Authorization": {"Basic %%%"}}}, true},
			} {
				call.request.off = true
				a := t.send(ctx, call.request)
				Expect(a).To(haveHeader("Server", "Kestrel"))
				Expect(a).To(haveTiming())
				if call.thrown {
					expectNoCache(a)
					continue
				}
				for _, name := range []string{"Cache-Control", "Pragma", "Expires", "Etag", "Last-Modified", "Retry-After"} {
					Expect(a).To(haveNoHeader(name), a.Status)
				}
			}
		})

		It("shows links as they were asked for", t.holds("A001"), func(ctx SpecContext) {
			t.needsOurPortal()
			Expect(href(settings(ctx, "/API/2.0/Files/settings/?Fields=forcesave&x=%20&x=ü", nil))).To(Equal(t.url + "/API/2.0/Files/settings/?Fields=forcesave&x=%20&x=ü"))
			Expect(href(settings(ctx, "files/a/%2e%2e/%73ettings", nil))).To(Equal(t.url + "/api/2.0/files/settings"))
			Expect(href(t.apply(ctx, "a/b c%3F#ü", "", `{}`))).To(Equal(t.url + "/api/2.0/files/share/a%2Fb c%3F#ü/password"))
			Expect(string(t.apply(ctx, "<&>'", "", `{}`).body)).To(ContainSubstring(`/files/share/<&>'/password"`), "nothing is escaped in JSON")
		})

		It("shows links as a proxy on the same machine was asked for them", t.holds("A512"), func(ctx SpecContext) {
			t.needsOurPortal()
			for _, c := range []struct{ proto, host, expected string }{
				{"https", "portal.example.org", "https://portal.example.org"},
				{"http, https", "evil.example, portal.example.org:8443", "https://portal.example.org:8443"},
				{"ftp", "portal.example.org", "http://portal.example.org"},
			} {
				a := settings(ctx, "files/settings?fields=forcesave", http.Header{"X-Forwarded-Proto": {c.proto}, "X-Forwarded-Host": {c.host}})
				Expect(href(a)).To(Equal(c.expected + "/api/2.0/files/settings?fields=forcesave"))
			}
		})

		It("shows links and sets cookies as they are asked for with TLS", t.holds("A222"), func(ctx SpecContext) {
			t.needsOurPortal()
			t.listenWithTLS()
			a := t.apply(ctx, "protected", "", rightPassword)
			Expect(href(a)).To(Equal(t.url + "/api/2.0/files/share/protected/password"))
			Expect(t.url).To(HavePrefix("https://"))
			Expect(a.Cookies()).To(HaveLen(2))
			for _, cookie := range a.Cookies() {
				Expect(cookie.Secure).To(BeTrue())
			}
		})

		It("has links and cookies apart for a portal beside the other", t.holds("A607"), func(ctx SpecContext) {
			t.needsOurPortal()
			t.steer(ctx, http.MethodPost, "portals", `{"name":"beside","portal":{"links":[{"key":"open","password":"Secret123!"}]}}`)
			main := t.url
			DeferCleanup(func(ctx SpecContext) {
				t.url = main
				t.steer(ctx, http.MethodDelete, "portals/beside", "")
			})
			t.url += "/portals/beside"
			a := t.apply(ctx, "open", "", rightPassword)
			Expect(href(a)).To(Equal(t.url + "/api/2.0/files/share/open/password"))
			Expect(a.Cookies()).To(HaveLen(2))
			for _, cookie := range a.Cookies() {
				Expect(cookie.Path).To(Equal("/portals/beside/"))
			}
		})

		It("tells a folder that is not there as .NET does", t.holds("A506"), func(ctx SpecContext) {
			t.needsOurPortal()
			a := settings(ctx, "files/nope", nil)
			Expect(a).To(haveBody(`{"error":{"message":"The record could not be found","type":"ASC.Common.ItemNotFoundException","stack":"   at ASC.Files.Api.FoldersController.GetFolderByFolderId(String)","hresult":-2146233088},"status":1,"statusCode":404}`))
			expectNoCache(a)
		})

		DescribeTable("reads `fields` of the query", t.holds("A007"),
			func(ctx SpecContext, query, response string) {
				a := settings(ctx, "files/settings?"+query, nil)
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveBody(HavePrefix(`{"response":` + response + `,"count":1,"links":[`)))
			},
			Entry("in the server's order, not in that of the names", "fields=storeForcesave,forcesave", `{"forcesave":true,"storeForcesave":false}`),
			Entry("a name that is given twice", "fields=forcesave,forcesave", `{"forcesave":true}`),
			Entry("with its own name in any case", "FIELDS=forcesave", `{"forcesave":true}`),
			Entry("as a list before the plain name", "fields=storeForcesave&fields[]=forcesave", `{"forcesave":true}`),
			Entry("as a list whose items have no commas", "fields[]=forcesave,storeForcesave", `{}`),
			Entry("repeated, without commas then", "fields=forcesave,x&fields=storeForcesave", `{"storeForcesave":false}`),
			Entry("not trimmed", "fields=%20forcesave,storeForcesave", `{"storeForcesave":false}`),
			Entry("escaped", "fields=force%73ave", `{"forcesave":true}`),
			Entry("with one name that is not there", "fields=nope,forcesave", `{"forcesave":true}`),
			Entry("a nested object whole", "fields=automaticallyCleanUp", `{"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":4}}`),
			Entry("a nested object whole and in part", "fields=automaticallyCleanUp,automaticallyCleanUp.gap", `{"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":4}}`),
			Entry("two of a nested object", "fields=automaticallyCleanUp.gap,automaticallyCleanUp.isAutoCleanUp", `{"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":4}}`),
			Entry("nothing of a nested object", "fields=automaticallyCleanUp.nope", `{"automaticallyCleanUp":{}}`),
			Entry("nothing beneath what is no nested object", "fields=forcesave.x", `{}`),
			Entry("a nested object by the name it has without `fields`", "fields=defaultOrder.is_asc,defaultOrder.isAsc", `{"defaultOrder":{"isAsc":false}}`),
			Entry("a list whole", "fields=extsWebTemplate,defaultSharingAccessRights", `{"extsWebTemplate":[],"defaultSharingAccessRights":[2]}`),
		)

		It("negotiates by weight, and never refuses", t.holds("A012"), func(ctx SpecContext) {
			t.needsOurPortal()
			for accept, expected := range map[string]string{
				"text/json, application/json":             "text/json",
				"text/json;q=0.5, application/json;q=0.9": "application/json",
				"text/json;q=0.9, application/json;q=0.5": "text/json",
				"text/*":                         "text/json",
				"application/*, text/json;q=0.1": "application/json",
				"text/html, */*;q=0.1":           "application/json",
				"text/json, */*":                 "application/json",
				"nonsense":                       "application/json",
			} {
				a := settings(ctx, "files/settings?fields=forcesave", http.Header{"Accept": {accept}})
				Expect(a).To(haveHeader("Content-Type", expected+"; charset=utf-8"), accept)
			}
		})

		It("logs no secret", t.holds("A606"), func(ctx SpecContext) {
			t.needsOurPortal()
			if t.log == nil {
				Skip("needs a portal in this process, whose log can be read")
			}
			const planted = "PLANTED-SECRET"
			for _, r := range []request{
				{method: http.MethodPost, path: "files/share/" + planted + "/password", body: `{"password":"` + planted + `"}`},
				{method: http.MethodPost, path: "files/share/open/password?share=" + planted + "&password=" + planted, body: rightPassword},
				{path: "files/share/" + planted}, {path: "files/share%2F" + planted}, {path: "/api/1.0/files/SHARE/" + planted},
				{path: "files/settings?fields=" + planted + "&asc_auth_key=" + planted, header: http.Header{"Cookie": {"asc_auth_key=" + planted}}},
				{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`, key: planted},
				{method: http.MethodPut, path: "files/settings/external", body: `{"set":"` + planted + `"}`, key: ownerAPIKey},
				{path: "files/settings/protected"}, {path: "files/Secret123!/x"}, {path: "files/YOUR_API_KEY/x"}, {path: "files/" + ownerAPIKey + "/x"},
			} {
				r.off = true
				t.send(ctx, r)
			}
			log := string(t.log.Contents())
			Expect(strings.Count(log, "msg=request")).To(Equal(12))
			for _, secret := range []string{planted, "Secret123!", "YOUR_API_KEY", ownerAPIKey, "settings/protected"} {
				Expect(log).NotTo(ContainSubstring(secret))
			}
			Expect(log).To(ContainSubstring("path=/api/2.0/files/share/***/password status=200"))
			Expect(log).To(ContainSubstring("path=/api/2.0/files/settings/external status="))
			Expect(log).To(ContainSubstring("caller=owner@example.com"))
		})
	})
}
