package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// switchSpecs describe externalShare and externalShareSocialMedia: PUT files/settings/external and
// PUT files/settings/externalsocialmedia.
func switchSpecs(t *target) {
	for _, operation := range []string{"externalShare", "externalShareSocialMedia"} {
		name := map[string]string{"externalShare": "external", "externalShareSocialMedia": "externalsocialmedia"}[operation]
		path := "files/settings/" + name
		put := func(ctx SpecContext, r request) answer {
			GinkgoHelper()
			r.method, r.path = http.MethodPut, path
			if r.key == "" {
				r.key = t.owner
			}
			return t.send(ctx, r)
		}

		Describe(operation, func() {
			It("answers with the value that is now in force, in an envelope", t.holds("A101"), func(ctx SpecContext) {
				t.setSwitch(ctx, "external", true)
				a := put(ctx, request{body: `{"set":true}`})
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveBody(MatchRegexp(`^\{"response":true,"count":1,"links":\[\{"href":"` + t.host() + `/api/2.0/` + path + `","action":"PUT"\}\],"status":0,"statusCode":200\}$`)))
				Expect(a).To(haveHeader("Api-Supported-Versions", "2.0"))
			})

			It("gives the same answer when the call is repeated", t.holds("A102"), func(ctx SpecContext) {
				t.setSwitch(ctx, "external", true)
				for _, body := range []string{`{"set":true}`, `{"set":true}`, `{"set":false}`, `{"set":false}`} {
					Expect(put(ctx, request{body: body})).To(haveMember(body == `{"set":true}`, "response"))
				}
			})

			// The table lists how the server's model binding reads bodies. The last column is for documented.
			DescribeTable("reads the body:",
				func(ctx SpecContext, body string, v372, documented any) {
					t.setSwitch(ctx, "external", true)
					expected := v372
					if t.documented() {
						expected = documented
					}
					before := t.switches(ctx)
					a := put(ctx, request{body: body, off: true})
					if key, refused := expected.(string); refused {
						t.expectBadRequest(a, key)
						Expect(t.switches(ctx)).To(Equal(before), "a refused call changes nothing")
						return
					}
					Expect(a).To(haveStatus(http.StatusOK))
					Expect(a).To(haveMember(expected, "response"))
				},
				Entry("set", t.holds("A103"), `{"set":true}`, true, true),
				Entry("Set, in another letter case", t.holds("A103"), `{"Set":true}`, true, true),
				Entry("SET", t.holds("A103"), `{"SET":true}`, true, true),
				Entry("set to false", t.holds("A103"), `{"set":false}`, false, false),
				Entry("an empty object: off, or refused", t.holds("A105", "A104"), `{}`, false, "$"),
				Entry("displayValue: off because it is ignored, or on", t.holds("A107", "A106"), `{"displayValue":true}`, false, true),
				Entry("displayValue to false", t.holds("A107", "A106"), `{"displayValue":false}`, false, false),
				Entry("both, with the same value", t.holds("A103"), `{"displayValue":true,"set":true}`, true, true),
				Entry("both, with different values", t.holds("A108", "A106"), `{"displayValue":true,"set":false}`, false, "$"),
				Entry("both, the other way round", t.holds("A108", "A106"), `{"displayValue":false,"set":true}`, true, "$"),
				Entry("unknown properties", t.holds("A103"), `{"set":true,"foo":1}`, true, true),
				Entry("the last of two", t.holds("A103"), `{"set":false,"set":true}`, true, true),
				Entry("an escaped name", t.holds("A103"), `{"\u0073et":true}`, true, true),
				Entry("a text for the switch", t.holds("A110", "A109"), `{"set":"true"}`, "$.set", "$.set"),
				Entry("a number for the switch", t.holds("A110", "A109"), `{"set":1}`, "$.set", "$.set"),
				Entry("null for the switch", t.holds("A110", "A109"), `{"set":null}`, "$.set", "$.set"),
				Entry("an object for the switch", t.holds("A110", "A109"), `{"set":{}}`, "$.set", "$.set"),
				Entry("a text for displayValue", t.holds("A110", "A106"), `{"displayValue":"true"}`, false, "$.displayValue"),
				Entry("a list", t.holds("A112", "A111"), `[]`, "$", "$"),
				Entry("a lone true", t.holds("A112", "A111"), `true`, "$", "$"),
				Entry("a lone text", t.holds("A112", "A111"), `"x"`, "$", "$"),
				Entry("a lone number", t.holds("A112", "A111"), `5`, "$", "$"),
				Entry("an open brace", t.holds("A112", "A111"), `{`, "$", "$"),
				Entry("a name without quotes", t.holds("A112", "A111"), `{set:true}`, "$", "$"),
				Entry("one comma too many", t.holds("A112", "A111"), `{"set":true,}`, "$", "$"),
				Entry("a comment", t.holds("A112", "A111"), `{"set":true/**/}`, "$", "$"),
				Entry("text after the end", t.holds("A112", "A111"), `{"set":true} x`, "$", "$"),
				Entry("null", t.holds("A114", "A113"), `null`, "", ""),
				Entry("nothing", t.holds("A114", "A113"), ``, "", ""),
				Entry("white space only", t.holds("A112", "A111"), ` `, "$", "$"),
			)

			It("is refused without a body before its encoding is judged", t.holds("A114", "A113"), func(ctx SpecContext) {
				t.expectBadRequest(put(ctx, request{media: "application/json; charset=utf-32", off: true}), "")
			})

			DescribeTable("reads the content type:",
				func(ctx SpecContext, media string, accepted bool) {
					t.setSwitch(ctx, "external", true)
					a := put(ctx, request{body: `{"set":false}`, media: media, off: true})
					if accepted {
						Expect(a).To(haveStatus(http.StatusOK))
						return
					}
					t.expectUnsupportedMediaType(a)
					Expect(t.switches(ctx).external).To(BeTrue(), "a refused call changes nothing")
				},
				Entry("JSON", t.holds("A115"), "application/json", true),
				Entry("JSON with an encoding", t.holds("A115"), "application/json; charset=UTF-8", true),
				Entry("text/json", t.holds("A115"), "text/json", true),
				Entry("anything that ends with +json", t.holds("A115"), "application/merge-patch+json", true),
				Entry("none", t.holds("A117", "A116"), "-", false),
				Entry("plain text", t.holds("A117", "A116"), "text/plain", false),
				Entry("a form", t.holds("A117", "A116"), "application/x-www-form-urlencoded", false),
				Entry("parts that are no form", t.holds("A117", "A116"), "multipart/mixed; boundary=x", false),
				Entry("XML", t.holds("A117", "A116"), "application/xml", false),
				Entry("JSON in an unknown encoding", t.holds("A117", "A116"), "application/json; charset=iso-8859-1", false),
				Entry("a value that is not a content type", t.holds("A117", "A116"), "json", false),
			)

			It("ignores `fields`, because the answer is not an object", t.holds("A118"), func(ctx SpecContext) {
				a := t.send(ctx, request{method: http.MethodPut, path: path + "?fields=nope", key: t.owner, body: `{"set":false}`})
				Expect(a).To(haveMember(BeFalse(), "response"))
			})

			DescribeTable("is for the owner and DocSpace administrators:", t.holds("A119"),
				func(ctx SpecContext, token string, status int) {
					token = t.tokenOfSameRole(token)
					if !t.live || token != t.user {
						t.usePortal()
					}
					a := put(ctx, request{key: token, body: `{"set":true}`})
					Expect(a).To(haveStatus(status))
					if status == http.StatusOK {
						return
					}
					Expect(a).To(haveHeader("Content-Type", "application/json; charset=utf-8"))
					Expect(a).To(haveMember(ContainSubstring(t.english("You don't have enough permission to perform the operation")), "error", "message"))
					Expect(a).To(haveMember("System.InvalidOperationException", "error", "type"))
					Expect(a).To(haveMember(HavePrefix("   at ASC.Web.Files.Classes.FilesSettingsHelper."), "error", "stack"))
					Expect(a).To(haveMember(BeEquivalentTo(-2146233079), "error", "hresult"))
					Expect(a).To(haveMember(BeEquivalentTo(1), "status"))
					Expect(a).To(haveMember(BeEquivalentTo(403), "statusCode"))
					Expect(a).To(haveEnvelope("error", "status", "statusCode"))
					Expect(a).To(haveHeader("Cache-Control", "no-cache,no-store"))
					Expect(a).To(haveHeader("Pragma", "no-cache"))
					Expect(a).To(haveHeader("Expires", "-1"))
				},
				Entry("owner", "YOUR_API_KEY", 200),
				Entry("DocSpace administrator", "admin-token", 200),
				Entry("room administrator", "room-admin-token", 403),
				Entry("user", "user-token", 403),
				Entry("user, by an API key", userAPIKey, 403),
				Entry("guest", "guest-token", 403),
			)

			It("checks the body before the role", t.holds("A120"), func(ctx SpecContext) {
				t.needsUser()
				t.expectBadRequest(put(ctx, request{key: t.user, body: `{"set":1}`, off: true}), "$.set")
				t.expectUnsupportedMediaType(put(ctx, request{key: t.user, body: `{"set":true}`, media: "text/plain", off: true}))
			})
		})
	}

	Describe("externalShare and externalShareSocialMedia", func() {
		BeforeEach(func(ctx SpecContext) {
			t.setSwitch(ctx, "external", true)
			t.setSwitch(ctx, "externalsocialmedia", true)
		})

		It("switch social media off together with external sharing", t.holds("A121"), func(ctx SpecContext) {
			Expect(t.setSwitch(ctx, "external", false)).To(BeFalse())
			Expect(t.switches(ctx)).To(Equal(switches{}))
		})

		It("do not switch social media on again together with external sharing", t.holds("A122"), func(ctx SpecContext) {
			t.setSwitch(ctx, "external", false)
			Expect(t.setSwitch(ctx, "external", true)).To(BeTrue())
			Expect(t.switches(ctx)).To(Equal(switches{external: true}))
			Expect(t.setSwitch(ctx, "externalsocialmedia", true)).To(BeTrue())
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
		})

		It("answer false for social media while external sharing is off, and keep it off afterwards", t.holds("A123"), func(ctx SpecContext) {
			t.setSwitch(ctx, "external", false)
			Expect(t.setSwitch(ctx, "externalsocialmedia", true)).To(BeFalse())
			t.setSwitch(ctx, "external", true)
			Expect(t.switches(ctx)).To(Equal(switches{external: true}))
		})

		It("switch social media off without changing external sharing", t.holds("A124"), func(ctx SpecContext) {
			Expect(t.setSwitch(ctx, "externalsocialmedia", false)).To(BeFalse())
			Expect(t.switches(ctx)).To(Equal(switches{external: true}))
		})

		It("do not change the rest of the sharing policy", t.holds("A125"), func(ctx SpecContext) {
			policy := request{path: "files/settings?fields=defaultShareLinkInternal,externalShareApplyToDocuments,externalShareApplyToRooms,blockExistingLinksOnRestrict", key: t.owner}
			before := t.send(ctx, policy).body
			t.setSwitch(ctx, "external", false)
			Expect(t.send(ctx, policy).body).To(Equal(before))
		})
	})
}

