package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// controlRefusalSpecs describe the requests that the control API refuses.
func controlRefusalSpecs(t *target) {
	Describe("control API: refusals", func() {
		DescribeTable("are one line, and change nothing:", t.holds("A918"),
			func(ctx SpecContext, method, path, body string, status int, message string) {
				before := t.control(ctx, http.MethodGet, "state", "")
				a := t.tryControl(ctx, method, path, body)
				Expect(a).To(haveStatus(status))
				Expect(a).To(haveMember(MatchRegexp(message), "message"))
				Expect(a).NotTo(haveMember(ContainSubstring("\n"), "message"))
				if status == 400 && body != "" {
					Expect(a).To(haveMember(BeEquivalentTo(1), "line"))
					Expect(a).To(haveMember(BeNumerically(">=", 1), "column"))
				}
				Expect(t.control(ctx, http.MethodGet, "state", "")).To(haveBody(string(before.body)))
				Expect(t.control(ctx, http.MethodGet, "faults", "")).To(haveBodyOfLen(0))
			},
			Entry("an unknown property", "PATCH", "state", `{"settings":{"externalshare":true}}`, 400, "externalshare"),
			Entry("a value of another type", "PATCH", "state", `{"settings":{"externalShare":"on"}}`, 400, "settings.externalShare"),
			Entry("JSON that is cut off", "POST", "links", `{"key":"cut`, 400, ""),
			Entry("a property that is there twice", "POST", "links", `{"key":"a","key":"b"}`, 400, "key"),
			Entry("an unknown parameter", "GET", "journal?operations=externalShare", ``, 400, "operations"),
			Entry("null in a new object", "POST", "links", `{"key":null}`, 400, "key"),
			Entry("an unknown operation of a fault", "POST", "faults", `{"operation":"delete","status":500}`, 400, "operation"),
			Entry("a fault without a kind", "POST", "faults", `{"times":1}`, 409, "kind"),
			Entry("a clock without a duration", "POST", "clock/advance", `{"by":"soon"}`, 400, "by"),
			Entry("a key that another link has", "POST", "links", `{"key":"open"}`, 409, "links.0..key"),
			Entry("a key of an unknown user", "POST", "apiKeys", `{"user":"nobody@example.com"}`, 409, "nobody@example.com"),
			Entry("a link that does not exist", "DELETE", "links/00000000-0000-4000-8000-000000000000", ``, 404, ""),
			Entry("a snapshot that does not exist", "POST", "snapshots/none/restore", ``, 404, "none"),
			Entry("a fault that does not exist", "GET", "faults/none", ``, 404, "none"),
			Entry("a path that does not exist", "GET", "states", ``, 404, ""),
			Entry("a method that does not exist", "DELETE", "state", ``, 405, ""),
		)

		DescribeTable("protect from a request that a web page may have sent:", t.holds("A919"),
			func(ctx SpecContext, name, value string, status int) {
				a, err := t.sendUnchecked(ctx, request{method: http.MethodPost, path: "/__mock/reset", header: http.Header{name: {value}}})
				Expect(err).NotTo(HaveOccurred())
				Expect(a).To(haveStatus(status))
				Expect(a).To(haveNoHeader("Access-Control-Allow-Origin"))
			},
			Entry("of another origin", "Origin", "https://evil.example", 403),
			Entry("of another port", "Origin", "http://127.0.0.1:3", 403),
			Entry("of the origin null", "Origin", "null", 403),
			Entry("to another host name", "Host", "evil.example", 403),
			Entry("except to localhost", "Host", "localhost:8092", 204),
			Entry("except to an IP address", "Host", "192.0.2.1", 204),
		)
	})
}
