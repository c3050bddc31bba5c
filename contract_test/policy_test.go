package contract_test

import (
	"maps"
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// policySpecs describe the sharing policy: the links that it blocks (ExternalShare.cs), and the callers who see it
// (FilesSettings.cs).
func policySpecs(t *target) {
	Describe("the sharing policy", func() {
		startWithPolicy := func(ctx SpecContext, change func(*mockserver.Settings)) {
			GinkgoHelper()
			t.startWith(ctx, func(p *mockserver.Portal) {
				change(p.Settings)
				p.Links = append(p.Links, mockserver.Link{Key: "open-file", Entry: "40"}, mockserver.Link{Key: "open-trashed", Entry: "50"})
			})
		}
		off := func(s *mockserver.Settings) { s.ExternalShare, s.ExternalShareSocialMedia = false, false }

		DescribeTable("blocks the links of visitors", t.holds("A218"),
			func(ctx SpecContext, change func(*mockserver.Settings), room, documents int) {
				startWithPolicy(ctx, change)
				for key, status := range inOrder(map[string]int{
					"open": room, "open-folder": documents, "open-file": documents,
					"open-trashed": statusInvalid, "archived": statusInvalid, "orphan": statusInvalid, "internal": statusExternalAccessDenied,
				}) {
					if t.hasStandIn(key) {
						Expect(linkStatus(t.postPassword(ctx, key, "", `{}`))).To(BeEquivalentTo(status), key)
					}
				}
				for _, key := range []string{"open", "open-folder", "open-file", "internal"} {
					if t.hasStandIn(key) && t.hasPerson("guest-token") {
						Expect(linkStatus(t.postPassword(ctx, key, "guest-token", `{}`))).To(BeEquivalentTo(statusOK), key+" with an account")
					}
				}
			},
			Entry("in no section while external sharing is on", func(*mockserver.Settings) {}, statusOK, statusOK),
			Entry("in no section while only social media is off", func(s *mockserver.Settings) { s.ExternalShareSocialMedia = false }, statusOK, statusOK),
			Entry("in both sections when it is off", off, statusExternalAccessDenied, statusExternalAccessDenied),
			Entry("in no section when existing links stay", func(s *mockserver.Settings) {
				off(s)
				s.BlockExistingLinksOnRestrict = false
			}, statusOK, statusOK),
			Entry("only in rooms when it does not apply to documents", func(s *mockserver.Settings) {
				off(s)
				s.ExternalShareApplyToDocuments = false
			}, statusExternalAccessDenied, statusOK),
			Entry("only in documents when it does not apply to rooms", func(s *mockserver.Settings) {
				off(s)
				s.ExternalShareApplyToRooms = false
			}, statusOK, statusExternalAccessDenied),
			Entry("in both sections, whatever the default of new links is", func(s *mockserver.Settings) {
				off(s)
				s.DefaultShareLinkInternal = true
			}, statusExternalAccessDenied, statusExternalAccessDenied),
		)

		t.itOfFake("depends on the section of an entry, not on its type", t.holds("A218"), func(ctx SpecContext) {
			for rooms, status := range map[bool]int{true: statusExternalAccessDenied, false: statusOK} {
				t.startWith(ctx, func(p *mockserver.Portal) {
					for i := range p.Entries {
						if p.Entries[i].ID == "30" || p.Entries[i].ID == "40" { // a folder and a file
							p.Entries[i].Section = mockserver.SectionRooms
						}
					}
					off(p.Settings)
					p.Settings.ExternalShareApplyToRooms, p.Settings.ExternalShareApplyToDocuments = rooms, !rooms
				})
				Expect(t.postPassword(ctx, "open-folder", "", `{}`)).To(haveMember(BeEquivalentTo(status), "response", "status"))
				Expect(t.postPassword(ctx, "protected-file", "", rightPassword)).To(haveMember(BeEquivalentTo(status), "response", "status"))
			}
		})

		It("also denies visitors who have given the password before", t.holds("A218"), func(ctx SpecContext) {
			t.usePortal()
			cookie := t.postPassword(ctx, "protected", "", rightPassword).Cookies()[0]
			t.setSwitch(ctx, "external", false)
			for _, body := range []string{`{}`, rightPassword} {
				a := t.postPassword(ctx, "protected", "", body, http.Header{"Cookie": {cookie.Name + "=" + cookie.Value}})
				Expect(a).To(haveMember(BeEquivalentTo(statusExternalAccessDenied), "response", "status"))
				Expect(a).To(haveMember(BeEquivalentTo(0), "response", "tenantId"))
			}
		})

		When("external sharing is off", func() {
			BeforeEach(func(ctx SpecContext) {
				t.usePortal()
				t.setSwitch(ctx, "external", false)
			})

			It("denies visitors an open link, and describes its entry", t.holds("A218"), func(ctx SpecContext) {
				for _, key := range []string{"open", "open-folder"} {
					if !t.hasStandIn(key) {
						continue
					}
					a := t.postPassword(ctx, key, "", `{}`)
					Expect(a).To(haveMember(BeEquivalentTo(statusExternalAccessDenied), "response", "status"))
					Expect(a).To(haveNames(ContainElements("id", "title")))
					Expect(a).To(haveMember(BeEquivalentTo(0), "response", "tenantId"))
					Expect(a.Header.Values("Set-Cookie")).To(BeEmpty())
				}
			})

			It("denies visitors after the right password, which is still remembered", t.holds("A219"), func(ctx SpecContext) {
				a := t.postPassword(ctx, "protected", "", rightPassword)
				Expect(a).To(haveMember(BeEquivalentTo(statusExternalAccessDenied), "response", "status"))
				Expect(cookieNames(a)).To(Equal([]string{"sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"}))
			})

			It("still asks for the password first", t.holds("A219"), func(ctx SpecContext) {
				Expect(t.postPassword(ctx, "protected", "", `{}`)).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
				Expect(t.postPassword(ctx, "protected", "", wrongPassword)).To(haveMember(BeEquivalentTo(statusInvalidPassword), "response", "status"))
			})

			It("does not restrict people with an account", t.holds("A220"), func(ctx SpecContext) {
				Expect(t.postPassword(ctx, "open", "guest-token", `{}`)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			})
		})

		policy := map[string]func(*mockserver.Settings) *bool{
			"externalShare":                 func(s *mockserver.Settings) *bool { return &s.ExternalShare },
			"externalShareSocialMedia":      func(s *mockserver.Settings) *bool { return &s.ExternalShareSocialMedia },
			"enableThirdParty":              func(s *mockserver.Settings) *bool { return &s.EnableThirdParty },
			"defaultShareLinkInternal":      func(s *mockserver.Settings) *bool { return &s.DefaultShareLinkInternal },
			"externalShareApplyToDocuments": func(s *mockserver.Settings) *bool { return &s.ExternalShareApplyToDocuments },
			"externalShareApplyToRooms":     func(s *mockserver.Settings) *bool { return &s.ExternalShareApplyToRooms },
			"blockExistingLinksOnRestrict":  func(s *mockserver.Settings) *bool { return &s.BlockExistingLinksOnRestrict },
		}

		DescribeTable("is shown as it is stored to people with an account, and as constants except enableThirdParty to others:", t.holds("A013"),
			func(ctx SpecContext, changed string) {
				startWithPolicy(ctx, func(s *mockserver.Settings) { *policy[changed](s) = !*policy[changed](s) })
				expected := t.freshSettings()
				expected[changed] = !expected[changed].(bool)
				if changed == "externalShare" {
					expected["externalShareSocialMedia"] = false
				}
				inPolicy := func(settings map[string]any) map[string]any {
					if t.live { // its owner may have chosen other values elsewhere
						maps.DeleteFunc(settings, func(name string, _ any) bool { return policy[name] == nil || name == "enableThirdParty" })
					}
					return settings
				}
				for _, key := range t.presentPeople("YOUR_API_KEY", "guest-token") {
					var settings map[string]any
					t.send(ctx, request{path: "files/settings", key: key}).decodeResponse(&settings)
					Expect(inPolicy(settings)).To(Equal(inPolicy(maps.Clone(expected))))
				}
				a := t.send(ctx, request{path: "files/settings"})
				if t.documented() {
					Expect(a).To(haveStatus(http.StatusUnauthorized))
					return
				}
				var settings map[string]any
				a.decodeResponse(&settings)
				Expect(inPolicy(settings)).To(Equal(inPolicy(t.neutralSettings(changed != "enableThirdParty"))))
				if !t.live {
					Expect(a.names()).To(Equal(settingsNames()))
				}
			},
			Entry("externalShare", "externalShare"),
			Entry("externalShareSocialMedia", "externalShareSocialMedia"),
			t.ofFake(Entry("enableThirdParty", "enableThirdParty")),
			Entry("defaultShareLinkInternal", "defaultShareLinkInternal"),
			Entry("externalShareApplyToDocuments", "externalShareApplyToDocuments"),
			Entry("externalShareApplyToRooms", "externalShareApplyToRooms"),
			Entry("blockExistingLinksOnRestrict", "blockExistingLinksOnRestrict"),
		)

		t.itOfFake("keeps the stored value of social media, which is in force only while external sharing is on", t.holds("A126"), func(ctx SpecContext) {
			startWithPolicy(ctx, func(s *mockserver.Settings) { s.ExternalShare = false })
			Expect(t.switches(ctx)).To(Equal(switches{}))
			Expect(t.setSwitch(ctx, "external", true)).To(BeTrue())
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
			Expect(t.setSwitch(ctx, "externalsocialmedia", true)).To(BeTrue())
		})

		t.itOfFake("keeps social media off while external sharing is off, although it was stored as on", t.holds("A123"), func(ctx SpecContext) {
			startWithPolicy(ctx, func(s *mockserver.Settings) { s.ExternalShare = false })
			Expect(t.setSwitch(ctx, "externalsocialmedia", true)).To(BeFalse())
			Expect(t.setSwitch(ctx, "external", true)).To(BeTrue())
			Expect(t.switches(ctx)).To(Equal(switches{external: true}))
		})

		t.itOfFake("does not change with the two switches", t.holds("A125"), func(ctx SpecContext) {
			startWithPolicy(ctx, func(s *mockserver.Settings) {
				*s = mockserver.Settings{ExternalShare: true, ExternalShareSocialMedia: true, DefaultShareLinkInternal: true}
			})
			rest := request{path: "files/settings?fields=enableThirdParty,defaultShareLinkInternal,externalShareApplyToDocuments,externalShareApplyToRooms,blockExistingLinksOnRestrict", key: t.owner}
			const expected = `{"response":{"enableThirdParty":false,"defaultShareLinkInternal":true,"externalShareApplyToDocuments":false,"externalShareApplyToRooms":false,"blockExistingLinksOnRestrict":false},`
			for _, on := range []bool{false, true} {
				for _, name := range []string{"external", "externalsocialmedia"} {
					t.setSwitch(ctx, name, on)
					Expect(string(t.send(ctx, rest).body)).To(HavePrefix(expected))
				}
			}
		})
	})
}

// neutralSettings are the settings that the server answers without an account.
func (t *target) neutralSettings(thirdParty bool) map[string]any {
	GinkgoHelper()
	settings := t.freshSettings()
	for _, name := range []string{"storeOriginalFiles", "organizeRoomsGrouping", "defaultShareLinkInternal", "externalShareApplyToDocuments", "externalShareApplyToRooms", "blockExistingLinksOnRestrict"} {
		settings[name] = false
	}
	settings["externalShare"], settings["externalShareSocialMedia"] = true, true
	settings["enableThirdParty"] = thirdParty
	return settings
}
