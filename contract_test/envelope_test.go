package contract_test

import (
	"net/http"
	"regexp"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// envelopeSpecs describe the envelope of a success and the link in it (CommonApiResponse.cs).
func envelopeSpecs(t *target) {
	Describe("the envelope of a success", func() {
		It("has response, count, links, status and statusCode in this order", t.holds("A001"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings?fields=externalShare", key: t.owner})
			Expect(a).To(haveStatus(http.StatusOK))
			Expect(a).To(haveHeader("Content-Type", "application/json; charset=utf-8"))
			Expect(a).To(haveEnvelope("response", "count", "links", "status", "statusCode"))
			Expect(a).To(haveMember(BeEquivalentTo(1), "count"))
			Expect(a).To(haveMember(MatchRegexp("^"+t.host()+regexp.QuoteMeta("/api/2.0/files/settings?fields=externalShare")+"$"), "links", 0, "href"))
			Expect(a).To(haveMember("GET", "links", 0, "action"))
			Expect(a).To(haveMember(BeEquivalentTo(0), "status"))
			Expect(a).To(haveMember(BeEquivalentTo(200), "statusCode"))
		})

		It("shows the URL of the request in its link", t.holds("A001"), func(ctx SpecContext) {
			t.usePortal()
			Expect(href(t.getSettings(ctx, "/API/2.0/Files/settings/?Fields=forcesave&x=%20&x=%C3%BC", nil))).To(MatchRegexp("^" + t.host() + regexp.QuoteMeta("/API/2.0/Files/settings/?Fields=forcesave&x=%20&x=%C3%BC") + "$"))
			Expect(href(t.getSettings(ctx, "files/a/%2e%2e/%73ettings", nil))).To(MatchRegexp("^" + t.host() + regexp.QuoteMeta("/api/2.0/files/settings") + "$"))
			Expect(href(t.getSettings(ctx, "files/settings/.", nil))).To(MatchRegexp("^" + t.host() + regexp.QuoteMeta("/api/2.0/files/settings/") + "$"))
			Expect(href(t.postPassword(ctx, "a/b c%3F#ü", "", `{}`))).To(MatchRegexp("^" + t.host() + regexp.QuoteMeta("/api/2.0/files/share/a%2Fb c%3F#ü/password") + "$"))
			Expect(string(t.postPassword(ctx, "<&>'", "", `{}`).body)).To(ContainSubstring(`/files/share/<&>'/password"`), "nothing is escaped in JSON")
		})

		if !t.documented() {
			DescribeTable("escapes in its link", t.holds("A518"),
				func(ctx SpecContext, letter, shown string) {
					t.usePortal()
					Expect(string(t.postPassword(ctx, "a"+letter, "", `{}`).body)).To(ContainSubstring("/files/share/a" + shown + `/password"`))
				},
				Entry("control characters", "\x1f\x7f\u0085", `\u001F\u007F\u0085`),
				Entry("separators", "\u00a0\u2028\u3000", `\u00A0\u2028\u3000`),
				Entry("letters for private use, and those that do not exist", "\ue000\u0378", `\uE000\u0378`),
				Entry("the byte order mark", "\ufeff", `\uFEFF`),
				Entry("letters beyond 16 bits", "😀", `\uD83D\uDE00`),
				Entry("no invisible letters", "\u00ad\u200b\u202e", "\u00ad\u200b\u202e"),
				Entry("no letters of any language, also of those that Unicode has added of late", "éЖ漢\u0897", "éЖ漢\u0897"),
			)
		}
	})
}

// href is the URL in the link of an envelope.
func href(a answer) any {
	GinkgoHelper()
	Expect(a).To(haveStatus(http.StatusOK))
	return a.member("links", 0, "href")
}
