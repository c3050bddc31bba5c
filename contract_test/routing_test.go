package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// routingSpecs describe what is found where, and what every answer carries.
func routingSpecs(t *target) {
	Describe("routing", func() {
		DescribeTable("finds a call under", t.holds("A501"),
			func(ctx SpecContext, path string) {
				Expect(t.send(ctx, request{path: path, key: t.owner})).To(haveStatus(http.StatusOK))
			},
			Entry("its path", "/api/2.0/files/settings"),
			Entry("its path with a slash at the end", "/api/2.0/files/settings/"),
			Entry("its path in any case", "/API/2.0/Files/SETTINGS"),
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
			Entry("a version that is none", http.MethodGet, "/api/x/files/settings"),
			Entry("an unknown setting", http.MethodGet, "files/settings/nope"),
			Entry("a suffix", http.MethodPut, "files/settings/external.json"),
			Entry("an empty share key", http.MethodPost, "files/share//password"),
			Entry("more than the path", http.MethodPost, "files/share/x/password/y"),
			Entry("something else of a share link", http.MethodGet, "files/share/x/nope"),
			Entry("something else of a share link, with another method", http.MethodPut, "files/share/x/nope"),
			Entry("the root of the API", http.MethodGet, "/api/2.0"),
		)

		It("takes one unknown segment for the id of a folder, which is not found with a body", t.holds("A506"), func(ctx SpecContext) {
			t.needsOurPortal()
			for _, path := range []string{"files/nope", "files/settings.json", "files/share"} {
				a := t.send(ctx, request{path: path, off: true})
				Expect(a).To(haveStatus(http.StatusNotFound))
				Expect(a).NotTo(haveMember(BeEmpty(), "error", "message"))
			}
		})

		It("says so when a portal has a call there that the fake has not", t.holds("A602"), func(ctx SpecContext) {
			t.needsOurPortal()
			Expect(t.send(ctx, request{path: "files/share/open", off: true})).To(haveHeader("X-Mock-Hint", ContainSubstring("four calls")))
			Expect(t.send(ctx, request{method: http.MethodPut, path: "files/settings/externalsharingsettings", body: "{}", off: true})).To(haveHeader("X-Mock-Hint", ContainSubstring("four calls")))
		})
	})

	Describe("every answer", func() {
		DescribeTable("carries the server's headers, and from the fake its name", t.holds("A507"),
			func(ctx SpecContext, r request, versions string) {
				r.off = true
				if r.key != "" {
					r.key = t.owner
				}
				a := t.send(ctx, r)
				Expect(a).To(haveTiming())
				Expect(a).To(haveHeader("Api-Supported-Versions", versions))
				if !t.live {
					Expect(a).To(haveHeader("X-Mock-Docspace", MatchRegexp(`^\d+\.\d+\.\d+`)))
				}
			},
			Entry("200", request{path: "files/settings", key: "owner"}, "2.0"),
			Entry("401", request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`}, ""),
			Entry("404", request{path: "files/settings/nope"}, ""),
			Entry("405", request{method: http.MethodDelete, path: "files/settings"}, ""),
		)

		It("can be read from any origin, errors too, and without credentials", t.holds("A508"), func(ctx SpecContext) {
			for _, path := range []string{"files/settings?fields=forcesave", "files/settings/nope", "files/settings/external"} {
				a := t.send(ctx, request{path: path, key: t.owner, header: http.Header{"Origin": {"https://app.example"}}, off: true})
				Expect(a).To(haveHeader("Access-Control-Allow-Origin", "*"))
				Expect(a).To(haveNoHeader("Access-Control-Allow-Credentials"))
			}
			Expect(t.send(ctx, request{path: "files/settings", key: t.owner})).To(haveNoHeader("Access-Control-Allow-Origin"))
		})

		It("to a preflight request allows what was asked for, before credentials are looked at", t.holds("A509"), func(ctx SpecContext) {
			a := t.send(ctx, request{method: http.MethodOptions, path: "files/settings/external", media: "-", off: true, header: http.Header{
				"Origin": {"https://app.example"}, "Access-Control-Request-Method": {"PUT"}, "Access-Control-Request-Headers": {"authorization,content-type"},
			}})
			Expect(a).To(haveStatus(http.StatusNoContent))
			Expect(a).To(haveHeader("Access-Control-Allow-Origin", "*"))
			Expect(a).To(haveHeader("Access-Control-Allow-Methods", "PUT"))
			Expect(a).To(haveHeader("Access-Control-Allow-Headers", "authorization,content-type"))
		})
	})
}

// otherMethods are those that the four calls do not have. HEAD is not mapped to GET, and OPTIONS alone is no preflight.
func otherMethods() []TableEntry {
	var entries []TableEntry
	for _, call := range []struct{ name, path, method string }{
		{"settings", "files/settings", http.MethodGet},
		{"external", "files/settings/external", http.MethodPut},
		{"externalsocialmedia", "files/settings/externalsocialmedia", http.MethodPut},
		{"password", "files/share/x/password", http.MethodPost},
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions} {
			if method != call.method {
				entries = append(entries, Entry(method+" "+call.name, method, call.path, call.method))
			}
		}
	}
	return entries
}
