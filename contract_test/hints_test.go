package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// hintSpecs describe X-Mock-Hint. It says how other profiles would answer, exactly where that differs.
func hintSpecs(t *target) {
	Describe("X-Mock-Hint", func() {
		put := func(name, key, body string) request {
			return request{method: http.MethodPut, path: "files/settings/" + name, key: key, body: body, off: true}
		}
		password := func(link, key, body string) request {
			return request{method: http.MethodPost, path: "files/share/" + link + "/password", key: key, body: body, off: true}
		}
		// server is what the profiles of the server do, and documented what the other one does.
		expect := func(a answer, server, documented string) {
			GinkgoHelper()
			hint := ""
			switch {
			case t.documented() && server != "":
				hint = "profiles v3.7.2, v3.8 and next " + server
			case !t.documented() && documented != "":
				hint = "profile documented " + documented
			}
			Expect(a).To(haveHeader("X-Mock-Hint", hint))
		}

		DescribeTable("says how other profiles answer", t.holds("A601"),
			func(ctx SpecContext, r request, server, documented string) {
				expect(t.send(ctx, r), server, documented)
			},
			Entry("set", put("external", ownerAPIKey, `{"set":true}`), "", ""),
			Entry("both, with the same value", put("external", ownerAPIKey, `{"set":true,"displayValue":true}`), "", ""),
			Entry("displayValue", put("external", ownerAPIKey, `{"displayValue":true}`), "read nothing but set, so they take this body as false and answer 200", "reads displayValue and set, so it takes this body as true and answers 200"),
			Entry("displayValue off", put("external", ownerAPIKey, `{"displayValue":false}`), "", ""),
			Entry("both, with different values", put("external", ownerAPIKey, `{"displayValue":true,"set":false}`), "read nothing but set, so they take this body as false and answer 200", "refuses this body with 400: Body: displayValue and set differ: give one of them, or the same value twice"),
			Entry("neither", put("externalsocialmedia", ownerAPIKey, `{}`), "read nothing but set, so they take this body as false and answer 200", "refuses this body with 400: Body: neither displayValue nor set is given: send one of them as true or false"),
			Entry("neither, of a user", put("external", userAPIKey, `{}`), "read nothing but set, and refuse the caller with 403", "refuses this body with 400: Body: neither displayValue nor set is given: send one of them as true or false"),
			Entry("displayValue, of a user", put("external", userAPIKey, `{"displayValue":true}`), "", ""),
			Entry("no body", put("external", ownerAPIKey, ``), "answer this 400 as a validation problem in a success envelope", "answers this 400 as an ErrorApiResponse with a message"),
			Entry("another media type", request{method: http.MethodPut, path: "files/settings/external", key: ownerAPIKey, body: `{"set":true}`, media: "text/plain", off: true}, "answer this 415 as a problem in an envelope that says 200", "answers this 415 as an ErrorApiResponse with a message"),
			Entry("no credentials", put("external", "", `{"set":true}`), "answer this 401 without a body", "answers this 401 as an ErrorApiResponse with a message"),
			Entry("no role", put("external", userAPIKey, `{"set":true}`), "", ""),
			Entry("no scope", put("external", readAPIKey, `{"set":true}`), "", ""),
			Entry("settings", request{path: "files/settings", key: ownerAPIKey}, "", ""),
			Entry("settings without credentials", request{path: "files/settings"}, "answer this call without credentials with 200 and neutral constants", "refuses this call without valid credentials, with 401"),
			Entry("settings with an API key that is not valid", request{path: "files/settings", key: unknownAPIKey}, "answer an API key that is not valid with 403 here, not with 401", "refuses this call without valid credentials, with 401"),
			Entry("another method", request{method: http.MethodDelete, path: "files/settings/external", off: true}, "answer this 405 without a body", "answers this 405 as an ErrorApiResponse with a message"),
			Entry("an unknown path", request{path: "files/settings/nope"}, "answer this 404 without a body", "answers this 404 as an ErrorApiResponse with a message"),
			Entry("the policy", request{method: http.MethodPut, path: policyPath, key: ownerAPIKey, body: `{}`}, "", ""),
			Entry("the policy of a user", request{method: http.MethodPut, path: policyPath, key: userAPIKey, body: `{}`}, "", ""),
			Entry("the policy without credentials", request{method: http.MethodPut, path: policyPath, body: `{}`}, "answer this 401 without a body", "answers this 401 as an ErrorApiResponse with a message"),
			Entry("the policy with a text", request{method: http.MethodPut, path: policyPath, key: ownerAPIKey, body: `{"externalShare":"true"}`, off: true}, "answer this 400 as a validation problem in a success envelope", "answers this 400 as an ErrorApiResponse with a message"),
			Entry("the policy without a body", request{method: http.MethodPut, path: policyPath, key: ownerAPIKey, off: true}, "refuse this call without a body, with 400", "takes a missing body for a policy with everything off"),
			Entry("the policy as plain text", request{method: http.MethodPut, path: policyPath, key: ownerAPIKey, body: `{}`, media: "text/plain", off: true}, "answer this 415 as a problem in an envelope that says 200", "answers this 415 as an ErrorApiResponse with a message"),
			Entry("where a link leads", request{path: "files/share/open", key: ownerAPIKey}, "", ""),
			Entry("where a link leads, for nobody", request{path: "files/share/protected"}, "", ""),
			Entry("where a link leads, with an unknown API key", request{path: "files/share/open", key: unknownAPIKey}, "", ""),
			Entry("an inner entry that is no number", request{path: "files/share/open?fileId=x"}, "", ""),
			Entry("another method at a link", request{method: http.MethodPost, path: "files/share/open", off: true}, "answer this 405 without a body", "answers this 405 as an ErrorApiResponse with a message"),
			Entry("the right password", password("protected", "", rightPassword), "", ""),
			Entry("a wrong password", password("protected", "", wrongPassword), "", ""),
			Entry("a wrong password of a user", password("protected", "user-token", wrongPassword), "", ""),
			Entry("another password of the owner", password("protected", "YOUR_API_KEY", wrongPassword), "do not set the password of the link: they check it, and answer status 4", "sets the password of the link, and answers status 0"),
			Entry("a password of the owner for a link without one", password("open", "YOUR_API_KEY", rightPassword), "do not set the password of the link: they check it, and answer status 0", "sets the password of the link, and answers status 0"),
			Entry("no password of the owner", password("protected-file", "YOUR_API_KEY", `{}`), "", ""),
			Entry("a password of the owner for a link that has expired", password("expired", "YOUR_API_KEY", wrongPassword), "", ""),
			Entry("another password of the owner for a link to the trash", password("trashed", "YOUR_API_KEY", wrongPassword), "answer status 4 here", "answers status 1 here"),
			Entry("a password that is a number", password("protected", "", `{"password":1}`), "answer this 400 as a validation problem in a success envelope", "answers this 400 as an ErrorApiResponse with a message"),
		)

		It("is missing where a switch would not move at any profile", t.holds("A601"), func(ctx SpecContext) {
			t.setSwitch(ctx, "external", false)
			expect(t.send(ctx, put("externalsocialmedia", ownerAPIKey, `{"displayValue":true}`)), "", "")
			expect(t.send(ctx, put("external", ownerAPIKey, `{"displayValue":true}`)),
				"read nothing but set, so they take this body as false and answer 200", "reads displayValue and set, so it takes this body as true and answers 200")
		})

		It("is missing where too many wrong passwords are refused, which all profiles do alike", t.holds("A601"), func(ctx SpecContext) {
			for range 6 {
				expect(t.postPassword(ctx, "protected", "", wrongPassword), "", "")
			}
		})

		DescribeTable("names the profiles that do the same together", t.holds("A601"),
			func(ctx SpecContext, r request, documented, v372, v38, next string) {
				hint := map[string]string{"documented": documented, "v3.7.2": v372, "v3.8": v38, "next": next}[t.profile]
				Expect(t.send(ctx, r)).To(haveHeader("X-Mock-Hint", hint))
			},
			Entry("a constant of next", request{path: "files/settings?fields=maxVectorizationFileSize", key: ownerAPIKey},
				`profile next has {"maxVectorizationFileSize":31457280} here`, `profile next has {"maxVectorizationFileSize":31457280} here`,
				`profile next has {"maxVectorizationFileSize":31457280} here`, `profiles documented, v3.7.2 and v3.8 have {"maxVectorizationFileSize":10485760} here`),
			Entry("Partitioned", request{method: http.MethodPost, path: "files/share/protected/password?origin=https://a.example", body: rightPassword},
				"profiles v3.8 and next add Partitioned to the cookie sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1", "profiles v3.8 and next add Partitioned to the cookie sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1",
				"profiles documented and v3.7.2 do not add Partitioned to the cookie sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1", "profiles documented and v3.7.2 do not add Partitioned to the cookie sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"),
			Entry("a bad session over https", request{method: http.MethodPost, path: "files/share/open/password?origin=https://a.example", body: `{}`, header: http.Header{"Cookie": {"asc_auth_key=bad; anonymous_session_key=x"}}},
				"profile v3.8 deletes the cookie asc_auth_key with 2 Set-Cookie; profile next does not delete the cookie asc_auth_key", "profile v3.8 deletes the cookie asc_auth_key with 2 Set-Cookie; profile next does not delete the cookie asc_auth_key",
				"profiles documented and v3.7.2 delete the cookie asc_auth_key with one Set-Cookie; profile next does not delete the cookie asc_auth_key", "profiles documented and v3.7.2 delete the cookie asc_auth_key with one Set-Cookie; profile v3.8 deletes the cookie asc_auth_key with 2 Set-Cookie"),
		)

		It("says that only one profile sets a cookie", t.holds("A601"), func(ctx SpecContext) {
			cookie := t.postPassword(ctx, "protected", "", rightPassword).Cookies()[0]
			header := http.Header{"Cookie": {cookie.Name + "=" + cookie.Value}}
			expect(t.postPassword(ctx, "protected", "YOUR_API_KEY", rightPassword, header),
				"set no cookie of the link here", "sets the cookie of the link here")
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

		t.itOfFake("says so also where such a call refuses an API key", t.holds("A602"), func(ctx SpecContext) {
			for path, statuses := range map[string][3]int{"files/@my": {401, 403, 404}, "files/share": {403, 403, 404}, "people/" + ownerID: {401, 403, 404}} {
				for i, key := range []string{unknownAPIKey, roomsAPIKey, ownerAPIKey} {
					a := t.sendToFault(ctx, request{path: path, key: key})
					Expect(a).To(haveStatus(statuses[i]), "%s %s", path, key)
					Expect(a).To(haveHeader("X-Mock-Hint", HavePrefix("mock-docspace does not have this call; a portal answers here with ")))
				}
			}
		})

		It("says that a portal has a call at this path, which the fake does not have", t.holds("A602"), func(ctx SpecContext) {
			for path, answers := range map[string]string{"files/@my": "the caller's documents", "files/@root": "the sections of the portal"} {
				a := t.send(ctx, request{path: path, key: t.owner, off: true})
				Expect(a).To(haveStatus(http.StatusNotFound))
				Expect(a).To(haveHeader("X-Mock-Hint", "mock-docspace does not have this call; a portal answers here with "+answers))
			}
		})
	})
}
