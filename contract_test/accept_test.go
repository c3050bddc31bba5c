package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// acceptSpecs describe the choice of the content type by the header Accept (DefaultOutputFormatterSelector.cs).
func acceptSpecs(t *target) {
	Describe("the header Accept", func() {
		DescribeTable("chooses the content type:", t.holds("A012"),
			func(ctx SpecContext, accept, contentType string) {
				a := t.send(ctx, request{path: "files/settings?fields=forcesave", key: t.owner, header: http.Header{"Accept": {accept}}, off: true})
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveHeader("Content-Type", contentType))
			},
			Entry("JSON for JSON", "application/json", "application/json; charset=utf-8"),
			Entry("JSON for anything", "*/*", "application/json; charset=utf-8"),
			Entry("text/json when Accept names only text/json", "text/json", "text/json; charset=utf-8"),
			Entry("JSON, never 406, when Accept names only other types", "application/xml", "application/json; charset=utf-8"),
		)

		if !t.documented() {
			// openapi.yaml has no UTF-16, so it is not used to check these answers.
			unchecked := func(ctx SpecContext, r request) (contentType, body string) {
				GinkgoHelper()
				if t.recorder != nil {
					Skip("needs headers and bytes that recordings do not keep")
				}
				sent, err := r.httpRequest(ctx, t.url)
				Expect(err).NotTo(HaveOccurred())
				resp, err := (&http.Client{Transport: standInTransport{t, t.transport}}).Do(sent)
				Expect(err).NotTo(HaveOccurred())
				answered, err := wholeBody(resp)
				Expect(err).NotTo(HaveOccurred())
				return resp.Header.Get("Content-Type"), string(answered)
			}

			DescribeTable("has a companion that makes the answer UTF-16:", t.holds("A521"),
				func(ctx SpecContext, r request, expected, begin string) {
					r.header = http.Header{"Accept-Charset": {"utf-16"}}
					contentType, body := unchecked(ctx, r)
					Expect(contentType).To(Equal(expected))
					Expect(body).To(HavePrefix(begin))
				},
				Entry("200", request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"set":true}`}, "application/json; charset=utf-16", "{\x00\"\x00r\x00e\x00s\x00"),
				Entry("400", request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{`}, "application/problem+json; charset=utf-16", "{\x00\"\x00r\x00e\x00s\x00"),
				Entry("415", request{method: http.MethodPut, path: "files/settings/external", key: t.owner, media: "text/plain"}, "application/problem+json; charset=utf-16", "{\x00\"\x00r\x00e\x00s\x00"),
				t.ofFake(Entry("403 for an API key without the scope", request{path: "files/settings", key: roomsAPIKey}, "application/problem+json; charset=utf-16", "{\x00\"\x00t\x00y\x00p\x00")),
			)

			DescribeTable("has a companion that chooses by weight:", t.holds("A521"),
				func(ctx SpecContext, charset string, accepted ...string) {
					contentType, _ := unchecked(ctx, request{path: "files/settings?fields=forcesave", header: http.Header{"Accept-Charset": accepted}})
					Expect(contentType).To(Equal("application/json; charset=" + charset))
				},
				Entry("UTF-16 in capitals", "utf-16", "UTF-16"),
				Entry("the first without a weight", "utf-16", "utf-16, utf-8"),
				Entry("not the second", "utf-8", "utf-8, utf-16"),
				Entry("the one with more weight", "utf-16", "utf-8;q=0.5, utf-16;q=0.6"),
				Entry("not the one with less weight", "utf-8", "utf-16;q=0.5, utf-8"),
				Entry("UTF-8 for a star", "utf-8", "*, utf-16"),
				Entry("a name without weight, when it is the only one", "utf-16", "utf-16;q=0"),
				Entry("no name without weight beside another", "utf-8", "utf-16;q=0, *;q=0.1"),
				Entry("no name without weight beside an unknown one", "utf-8", "utf-16;q=0, nope;q=0.1"),
				Entry("one of two headers", "utf-16", "nope", "utf-16"),
				Entry("no other name of UTF-16", "utf-8", "utf-16le"),
			)

			t.itOfFake("has a companion that is read as the server reads it", t.holds("A521"), func(ctx SpecContext) {
				for accepted, utf16 := range inOrder(map[string]bool{
					"":                                 false,
					"*":                                false,
					"utf-8":                            false,
					"unicode":                          false,
					"utf-16le":                         false,
					"bogus":                            false,
					`"utf-16"`:                         false,
					"utf-16":                           true,
					"UTF-16":                           true,
					"utf-16;q=0":                       true,
					"utf-16;q=0, utf-8;q=0.5":          false,
					"utf-16;q=0, bogus;q=0.5":          false,
					"utf-8, utf-16":                    false,
					"utf-16, utf-8":                    true,
					"*, utf-16":                        false,
					"bogus, utf-16":                    true,
					"utf-8;q=0.5, utf-16":              true,
					"utf-8;q=0.5, utf-16;q=0.4":        false,
					"utf-16;q=0.5, *;q=0.5":            true,
					"utf-8;q=0.5, utf-16;q=0.5":        true,
					"utf-16;q=0.5, utf-8;q=0.5":        false,
					"utf-16 ; q = 0.5":                 true,
					"utf-16;Q=1":                       true,
					"utf-16;q=2":                       false,
					"utf-16;q=01":                      false,
					"utf-16;q=0.12345678":              true,
					"utf-16;q=0.123456789":             false,
					"utf-16;q=":                        false,
					"utf-16;x=1":                       false,
					"utf-16 utf-8":                     false,
					"utf-8 utf-16":                     true,
					",,utf-16":                         true,
					"utf-16, ":                         true,
					"utf-8;q=0.5, utf-16, ;":           true,
					"utf-16;q":                         false,
					"*;q=0.5, utf-16;q=0.5":            true,
					"utf-16;q=.5":                      false,
					"utf-16;q=1.":                      true,
					"utf-16;q=1.1":                     false,
					"utf-8;q=0.5, a;q=0.5, utf-16;q=1": true,
				}) {
					contentType, _ := unchecked(ctx, request{path: "files/settings?fields=forcesave", header: http.Header{"Accept-Charset": {accepted}}})
					Expect(contentType).To(Equal("application/json; charset="+map[bool]string{true: "utf-16", false: "utf-8"}[utf16]), "%q", accepted)
				}
			})
		}

		It("chooses by weight, and never refuses", t.holds("A012"), func(ctx SpecContext) {
			t.usePortal()
			for accept, expected := range inOrder(map[string]string{
				"text/json, application/json":             "text/json",
				"text/json;q=0.5, application/json;q=0.9": "application/json",
				"text/json;q=0.9, application/json;q=0.5": "text/json",
				"text/*":                         "text/json",
				"application/*, text/json;q=0.1": "application/json",
				"text/html, */*;q=0.1":           "application/json",
				"text/json, */*":                 "application/json",
				"nonsense":                       "application/json",
				"text/json; charset=utf-8":       "application/json",
				"text/json;q=0":                  "text/json",
			}) {
				a := t.getSettings(ctx, "files/settings?fields=forcesave", http.Header{"Accept": {accept}})
				Expect(a).To(haveHeader("Content-Type", expected+"; charset=utf-8"), accept)
			}
		})
	})
}
