package contract_test

import (
	"context"
	"fmt"
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

const policyPath = "files/settings/externalsharingsettings"

// sharingPolicy is the sharing policy as the owner sees it, with the switch of social media.
type sharingPolicy struct {
	ExternalShare, ExternalShareSocialMedia, DefaultShareLinkInternal bool
	ExternalShareApplyToDocuments, ExternalShareApplyToRooms          bool
	BlockExistingLinksOnRestrict                                      bool
}

// policy reads the sharing policy.
func (t *target) policy(ctx context.Context) sharingPolicy {
	GinkgoHelper()
	a := t.send(ctx, request{path: "files/settings?fields=externalShare,externalShareSocialMedia,defaultShareLinkInternal,externalShareApplyToDocuments,externalShareApplyToRooms,blockExistingLinksOnRestrict", key: t.owner})
	Expect(a).To(haveStatus(http.StatusOK))
	var policy sharingPolicy
	a.decodeResponse(&policy)
	return policy
}

// needsPolicy skips a spec at a live portal whose policy cannot be read, since it could not be put back.
func (t *target) needsPolicy() {
	GinkgoHelper()
	if t.live && !livePortal.before.rest.shown {
		Skip("needs a portal that shows its whole sharing policy")
	}
}

// policyOf is a body with all five switches.
func policyOf(external, internal, documents, rooms, block bool) string {
	return fmt.Sprintf(`{"externalShare":%t,"defaultShareLinkInternal":%t,"externalShareApplyToDocuments":%t,"externalShareApplyToRooms":%t,"blockExistingLinksOnRestrict":%t}`,
		external, internal, documents, rooms, block)
}

// changePolicySpecs describe changeExternalSharingSettings: PUT files/settings/externalsharingsettings (SettingsController.cs,
// FilesSettings.cs).
func changePolicySpecs(t *target) {
	Describe("changeExternalSharingSettings", func() {
		BeforeEach(t.needsPolicy)
		put := func(ctx SpecContext, r request) answer {
			GinkgoHelper()
			r.method = http.MethodPut
			if r.path == "" {
				r.path = policyPath
			}
			return t.send(ctx, r)
		}
		set := func(ctx SpecContext, body string) answer {
			GinkgoHelper()
			a := put(ctx, request{key: t.owner, body: body})
			Expect(a).To(haveStatus(http.StatusOK))
			return a
		}

		It("answers with the policy that is now in force, in an envelope", t.holds("A1051"), func(ctx SpecContext) {
			for _, body := range []string{policyOf(true, false, true, true, true), policyOf(true, true, false, true, false), policyOf(true, false, true, false, false)} {
				for range 2 { // the same call gets the same answer again
					a := set(ctx, body)
					Expect(a).To(haveBody(MatchRegexp(`^\{"response":` + body + `,"count":1,"links":\[\{"href":"` + t.host() + `/api/2.0/` + policyPath + `","action":"PUT"\}\],"status":0,"statusCode":200\}$`)))
					Expect(a).To(haveHeader("Content-Type", "application/json; charset=utf-8"))
					Expect(a).To(haveHeader("Api-Supported-Versions", "2.0"))
				}
			}
		})

		DescribeTable("reads the body:",
			func(ctx SpecContext, body, inForce string) {
				set(ctx, policyOf(true, false, true, true, true))
				a := put(ctx, request{key: t.owner, body: body, off: true})
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveBody(HavePrefix(`{"response":` + inForce + `,`)))
			},
			Entry("nothing is left out", t.holds("A1051"), policyOf(true, true, true, true, true), policyOf(true, true, true, true, true)),
			Entry("an empty object", t.holds("A1052"), `{}`, policyOf(false, true, false, false, false)),
			Entry("only external sharing", t.holds("A1052"), `{"externalShare":true}`, policyOf(true, false, false, false, false)),
			Entry("only documents", t.holds("A1052"), `{"externalShareApplyToDocuments":true}`, policyOf(false, true, true, false, false)),
			Entry("only rooms", t.holds("A1052"), `{"externalShareApplyToRooms":true}`, policyOf(false, true, false, true, false)),
			Entry("only existing links", t.holds("A1052"), `{"blockExistingLinksOnRestrict":true}`, policyOf(false, true, false, false, true)),
			Entry("new links internal, while sharing is on", t.holds("A1053"), `{"externalShare":true,"defaultShareLinkInternal":true}`, policyOf(true, true, false, false, false)),
			Entry("new links internal, while sharing is off", t.holds("A1053"), policyOf(false, true, true, true, true), policyOf(false, true, true, true, true)),
			Entry("new links not internal, while sharing is off", t.holds("A1053"), policyOf(false, false, true, true, true), policyOf(false, true, true, true, true)),
			Entry("names in another letter case", t.holds("A1054"), `{"EXTERNALSHARE":true,"externalshareapplytorooms":true}`, policyOf(true, false, false, true, false)),
			Entry("an escaped name", t.holds("A1054"), `{"\u0065xternalShare":true}`, policyOf(true, false, false, false, false)),
			Entry("the last of two", t.holds("A1054"), `{"externalShare":false,"ExternalShare":true}`, policyOf(true, false, false, false, false)),
			Entry("unknown properties", t.holds("A1054"), `{"externalShare":true,"x":1}`, policyOf(true, false, false, false, false)),
			Entry("the names of the two switches, and of social media", t.holds("A1054"), `{"set":true,"displayValue":true,"externalShareSocialMedia":true}`, policyOf(false, true, false, false, false)),
		)

		It("is what the settings show at once", t.holds("A1055"), func(ctx SpecContext) {
			set(ctx, policyOf(true, false, true, true, true))
			t.setSwitch(ctx, "externalsocialmedia", true)
			set(ctx, policyOf(true, true, false, true, false))
			Expect(t.policy(ctx)).To(Equal(sharingPolicy{true, true, true, false, true, false}))
			set(ctx, policyOf(false, false, true, false, true))
			Expect(t.policy(ctx)).To(Equal(sharingPolicy{false, false, true, true, false, true}))
		})

		It("switches social media off together with external sharing, and not on again", t.holds("A1056"), func(ctx SpecContext) {
			set(ctx, policyOf(true, false, true, true, true))
			t.setSwitch(ctx, "externalsocialmedia", true)
			set(ctx, policyOf(true, false, true, true, true))
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
			set(ctx, policyOf(false, false, true, true, true))
			Expect(t.switches(ctx)).To(Equal(switches{}))
			set(ctx, policyOf(true, false, true, true, true))
			Expect(t.switches(ctx)).To(Equal(switches{external: true}))
		})

		It("sets the default of new links again, which the switch of external sharing leaves alone", t.holds("A1057"), func(ctx SpecContext) {
			internal := func() bool { return t.policy(ctx).DefaultShareLinkInternal }
			set(ctx, policyOf(false, false, true, true, true))
			Expect(internal()).To(BeTrue())
			t.setSwitch(ctx, "external", true)
			Expect(internal()).To(BeTrue())
			set(ctx, policyOf(true, false, true, true, true))
			Expect(internal()).To(BeFalse())
			t.setSwitch(ctx, "external", false)
			Expect(internal()).To(BeFalse())
		})

		DescribeTable("is for the owner and DocSpace administrators:", t.holds("A1058"),
			func(ctx SpecContext, token string, status int) {
				token = t.tokenOfSameRole(token)
				if !t.live || token != t.user {
					t.usePortal()
				}
				before := t.policy(ctx)
				a := put(ctx, request{key: token, body: policyOf(true, true, false, false, false)})
				Expect(a).To(haveStatus(status))
				if status == http.StatusOK {
					return
				}
				Expect(t.policy(ctx)).To(Equal(before), "a refused call changes nothing")
				Expect(a).To(haveMember(ContainSubstring(t.english("You don't have enough permission to perform the operation")), "error", "message"))
				Expect(a).To(haveMember("System.InvalidOperationException", "error", "type"))
				Expect(a).To(haveMember(BeEquivalentTo(-2146233079), "error", "hresult"))
				expectNoCache(a)
			},
			Entry("owner", "YOUR_API_KEY", 200),
			Entry("DocSpace administrator", "admin-token", 200),
			Entry("room administrator", "room-admin-token", 403),
			Entry("user", "user-token", 403),
			Entry("user, by an API key", userAPIKey, 403),
			Entry("guest", "guest-token", 403),
		)

		DescribeTable("needs an account: 401", t.holds("A1060", "A1059"),
			func(ctx SpecContext, header http.Header) {
				before := t.policy(ctx)
				t.expectEmpty(put(ctx, request{header: header, body: policyOf(true, true, false, false, false)}), http.StatusUnauthorized)
				Expect(t.policy(ctx)).To(Equal(before), "a refused call changes nothing")
			},
			Entry("nobody", http.Header{}),
			Entry("a token that is not valid", authorization("Bearer nonsense")),
			Entry("an unknown API key", authorization("Bearer "+unknownAPIKey)),
		)

		DescribeTable("needs files:write of an API key:", t.holds("A408"),
			func(ctx SpecContext, key, expected string) {
				t.usePortal()
				before := t.policy(ctx)
				t.expectAdmission(put(ctx, request{key: key, body: policyOf(true, true, false, false, false)}), expected, false)
				if after := t.policy(ctx); expected == ok {
					Expect(after).NotTo(Equal(before))
				} else {
					Expect(after).To(Equal(before), "a refused call changes nothing")
				}
			},
			t.ofFake(Entry("files:write", writeAPIKey, ok)),
			Entry("no scopes", ownerAPIKey, ok),
			t.ofFake(Entry("files:read", readAPIKey, noScope)),
			t.ofFake(Entry("rooms", roomsAPIKey, noScope)),
			t.ofFake(Entry("a key that is over", expiredAPIKey, noCredentials)),
		)

		DescribeTable("refuses a body that it cannot read, by the name of what is wrong:", t.holds("A1063", "A1062"),
			func(ctx SpecContext, body, key string) {
				before := t.policy(ctx)
				t.expectBadRequest(put(ctx, request{key: t.owner, body: body, off: true}), key)
				Expect(t.policy(ctx)).To(Equal(before), "a refused call changes nothing")
			},
			Entry("null for external sharing", `{"externalShare":null}`, "$.externalShare"),
			Entry("a text for external sharing", `{"externalShare":"true"}`, "$.externalShare"),
			Entry("a number for external sharing", `{"externalShare":1}`, "$.externalShare"),
			Entry("null for new links", `{"externalShare":false,"defaultShareLinkInternal":null}`, "$.defaultShareLinkInternal"),
			Entry("a list for documents", `{"externalShareApplyToDocuments":[]}`, "$.externalShareApplyToDocuments"),
			Entry("an object for rooms", `{"externalShareApplyToRooms":{}}`, "$.externalShareApplyToRooms"),
			Entry("a text for existing links", `{"blockExistingLinksOnRestrict":"no"}`, "$.blockExistingLinksOnRestrict"),
			Entry("the name in the letter case of the sender", `{"EXTERNALshare":1}`, "$.EXTERNALshare"),
			Entry("a list", `[]`, "$"),
			Entry("a lone true", `true`, "$"),
			Entry("an open brace", `{`, "$"),
			Entry("null", `null`, ""),
		)

		DescribeTable("accepts only JSON:", t.holds("A117", "A116"),
			func(ctx SpecContext, media string) {
				before := t.policy(ctx)
				t.expectUnsupportedMediaType(put(ctx, request{key: t.owner, body: policyOf(true, true, false, false, false), media: media, off: true}))
				Expect(t.policy(ctx)).To(Equal(before), "a refused call changes nothing")
			},
			Entry("none", "-"),
			Entry("plain text", "text/plain"),
			Entry("a form", "application/x-www-form-urlencoded"),
		)

		It("without a body is refused, or switches everything off", t.holds("A1064", "A1062"), func(ctx SpecContext) {
			set(ctx, policyOf(true, false, true, true, true))
			a := put(ctx, request{key: t.owner, off: true})
			if !t.documented() {
				t.expectBadRequest(a, "")
				Expect(t.policy(ctx).ExternalShare).To(BeTrue(), "a refused call changes nothing")
				return
			}
			Expect(a).To(haveStatus(http.StatusOK))
			Expect(a).To(haveBody(HavePrefix(`{"response":` + policyOf(false, true, false, false, false) + `,`)))
		})

		It("asks for credentials before it reads the body", t.holds("A412"), func(ctx SpecContext) {
			for _, r := range []request{{body: `{`, off: true}, {body: `x`, media: "text/plain", off: true}} {
				t.expectEmpty(put(ctx, r), http.StatusUnauthorized)
			}
		})

		It("reads the body before it looks at the role", t.holds("A120"), func(ctx SpecContext) {
			t.needsUser()
			t.expectBadRequest(put(ctx, request{key: t.user, body: `{"externalShare":1}`, off: true}), "$.externalShare")
			t.expectUnsupportedMediaType(put(ctx, request{key: t.user, body: `{}`, media: "text/plain", off: true}))
		})

		It("keeps of the answer the properties that `fields` names", t.holds("A1065"), func(ctx SpecContext) {
			a := put(ctx, request{path: policyPath + "?fields=externalShareApplyToRooms,externalShare,nope", key: t.owner, body: policyOf(true, false, true, true, true)})
			Expect(a).To(haveBody(HavePrefix(`{"response":{"externalShare":true,"externalShareApplyToRooms":true},`)))
		})

		for _, sections := range []struct{ documents, rooms bool }{{false, false}, {false, true}, {true, false}, {true, true}} {
			for _, block := range []bool{false, true} {
				documents, rooms := sections.documents, sections.rooms
				It(fmt.Sprintf("off denies visitors of existing links: documents %t, rooms %t, existing links %t", documents, rooms, block), t.holds("A1061"), func(ctx SpecContext) {
					t.usePortal()
					set(ctx, policyOf(false, false, documents, rooms, block))
					status := func(applies bool) int {
						if applies && block {
							return statusExternalAccessDenied
						}
						return statusOK
					}
					for key, open := range inOrder(map[string]int{"open": status(rooms), "open-folder": status(documents)}) {
						if !t.hasStandIn(key) {
							continue
						}
						for _, a := range []answer{t.getShareData(ctx, key, "", ""), t.postPassword(ctx, key, "", `{}`), t.postPassword(ctx, key, "", wrongPassword)} {
							Expect(linkStatus(a)).To(BeEquivalentTo(open), a.call())
							Expect(a).To(haveNames(ContainElements("id", "title", "type")))
						}
						for _, token := range t.presentPeople("guest-token") {
							for _, a := range []answer{t.getShareData(ctx, key, token, ""), t.postPassword(ctx, key, token, `{}`)} {
								Expect(linkStatus(a)).To(BeEquivalentTo(statusOK), "with an account")
							}
						}
					}
					for key, right := range inOrder(map[string]int{"protected": status(rooms), "protected-file": status(documents)}) {
						if !t.hasStandIn(key) {
							continue
						}
						Expect(linkStatus(t.getShareData(ctx, key, "", ""))).To(BeEquivalentTo(statusRequiredPassword))
						Expect(linkStatus(t.postPassword(ctx, key, "", wrongPassword))).To(BeEquivalentTo(statusInvalidPassword))
						a := t.postPassword(ctx, key, "", rightPassword)
						Expect(linkStatus(a)).To(BeEquivalentTo(right))
						cookie := a.Cookies()[0]
						Expect(linkStatus(t.getShareData(ctx, key, "", "", http.Header{"Cookie": {cookie.Name + "=" + cookie.Value}}))).To(BeEquivalentTo(right))
					}
					set(ctx, policyOf(true, false, documents, rooms, block))
					for _, key := range []string{"open", "open-folder"} {
						if t.hasStandIn(key) {
							Expect(linkStatus(t.getShareData(ctx, key, "", ""))).To(BeEquivalentTo(statusOK), key)
						}
					}
				})
			}
		}
	})
}
