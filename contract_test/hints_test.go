package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// hintSpecs describe X-Mock-Hint. It says how the other profile would answer, exactly where that differs.
func hintSpecs(t *target) {
	Describe("X-Mock-Hint", func() {
		BeforeEach(t.needsOurPortal)

		put := func(name, key, body string) request {
			return request{method: http.MethodPut, path: "files/settings/" + name, key: key, body: body, off: true}
		}
		password := func(link, key, body string) request {
			return request{method: http.MethodPost, path: "files/share/" + link + "/password", key: key, body: body, off: true}
		}
		expect := func(a answer, documented, v372 string) {
			GinkgoHelper()
			hint := v372
			if t.documented() {
				hint = documented
			}
			Expect(a).To(haveHeader("X-Mock-Hint", hint))
		}

		DescribeTable("says how the other profile answers", t.holds("A601"),
			func(ctx SpecContext, r request, documented, v372 string) {
				expect(t.send(ctx, r), documented, v372)
			},
			Entry("set", put("external", ownerAPIKey, `{"set":true}`), "", ""),
			Entry("both, with the same value", put("external", ownerAPIKey, `{"set":true,"displayValue":true}`), "", ""),
			Entry("displayValue", put("external", ownerAPIKey, `{"displayValue":true}`), "profile v3.7.2 reads nothing but set, so it takes this body as false and answers 200", "profile documented reads displayValue and set, so it takes this body as true and answers 200"),
			Entry("displayValue off", put("external", ownerAPIKey, `{"displayValue":false}`), "", ""),
			Entry("both, with different values", put("external", ownerAPIKey, `{"displayValue":true,"set":false}`), "profile v3.7.2 reads nothing but set, so it takes this body as false and answers 200", "profile documented refuses this body with 400: Body: displayValue and set differ: give one of them, or the same value twice"),
			Entry("neither", put("externalsocialmedia", ownerAPIKey, `{}`), "profile v3.7.2 reads nothing but set, so it takes this body as false and answers 200", "profile documented refuses this body with 400: Body: neither displayValue nor set is given: send one of them as true or false"),
			Entry("neither, of a user", put("external", userAPIKey, `{}`), "profile v3.7.2 reads nothing but set, and refuses the caller with 403", "profile documented refuses this body with 400: Body: neither displayValue nor set is given: send one of them as true or false"),
			Entry("displayValue, of a user", put("external", userAPIKey, `{"displayValue":true}`), "", ""),
			Entry("no body", put("external", ownerAPIKey, ``), "profile v3.7.2 answers this 400 as a validation problem in a success envelope", "profile documented answers this 400 as an ErrorApiResponse with a message"),
			Entry("another media type", request{method: http.MethodPut, path: "files/settings/external", key: ownerAPIKey, body: `{"set":true}`, media: "text/plain", off: true}, "profile v3.7.2 answers this 415 as a problem in an envelope that says 200", "profile documented answers this 415 as an ErrorApiResponse with a message"),
			Entry("no credentials", put("external", "", `{"set":true}`), "profile v3.7.2 answers this 401 without a body", "profile documented answers this 401 as an ErrorApiResponse with a message"),
			Entry("no role", put("external", userAPIKey, `{"set":true}`), "", ""),
			Entry("no scope", put("external", readAPIKey, `{"set":true}`), "", ""),
			Entry("settings", request{path: "files/settings", key: ownerAPIKey}, "", ""),
			Entry("settings without credentials", request{path: "files/settings"}, "profile v3.7.2 answers this call without credentials with 200 and neutral constants", "profile documented refuses this call without valid credentials, with 401"),
			Entry("settings with an API key that is not valid", request{path: "files/settings", key: unknownAPIKey}, "profile v3.7.2 answers an API key that is not valid with 403 here, not with 401", "profile documented refuses this call without valid credentials, with 401"),
			Entry("another method", request{method: http.MethodDelete, path: "files/settings/external", off: true}, "profile v3.7.2 answers this 405 without a body", "profile documented answers this 405 as an ErrorApiResponse with a message"),
			Entry("an unknown path", request{path: "files/settings/nope"}, "profile v3.7.2 answers this 404 without a body", "profile documented answers this 404 as an ErrorApiResponse with a message"),
			Entry("the right password", password("protected", "", rightPassword), "", ""),
			Entry("a wrong password", password("protected", "", wrongPassword), "", ""),
			Entry("a wrong password of a user", password("protected", "user-token", wrongPassword), "", ""),
			Entry("another password of the owner", password("protected", "YOUR_API_KEY", wrongPassword), "profile v3.7.2 does not set the password of the link: it checks it, and answers status 4", "profile documented sets the password of the link, and answers status 0"),
			Entry("a password of the owner for a link without one", password("open", "YOUR_API_KEY", rightPassword), "profile v3.7.2 does not set the password of the link: it checks it, and answers status 0", "profile documented sets the password of the link, and answers status 0"),
			Entry("no password of the owner", password("protected-file", "YOUR_API_KEY", `{}`), "", ""),
			Entry("a password of the owner for a link that has expired", password("expired", "YOUR_API_KEY", wrongPassword), "", ""),
			Entry("another password of the owner for a link to the trash", password("trashed", "YOUR_API_KEY", wrongPassword), "profile v3.7.2 answers status 4 here", "profile documented answers status 1 here"),
			Entry("a password that is a number", password("protected", "", `{"password":1}`), "profile v3.7.2 answers this 400 as a validation problem in a success envelope", "profile documented answers this 400 as an ErrorApiResponse with a message"),
		)

		It("is missing where a switch would not move at either profile", t.holds("A601"), func(ctx SpecContext) {
			t.setSwitch(ctx, "external", false)
			expect(t.send(ctx, put("externalsocialmedia", ownerAPIKey, `{"displayValue":true}`)), "", "")
			expect(t.send(ctx, put("external", ownerAPIKey, `{"displayValue":true}`)),
				"profile v3.7.2 reads nothing but set, so it takes this body as false and answers 200", "profile documented reads displayValue and set, so it takes this body as true and answers 200")
		})

		It("says how too many wrong passwords are answered", t.holds("A601"), func(ctx SpecContext) {
			for range 5 {
				expect(t.postPassword(ctx, "protected", "", wrongPassword), "", "")
			}
			expect(t.postPassword(ctx, "protected", "", wrongPassword), "profile v3.7.2 answers too many wrong passwords with 403", "profile documented answers too many wrong passwords with 429")
		})

		It("says that only one profile sets a cookie", t.holds("A601"), func(ctx SpecContext) {
			cookie := t.postPassword(ctx, "protected", "", rightPassword).Cookies()[0]
			header := http.Header{"Cookie": {cookie.Name + "=" + cookie.Value}}
			expect(t.postPassword(ctx, "protected", "YOUR_API_KEY", rightPassword, header),
				"profile v3.7.2 sets no cookie of the link here", "profile documented sets the cookie of the link here")
		})

		for _, name := range []string{"external", "externalsocialmedia"} {
			It("is on an answer of "+name+" only where the profiles differ", t.holds("A601"), func(ctx SpecContext) {
				for body, differs := range map[string]bool{`{"displayValue":true}`: true, `{}`: true, `{"set":1}`: true, `{"set":true}`: false, `{"displayValue":true,"set":true}`: false} {
					a := t.send(ctx, put(name, t.owner, body))
					if differs {
						Expect(a).NotTo(haveHeader("X-Mock-Hint", BeEmpty()), body)
					} else {
						Expect(a).To(haveNoHeader("X-Mock-Hint"), body)
					}
				}
			})
		}

		It("is on an answer to credentials only where the profiles differ", t.holds("A601"), func(ctx SpecContext) {
			Expect(t.send(ctx, request{path: "files/settings"})).NotTo(haveHeader("X-Mock-Hint", BeEmpty()))
			Expect(t.send(ctx, request{path: "files/settings", key: unknownAPIKey})).NotTo(haveHeader("X-Mock-Hint", BeEmpty()))
			Expect(t.send(ctx, request{path: "files/settings", key: t.owner})).To(haveNoHeader("X-Mock-Hint"))
			Expect(t.send(ctx, request{path: "files/settings", key: roomsAPIKey})).To(haveNoHeader("X-Mock-Hint"))
		})

		It("says that a portal has a call at this path, which the fake does not have", t.holds("A602"), func(ctx SpecContext) {
			Expect(t.send(ctx, request{path: "files/share/open", off: true})).To(haveHeader("X-Mock-Hint", ContainSubstring("four calls")))
			Expect(t.send(ctx, request{method: http.MethodPut, path: "files/settings/externalsharingsettings", body: "{}", off: true})).To(haveHeader("X-Mock-Hint", ContainSubstring("four calls")))
		})
	})
}
