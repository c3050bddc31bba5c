package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// routingSpecs describe which paths and methods have a call (404 and 405).
func routingSpecs(t *target) {
	Describe("routing", func() {
		DescribeTable("finds the settings at", t.holds("A501"),
			func(ctx SpecContext, path string) {
				Expect(t.send(ctx, request{path: path, key: t.owner})).To(haveStatus(http.StatusOK))
			},
			Entry("its path", "/api/2.0/files/settings"),
			Entry("its path with a slash at the end", "/api/2.0/files/settings/"),
			Entry("its path in any letter case", "/API/2.0/Files/SETTINGS"),
			Entry("an escaped path", "/api/2.0/%66iles/settings"),
		)

		DescribeTable("knows one method for each path: 405 with Allow for the others", t.holds("A503", "A502"),
			func(ctx SpecContext, method, path, allow string) {
				a := t.send(ctx, request{method: method, path: path, media: "-", off: true})
				Expect(a).To(haveHeader("Allow", allow))
				if method == http.MethodHead {
					Expect(a).To(haveStatus(http.StatusMethodNotAllowed))
					return
				}
				t.expectEmpty(a, http.StatusMethodNotAllowed)
			},
			otherMethods(),
		)

		DescribeTable("does not find", t.holds("A505", "A504"),
			func(ctx SpecContext, method, path string) {
				t.expectEmpty(t.send(ctx, request{method: method, path: path, key: t.owner, body: "{}", off: true}), http.StatusNotFound)
			},
			Entry("another API version", http.MethodGet, "/api/1.0/files/settings"),
			Entry("a later API version", http.MethodGet, "/api/2.1/files/settings"),
			Entry("a version that is not a number", http.MethodGet, "/api/x/files/settings"),
			Entry("an unknown setting", http.MethodGet, "files/settings/nope"),
			Entry("a suffix", http.MethodPut, "files/settings/external.json"),
			Entry("an empty share key", http.MethodPost, "files/share//password"),
			Entry("more than the path", http.MethodPost, "files/share/x/password/y"),
			Entry("another resource of a share link", http.MethodGet, "files/share/x/nope"),
			Entry("another resource of a share link, with another method", http.MethodPut, "files/share/x/nope"),
			Entry("the root of the API", http.MethodGet, "/api/2.0"),
		)

		It("reads one unknown segment as the id of an entry: 403 or 404 with a body", t.holds("A506"), func(ctx SpecContext) {
			t.usePortal()
			for _, path := range []string{"files/nope", "files/settings.json", "files/settings%2F"} {
				a := t.send(ctx, request{path: path, off: true})
				Expect(a).To(haveStatus(http.StatusForbidden))
				Expect(a).To(haveMember("Access denied", "error", "message"))
				Expect(a).To(haveMember("System.Security.SecurityException", "error", "type"))
				a = t.send(ctx, request{path: path, key: t.owner, off: true})
				Expect(a).To(haveStatus(http.StatusNotFound))
				Expect(a).To(haveMember("Selector '' not found", "error", "message"))
			}
		})

		DescribeTable("finds every call at", t.holds("A501"),
			func(ctx SpecContext, method, path string) {
				t.usePortal()
				body := map[string]string{http.MethodPut: `{"set":true}`, http.MethodPost: `{}`}[method]
				Expect(t.send(ctx, request{method: method, path: path, key: t.owner, body: body})).To(haveStatus(http.StatusOK))
			},
			Entry("external in any letter case", http.MethodPut, "files/settings/EXTERNAL"),
			Entry("external with a slash", http.MethodPut, "files/settings/external/"),
			Entry("externalsocialmedia in any letter case", http.MethodPut, "/Api/2.0/Files/Settings/ExternalSocialMedia"),
			Entry("password in any letter case", http.MethodPost, "files/SHARE/open/Password/"),
			Entry("a share link in any letter case", http.MethodGet, "files/Share/open"),
			Entry("a share link with a slash", http.MethodGet, "files/share/open/"),
			Entry("the sharing policy in any letter case", http.MethodPut, "files/Settings/ExternalSharingSettings/"),
			Entry("version 2", http.MethodGet, "/api/2/files/settings"),
			Entry("version 2.00", http.MethodGet, "/api/2.00/files/settings"),
			Entry("version 02.0", http.MethodGet, "/api/02.0/files/settings"),
			Entry("version +2.0", http.MethodGet, "/api/+2.0/files/settings"),
			Entry("dot segments", http.MethodGet, "files/./nope/../settings"),
			Entry("escaped dot segments", http.MethodGet, "files/%2e/nope/%2E%2e/settings"),
			t.ofFake(Entry("dot segments beyond the root", http.MethodPut, "/../../api/2.0/files/settings/external")),
		)

		t.itOfFake("finds a link whose key has a slash, which stays escaped in a path", t.holds("A501"), func(ctx SpecContext) {
			t.control(ctx, http.MethodPost, "links", `{"key":"a/b/c","entry":"30"}`)
			for _, key := range []string{"a%2Fb%2fc", "a%2fb%2Fc"} {
				Expect(opening(key, nil, `{}`)(t, ctx)).To(BeEquivalentTo(statusOK), key)
				Expect(told(key, "title")(t, ctx)).To(Equal("Plans"), key)
			}
			t.expectEmpty(t.sendToFault(ctx, request{path: "files/share/a/b/c"}), http.StatusNotFound)
		})

		DescribeTable("does not find", t.holds("A505", "A504"),
			func(ctx SpecContext, method, path string) {
				a := t.send(ctx, request{method: method, path: path, off: true})
				t.expectEmpty(a, http.StatusNotFound)
				Expect(a).To(haveNoHeader("Allow"))
				Expect(a).To(haveNoHeader("Cache-Control"), "not an exception")
			},
			Entry("a path with an empty segment", http.MethodGet, "files//settings"),
			Entry("a path with two slashes at its end", http.MethodGet, "files/settings//"),
			Entry("a version with three numbers", http.MethodGet, "/api/2.0.0/files/settings"),
			Entry("a version with a v", http.MethodGet, "/api/v2.0/files/settings"),
			Entry("another word for api", http.MethodGet, "/apis/2.0/files/settings"),
			Entry("another word for files", http.MethodGet, "/api/2.0/file/settings"),
			Entry("files alone", http.MethodGet, "/api/2.0/files"),
			Entry("letters that only look the same", http.MethodGet, "files/%C5%BFettings/x"),
			Entry("a slash within a segment", http.MethodPut, "files/settings%2Fexternal/x"),
			Entry("a path below a setting", http.MethodPut, "files/settings/external/more"),
			Entry("the root", http.MethodGet, "/"),
		)

		DescribeTable("knows one method for each path, also for callers without credentials", t.holds("A503", "A502"),
			func(ctx SpecContext, method, path, allow string) {
				for _, key := range []string{"", t.owner} {
					a := t.send(ctx, request{method: method, path: path, key: key, off: true})
					t.expectEmpty(a, http.StatusMethodNotAllowed)
					Expect(a).To(haveHeader("Allow", allow))
					Expect(a).To(haveNoHeader("Cache-Control"), "not an exception")
				}
			},
			Entry("external", http.MethodPatch, "files/settings/external", "PUT"),
			Entry("externalsocialmedia", http.MethodPost, "files/settings/externalsocialmedia/", "PUT"),
			Entry("settings", http.MethodDelete, "files/Settings", "GET"),
			Entry("password", http.MethodPatch, "files/share/x/password", "POST"),
			Entry("a share link", http.MethodPost, "files/share/x", "GET"),
			Entry("a path that several calls have", http.MethodDelete, "files/rooms/10/links", "GET, PUT"),
			Entry("a folder", http.MethodPost, "files/nope", "GET"),
			Entry("the sharing policy", http.MethodGet, "files/settings/externalsharingsettings", "PUT"),
			Entry("OPTIONS with an origin, but without a method to ask for", http.MethodOptions, "files/settings/external", "PUT"),
		)

		It("does not answer HEAD like GET", t.holds("A503", "A502"), func(ctx SpecContext) {
			for path, allow := range inOrder(map[string]string{"files/settings": "GET", "files/settings/external": "PUT", "files/share/x/password": "POST"}) {
				a := t.send(ctx, request{method: http.MethodHead, path: path, key: t.owner, media: "-", off: true})
				Expect(a).To(haveStatus(http.StatusMethodNotAllowed))
				Expect(a).To(haveHeader("Allow", allow))
			}
		})

		It("reports a missing entry with the message of the server", t.holds("A506"), func(ctx SpecContext) {
			t.usePortal()
			a := t.getSettings(ctx, "files/nope", nil)
			Expect(a).To(haveMember("Selector '' not found", "error", "message"))
			Expect(a).To(haveMember("ASC.Common.Web.ItemNotFoundException", "error", "type"))
			Expect(a).To(haveMember(BeEquivalentTo(-2146233088), "error", "hresult"))
			expectNoCache(a)
		})
	})
}

// otherMethods are the methods that the calls at these paths do not have. HEAD is not answered like GET, and OPTIONS alone is not a
// preflight request.
func otherMethods() []TableEntry {
	var entries []TableEntry
	for _, call := range []struct{ name, path, method string }{
		{"settings", "files/settings", http.MethodGet},
		{"external", "files/settings/external", http.MethodPut},
		{"externalsocialmedia", "files/settings/externalsocialmedia", http.MethodPut},
		{"password", "files/share/x/password", http.MethodPost},
		{"a share link", "files/share/x", http.MethodGet},
		{"the sharing policy", "files/settings/externalsharingsettings", http.MethodPut},
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions} {
			if method != call.method {
				entries = append(entries, Entry(method+" "+call.name, method, call.path, call.method))
			}
		}
	}
	return entries
}