// expectBadRequest checks a 400 of the profile. key names the property that is wrong.
func (t *target) expectBadRequest(a answer, key string) {
	GinkgoHelper()
	Expect(a).To(haveStatus(http.StatusBadRequest))
	if t.documented() {
		Expect(a).To(haveHeader("Content-Type", "application/json; charset=utf-8"))
		Expect(a).To(haveMember(HavePrefix("Body: "), "error", "message"))
		Expect(a).To(haveMember(BeEquivalentTo(400), "statusCode"))
		return
	}
	Expect(a).To(haveHeader("Content-Type", "application/problem+json; charset=utf-8"))
	Expect(a).To(haveEnvelope("response", "count", "links", "status", "statusCode"))
	Expect(a).To(haveMember(BeEquivalentTo(1), "status"))
	Expect(a).To(haveMember(BeEquivalentTo(400), "statusCode"))
	Expect(a).To(haveNames([]string{"type", "title", "status", "errors", "traceId"}))
	Expect(a).To(haveMember("https://tools.ietf.org/html/rfc9110#section-15.5.1", "response", "type"))
	Expect(a).To(haveMember("One or more validation errors occurred.", "response", "title"))
	errors, _ := a.member("response", "errors").(map[string]any)
	Expect(a).To(haveMember(HaveLen(1), "response", "errors"))
	for got, messages := range errors {
		Expect(messages).To(HaveLen(1))
		switch key {
		case "$": // the recorded answers show the exact place
			Expect(got).To(HavePrefix("$"))
		case "", "RequestParam":
			Expect(got).To(Equal(key), a.call())
			Expect(messages).To(ConsistOf("A non-empty request body is required."))
		default:
			Expect(got).To(Equal(key))
			Expect(messages.([]any)[0]).To(HavePrefix("The JSON value could not be converted to System."))
		}
	}
}

// expectUnsupportedMediaType checks a 415 of the profile.
func (t *target) expectUnsupportedMediaType(a answer) {
	GinkgoHelper()
	Expect(a).To(haveStatus(http.StatusUnsupportedMediaType))
	if t.documented() {
		Expect(a).To(haveMember(HavePrefix("Content-Type: "), "error", "message"))
		return
	}
	Expect(a).To(haveHeader("Content-Type", "application/problem+json; charset=utf-8"))
	Expect(a).To(haveNames([]string{"type", "title", "status", "traceId"}))
	Expect(a).To(haveMember("https://tools.ietf.org/html/rfc9110#section-15.5.16", "response", "type"))
	Expect(a).To(haveMember("Unsupported Media Type", "response", "title"))
	Expect(a).To(haveMember(BeEquivalentTo(415), "response", "status"))
}

// english is a message that the server writes in the caller's language. At a live portal it may be any text.
func (t *target) english(text string) string {
	if t.live {
		return ""
	}
	return text
}
