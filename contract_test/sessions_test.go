package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// sessionSpecs describe the cookies of the password call, by its outcome (CookiesManager.cs, ExternalLinkHelper.cs).
func sessionSpecs(t *target) {
	Describe("the visitor's cookies", func() {
		BeforeEach(t.needsOurPortal)

		const (
			remember = "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"
			session  = "anonymous_session_key"
		)

		DescribeTable("are set by the outcome", t.holds("A221"),
			func(ctx SpecContext, key, token, body, sent string, names ...string) {
				header := http.Header{}
				if sent != "" {
					header.Set("Cookie", sent)
				}
				a := t.apply(ctx, key, token, body, header)
				Expect(a).To(haveStatus(http.StatusOK))
				if len(names) == 0 {
					Expect(a).To(haveNoHeader("Set-Cookie"))
					return
				}
				Expect(cookieNames(a)).To(Equal(names))
			},
			Entry("Ok, without a password", "open", "", `{}`, "", session),
			Entry("Ok, with a password", "protected", "", rightPassword, "", remember, session),
			Entry("Ok, with a session", "protected", "", rightPassword, session+"=x", remember),
			Entry("Ok, with an account", "protected", "user-token", rightPassword, "", remember),
			Entry("Ok, an internal link", "internal", "user-token", `{}`, ""),
			Entry("Ok, a room of one's own", "protected", "user-token", `{}`, ""),
			Entry("RequiredPassword", "protected", "", `{}`, ""),
			Entry("RequiredPassword, with a remembered one that does not fit", "protected", "", `{}`, remember+"=stale"),
			Entry("InvalidPassword", "protected", "", wrongPassword, ""),
			Entry("InvalidPassword, with what is remembered of another link", "protected", "", wrongPassword, "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa3=stale"),
			Entry("Expired", "expired", "", rightPassword, ""),
			Entry("Invalid, a key that no link has", "nope", "", rightPassword, ""),
			Entry("Invalid, in the trash, the right password", "trashed", "", rightPassword, "", "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa9"),
			Entry("Invalid, in the archive", "archived", "", `{}`, ""),
			Entry("ExternalAccessDenied", "internal", "", `{}`, ""),
		)

		It("hold a signed password, and a signed name of the visitor that is new each time", t.holds("A237"), func(ctx SpecContext) {
			first, second := t.apply(ctx, "protected", "", rightPassword).Cookies(), t.apply(ctx, "protected", "", rightPassword).Cookies()
			Expect(signed(first[0].Value)).To(Equal(`"Secret123!"`))
			Expect(second[0].Value).To(Equal(first[0].Value))
			Expect(signed(first[1].Value)).To(MatchRegexp(`^"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"$`))
			Expect(second[1].Value).NotTo(Equal(first[1].Value))
		})

		DescribeTable("are set and deleted with the server's attributes", t.holds("A222"),
			func(ctx SpecContext, proto string, secure string) {
				header := http.Header{"X-Forwarded-Proto": {proto}}
				for _, cookie := range t.apply(ctx, "protected", "", rightPassword, header).Header.Values("Set-Cookie") {
					Expect(cookie).To(MatchRegexp(`^[^;]+; path=/` + secure + `; samesite=strict; httponly$`))
				}
				header.Set("Cookie", remember+"=stale")
				a := t.apply(ctx, "protected", "", wrongPassword, header)
				Expect(a.Header.Values("Set-Cookie")).To(Equal([]string{remember + "=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"}))
			},
			Entry("over http", "http", ""),
			Entry("over https", "https", "; secure"),
			Entry("over https, as the nearest proxy says", "http, https", "; secure"),
			Entry("over something else", "gopher", ""),
		)
	})
}
