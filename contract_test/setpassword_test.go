package contract_test

import (
	"net/http"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// setPasswordSpecs describe the password that the owner or an administrator posts.
func setPasswordSpecs(t *target) {
	Describe("the password that an administrator posts", func() {
		BeforeEach(t.usePortal)

		DescribeTable("is set (documented) or checked like anybody's (v3.7.2):",
			func(ctx SpecContext, token string, sets bool) {
				a := t.postPassword(ctx, "protected", t.tokenOfSameRole(token), `{"password":"Another456!"}`)
				sets = sets && t.documented()
				if sets {
					Expect(a).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
					Expect(t.postPassword(ctx, "protected", "", rightPassword)).To(haveMember(BeEquivalentTo(statusInvalidPassword), "response", "status"), "the old one is replaced")
					Expect(t.postPassword(ctx, "protected", "", `{"password":"Another456!"}`)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
					return
				}
				Expect(a).To(haveMember(BeEquivalentTo(statusInvalidPassword), "response", "status"))
				Expect(t.postPassword(ctx, "protected", "", rightPassword)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			},
			Entry("owner", t.holds("A226", "A227"), "YOUR_API_KEY", true),
			Entry("DocSpace administrator", t.holds("A226", "A227"), "admin-token", true),
			Entry("room administrator", t.holds("A228"), "room-admin-token", false),
			Entry("user", t.holds("A228"), "user-token", false),
			Entry("guest", t.holds("A228"), "guest-token", false),
			Entry("visitor", t.holds("A228"), "", false),
		)

		It("protects a link without a password (documented) or does not (v3.7.2)", t.holds("A226", "A227"), func(ctx SpecContext) {
			a := t.postPassword(ctx, "open", "YOUR_API_KEY", rightPassword)
			Expect(a).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			if !t.live {
				Expect(a).NotTo(haveHeader("X-Mock-Hint", BeEmpty()))
			}
			expected := statusOK
			if t.documented() {
				expected = statusRequiredPassword
			}
			Expect(t.postPassword(ctx, "open", "", `{}`)).To(haveMember(BeEquivalentTo(expected), "response", "status"))
		})

		It("never removes the password of the link", t.holds("A229"), func(ctx SpecContext) {
			t.postPassword(ctx, "protected", "YOUR_API_KEY", `{"password":""}`)
			Expect(t.postPassword(ctx, "protected", "", `{}`)).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
		})

		const another = `{"password":"Another456!"}`
		for _, token := range []string{"YOUR_API_KEY", "admin-token"} {
			It("is remembered (documented) or not (v3.7.2): "+token, t.holds("A233", "A227"), func(ctx SpecContext) {
				old := t.rememberedPassword(ctx, "protected", rightPassword)
				a := t.postPassword(ctx, "protected", token, another)
				if !t.documented() {
					Expect(a).To(haveNoHeader("Set-Cookie"))
					return
				}
				Expect(cookieNames(a)).To(Equal([]string{"sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"}))
				header := func(value string) http.Header {
					return http.Header{"Cookie": {"sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1=" + value}}
				}
				Expect(linkStatus(t.postPassword(ctx, "protected", "", `{}`, header(a.Cookies()[0].Value)))).To(BeEquivalentTo(statusOK))
				Expect(linkStatus(t.postPassword(ctx, "protected", "", `{}`, header(old)))).To(BeEquivalentTo(statusRequiredPassword))
				if t.hasStandIn("protected-file") {
					Expect(linkStatus(t.postPassword(ctx, "protected-file", "", rightPassword))).To(BeEquivalentTo(statusOK), "another link's password stays")
				}
				t.reset(ctx)
				Expect(linkStatus(t.postPassword(ctx, "protected", "", rightPassword))).To(BeEquivalentTo(statusOK))
			})
		}

		DescribeTable("is not set for a link with nothing to protect:", t.holds("A234"),
			func(ctx SpecContext, key string, expected int) {
				t.startWith(ctx, func(p *mockserver.Portal) {
					p.Links = append(p.Links,
						mockserver.Link{Key: "gone", Entry: "99", Password: "Secret123!"},
						mockserver.Link{Key: "archived-protected", Entry: "60", Password: "Secret123!"})
				})
				a := t.postPassword(ctx, key, "YOUR_API_KEY", another)
				wanted := expected
				if !t.documented() && expected != statusExpired {
					wanted = statusInvalidPassword // found before the entry is checked
				}
				Expect(linkStatus(a)).To(BeEquivalentTo(wanted))
				Expect(a).To(haveNoHeader("Set-Cookie"))
				if expected != statusExpired {
					Expect(linkStatus(t.postPassword(ctx, key, "", another))).To(BeEquivalentTo(statusInvalidPassword))
				}
			},
			t.ofFake(Entry("in the trash", "trashed", statusInvalid)),
			t.ofFake(Entry("in the archive", "archived-protected", statusInvalid)),
			t.ofFake(Entry("when the entry does not exist", "gone", statusInvalid)),
			Entry("when the link has expired", "expired", statusExpired),
		)

		It("is refused when it has more than 255 characters (documented)", t.holds("A235", "A227"), func(ctx SpecContext) {
			for text, fits := range inOrder(map[string]bool{
				strings.Repeat("x", 255): true, strings.Repeat("x", 256): false, strings.Repeat("é", 255): true, strings.Repeat("😀", 128): false,
			}) {
				a := t.postPassword(ctx, "protected", "YOUR_API_KEY", `{"password":`+quote(text)+`}`)
				if t.documented() && !fits {
					Expect(a).To(haveStatus(http.StatusBadRequest))
					Expect(linkStatus(t.postPassword(ctx, "protected", "", `{"password":`+quote(text)+`}`))).To(BeEquivalentTo(statusInvalidPassword))
					t.reset(ctx)
					continue
				}
				expected := statusInvalidPassword
				if t.documented() {
					expected = statusOK
				}
				Expect(linkStatus(a)).To(BeEquivalentTo(expected))
			}
		})

		It("is set for internal and restricted links too (documented)", t.holds("A236", "A227"), func(ctx SpecContext) {
			t.setSwitch(ctx, "external", false)
			for _, key := range []string{"internal-protected", "protected-file"} {
				if !t.hasStandIn(key) {
					continue
				}
				expected := statusInvalidPassword
				if t.documented() {
					expected = statusOK
				}
				Expect(linkStatus(t.postPassword(ctx, key, "YOUR_API_KEY", another))).To(BeEquivalentTo(expected))
				Expect(linkStatus(t.postPassword(ctx, key, "", another))).To(BeEquivalentTo(map[string]any{
					"internal-protected": statusExternalAccessDenied,
					"protected-file":     map[bool]int{true: statusExternalAccessDenied, false: statusInvalidPassword}[t.documented()],
				}[key]))
			}
		})
	})
}
