package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// headerSpecs describe the headers of every answer.
func headerSpecs(t *target) {
	Describe("headers", func() {
		It("name the server, and keep only the answers of exceptions out of caches", t.holds("A510"), func(ctx SpecContext) {
			t.usePortal()
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
				if !t.hasPerson(call.request.key) {
					continue
				}
				call.request.off = true
				a := t.send(ctx, call.request)
				if !t.live { // a proxy has its own
					Expect(a).To(haveHeader("Server", "Kestrel"))
				}
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

		if !t.documented() {
			const sent = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"
			DescribeTable("have the trace that a problem follows:", t.holds("A520"),
				func(ctx SpecContext, parent, shown string) {
					a := t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", body: `{`, key: t.owner, off: true, header: http.Header{"Traceparent": {parent}}})
					Expect(a).To(haveMember(MatchRegexp("^"+shown+"$"), "response", "traceId"))
					Expect(a).NotTo(haveMember(ContainSubstring("00-"+sent), "response", "traceId"), "the span is the server's own")
				},
				Entry("its flags, but for the highest", "00-"+sent+"-ff", "00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-7f"),
				Entry("a later version", "01-"+sent+"-01", "00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01"),
				Entry("a new one in place of zeros", "00-00000000000000000000000000000000-b7ad6b7169203331-01", "00-[0-9a-f]{32}-[0-9a-f]{16}-00"),
				Entry("a new one in place of a span of zeros", "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", "00-[0-9a-f]{32}-[0-9a-f]{16}-00"),
				Entry("a new one in place of capitals", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", "00-[0-9a-f]{32}-[0-9a-f]{16}-00"),
				Entry("a later version that is longer, as an older identifier", "cc-"+sent+"-01-more", `\|cc-`+sent+`-01-more\.[0-9a-f]{8}_`),
			)
		}

		DescribeTable("are those of the server, and the fake adds its name:", t.holds("A507"),
			func(ctx SpecContext, r request, versions string) {
				r.off = true
				if r.key != "" {
					r.key = t.owner
				}
				if r.header != nil {
					t.needsUser()
				}
				a := t.send(ctx, r)
				Expect(a).To(haveTiming())
				Expect(a).To(haveHeader("Api-Supported-Versions", versions))
				if !t.live {
					Expect(a).To(haveHeader("X-Mock-Docspace", MatchRegexp(`^\d+\.\d+\.\d+`)))
				}
			},
			Entry("200", request{path: "files/settings", key: "owner"}, "2.0"),
			Entry("403 of an exception within a call", request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`, header: authorization("Bearer " + t.user)}, "2.0"),
			Entry("400", request{method: http.MethodPut, path: "files/settings/external", body: `{`, key: "owner"}, ""),
			Entry("401", request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`}, ""),
			Entry("404", request{path: "files/settings/nope"}, ""),
			Entry("405", request{method: http.MethodDelete, path: "files/settings"}, ""),
		)
	})
}
