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
			It("has a companion that makes the answer UTF-16", t.holds("A521"), func(ctx SpecContext) {
				t.needsOurPortal()
				put := request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"set":true}`, header: http.Header{"Accept-Charset": {"utf-16"}}, off: true}
				for body, contentType := range map[string]string{`{"set":true}`: "application/json; charset=utf-16", `{`: "application/problem+json; charset=utf-16"} {
					put.body = body
					sent, err := put.httpRequest(ctx, t.url)
					Expect(err).NotTo(HaveOccurred())
					resp, err := http.DefaultClient.Do(sent) // openapi.yaml has no UTF-16
					Expect(err).NotTo(HaveOccurred())
					answered, err := wholeBody(resp)
					Expect(err).NotTo(HaveOccurred())
					Expect(resp.Header.Get("Content-Type")).To(Equal(contentType))
					Expect(string(answered)).To(HavePrefix("{\x00\"\x00r\x00e\x00s\x00p\x00o\x00n\x00s\x00e\x00"))
				}
			})
		}

		It("chooses by weight, and never refuses", t.holds("A012"), func(ctx SpecContext) {
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
				"text/json; charset=utf-8":       "application/json",
				"text/json;q=0":                  "text/json",
			} {
				a := t.getSettings(ctx, "files/settings?fields=forcesave", http.Header{"Accept": {accept}})
				Expect(a).To(haveHeader("Content-Type", expected+"; charset=utf-8"), accept)
			}
		})
	})
}
