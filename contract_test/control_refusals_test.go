package contract_test

import (
	"net/http"
	"strings"

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

		// send sends a body of a media type; "-" is none.
		send := func(ctx SpecContext, method, path, media, body string) answer {
			GinkgoHelper()
			a, err := t.sendUnchecked(ctx, request{method: method, path: "/__mock/" + path, media: media, body: body})
			Expect(err).NotTo(HaveOccurred())
			return a
		}
		const merge = "application/merge-patch+json"
		DescribeTable("take a body only where there is one, and as JSON:", t.holds("A918"),
			func(ctx SpecContext, method, path, media, body string, status int, message string) {
				before := t.control(ctx, http.MethodGet, "state", "")
				a := send(ctx, method, path, media, body)
				Expect(a).To(haveStatus(status))
				if status >= 400 {
					Expect(a).To(haveMember(HavePrefix(message), "message"))
					Expect(t.control(ctx, http.MethodGet, "state", "")).To(haveBody(string(before.body)))
				}
			},
			Entry("none", "POST", "links", "", "", 400, "the body is missing: send a JSON object"),
			Entry("nothing but white space", "PATCH", "state", "", " \t\r\n", 400, "the body is missing: send a JSON object"),
			Entry("a list", "PATCH", "state", "", "[]", 400, "the body: expected an object"),
			Entry("what a call takes none for", "POST", "reset", "", `{"a":1}`, 400, "this call takes no body"),
			Entry("an empty object for none", "POST", "reset", "text/plain", " {} ", 204, ""),
			Entry("none where there can be one", "POST", "clock/freeze", "-", "", 200, ""),
			Entry("no media type", "POST", "links", "-", `{}`, 415, "Content-Type: expected application/json, got none"),
			Entry("another media type", "POST", "links", "text/plain", `{}`, 415, "Content-Type: expected application/json, got text/plain"),
			Entry("one that cannot be read", "POST", "links", "a/b; c", `{}`, 415, "Content-Type: expected application/json, got a/b; c"),
			Entry("a merge patch where there is none", "POST", "links", merge, `{}`, 415, "Content-Type: expected application/json, got "+merge),
			Entry("another media type for a patch", "PATCH", "state", "text/plain", `{}`, 415, "Content-Type: expected application/merge-patch+json or application/json, got text/plain"),
			Entry("a merge patch", "PATCH", "state", merge, `{"tenantId":8}`, 200, ""),
			Entry("a merge patch of a record", "PATCH", "users/"+userID, merge, `{"culture":"de"}`, 200, ""),
			Entry("another charset", "POST", "links", "application/json; charset=utf-16", `{}`, 415, "Content-Type: the body must be UTF-8, not utf-16"),
			Entry("UTF-8 by its name", "POST", "links", "Application/JSON; charset=UTF-8", `{}`, 201, ""),
		)

		DescribeTable("say where in the body the mistake is:", t.holds("A918"),
			func(ctx SpecContext, method, path, body, place, message string, column int) {
				a := t.tryControl(ctx, method, path, body)
				Expect(a).To(haveStatus(http.StatusBadRequest))
				Expect(a).To(haveMember(place, "path"))
				Expect(a).To(haveMember(place+": "+message, "message"))
				Expect(a).To(haveMember(BeEquivalentTo(2), "line"))
				Expect(a).To(haveMember(BeEquivalentTo(column), "column"))
			},
			Entry("in a list", "PUT", "state", "{\n \"users\":[{\"email\":\"a\",\"role\":\"owner\"},{\"email\":\"b\",\"role\":\"boss\"}]}", "users[1].role", "must be one of owner, docSpaceAdmin, roomAdmin, user, guest", 60),
			Entry("what is missing in a list", "PUT", "state", "{\n \"users\":[{\"email\":\"a\"}]}", "users[0].role", "is missing", 11),
			Entry("a time", "POST", "links", "{\n \"expires\":\"soon\"}", "expires", "expected a time such as 2030-01-01T00:00:00Z", 12),
			Entry("null", "POST", "links", "{\n \"password\":null}", "password", "null is not allowed here: leave it out", 13),
			Entry("an empty text", "POST", "faults", "{\n \"status\":500,\"id\":\"\"}", "id", "is empty: leave it out instead", 20),
			Entry("a number", "POST", "links", "{\n \"maxUses\":0}", "maxUses", "must be from 1 to 1000", 12),
			Entry("half a number", "POST", "links", "{\n \"maxUses\":1.5}", "maxUses", "expected a whole number", 12),
			Entry("a GUID", "POST", "links", "{\n \"id\":\"x\"}", "id", "expected a GUID such as 66faa6e4-f133-11ea-b126-00ffeec8b4ef", 7),
			Entry("a duration", "POST", "faults", "{\n \"delay\":\"soon\"}", "delay", "expected a duration such as 250ms, 61s or 1h30m", 10),
		)

		DescribeTable("take the parameters of their queries once, and as they are described:", t.holds("A918"),
			func(ctx SpecContext, path, message string) {
				a := t.tryControl(ctx, http.MethodGet, path, "")
				Expect(a.StatusCode).To(BeElementOf(400, 409))
				Expect(a).To(haveMember(HavePrefix(message), "message"))
			},
			Entry("where there is none", "state?all=1", `unknown query parameter "all": this call takes none`),
			Entry("of health", "health?all=1", `unknown query parameter "all": this call takes none`),
			Entry("twice", "journal?method=PUT&method=GET", "query parameter method stands there 2 times: give it once"),
			Entry("that cannot be read", "journal?method=%zz", "the query cannot be read: escape it as application/x-www-form-urlencoded"),
			Entry("that is empty", "journal?caller=", "query parameter caller: is empty: leave it out instead"),
			Entry("neither true nor false", "journal?anonymous=1", "query parameter anonymous: expected true or false"),
			Entry("no number", "journal?last=ten", "query parameter last: expected a whole number"),
			Entry("no trace", "journal?traceId=A", "query parameter traceId: expected 32 hexadecimal digits in lower case"),
			Entry("no operation", "journal/count?operation=reset", "query parameter operation: must be one of getFilesSettings, externalShare, "),
			Entry("an answer that is missing and has a status", "journal?unanswered=true&status=200", "query parameter unanswered: does not go with a status: a request without an answer has none"),
			Entry("somebody and nobody", "journal/count?anonymous=true&caller=a", "query parameter anonymous: does not go with a caller: an anonymous request has none"),
			Entry("both, and the last", "journal?anonymous=true&caller=a&last=1", "query parameter anonymous: does not go with a caller: an anonymous request has none"),
		)

		It("refuse a body that is too large, and go on", t.holds("A918"), func(ctx SpecContext) {
			a := t.tryControl(ctx, http.MethodPost, "links", strings.Repeat(" ", 1<<20-1)+"{}")
			Expect(a).To(haveStatus(http.StatusRequestEntityTooLarge))
			Expect(a).To(haveMember("the body is larger than 1048576 bytes", "message"))
			t.control(ctx, http.MethodPut, "state", strings.Repeat(" ", 1<<20-1)+"{}") // a whole portal can be larger
		})

		It("give HEAD the headers of GET", t.holds("A918"), func(ctx SpecContext) {
			a := t.control(ctx, http.MethodHead, "state", "")
			Expect(a).To(haveHeader("Content-Type", HavePrefix("application/json")))
			Expect(a).To(haveBody(BeEmpty()))
		})

		It("let everybody ask for health, and tell what they are", t.holds("A918"), func(ctx SpecContext) {
			for _, path := range []string{"/__mock/health", "/__mock/ready"} {
				a := t.sendToFault(ctx, request{path: path, header: http.Header{"Host": {"evil.example"}, "Origin": {"https://evil.example"}}})
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveMember("ok", "status"))
				Expect(a).To(haveHeader("X-Mock-Docspace", Equal(a.member("version"))))
			}
			contract := t.control(ctx, http.MethodGet, "openapi.yaml", "")
			Expect(contract).To(haveHeader("Content-Type", "text/plain; charset=utf-8"))
			Expect(contract).To(haveBody(And(HavePrefix("openapi: 3."), ContainSubstring("operationId: getContract"))))
			metrics := t.tryControl(ctx, http.MethodGet, "metrics", "")
			if t.isProgram() {
				Expect(metrics).To(haveBody(ContainSubstring("mock_docspace_portals 1")))
			} else {
				Expect(metrics).To(haveMember("this server has no metrics", "message"))
			}
		})

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
			Entry("of another site, without its origin", "Sec-Fetch-Site", "cross-site", 403),
			Entry("of another port, without its origin", "Sec-Fetch-Site", "same-site", 403),
			Entry("to a host name that looks local", "Host", "localhost.evil.example", 403),
			Entry("to a host name with a zone", "Host", "x%25.localhost", 403),
			Entry("except of the own page", "Sec-Fetch-Site", "same-origin", 204),
			Entry("except of somebody who types the address", "Sec-Fetch-Site", "none", 204),
			Entry("except to a name below localhost", "Host", "LOCALHOST.", 204),
			Entry("except to an IPv6 address with a zone", "Host", "[fe80::1%25eth0]:8092", 204),
			Entry("except to localhost", "Host", "localhost:8092", 204),
			Entry("except to an IP address", "Host", "192.0.2.1", 204),
		)
	})
}
