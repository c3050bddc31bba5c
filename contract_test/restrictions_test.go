package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// restrictionSpecs describe the portal's policy: whom it holds back (ExternalShare.cs), and who sees it (FilesSettings.cs).
func restrictionSpecs(t *target) {
	Describe("the sharing policy", func() {
		with := func(ctx SpecContext, change func(*mockserver.Settings)) {
			GinkgoHelper()
			t.startWith(ctx, func(p *mockserver.Portal) {
				change(p.Settings)
				p.Links = append(p.Links, mockserver.Link{Key: "open-file", Entry: "40"}, mockserver.Link{Key: "open-trashed", Entry: "50"})
			})
		}
		off := func(s *mockserver.Settings) { s.ExternalShare, s.ExternalShareSocialMedia = false, false }

		DescribeTable("restricts links of visitors", t.holds("A218"),
			func(ctx SpecContext, change func(*mockserver.Settings), room, documents int) {
				with(ctx, change)
				for key, status := range map[string]int{
					"open": room, "open-folder": documents, "open-file": documents,
					"open-trashed": statusInvalid, "archived": statusInvalid, "orphan": statusInvalid, "internal": statusExternalAccessDenied,
				} {
					Expect(t.apply(ctx, key, "", `{}`).member("response", "status")).To(BeEquivalentTo(status), key)
				}
				for _, key := range []string{"open", "open-folder", "open-file", "internal"} {
					Expect(t.apply(ctx, key, "guest-token", `{}`).member("response", "status")).To(BeEquivalentTo(statusOK), key+" with an account")
				}
			},
			Entry("in no section while external sharing is on", func(*mockserver.Settings) {}, statusOK, statusOK),
			Entry("in no section while social media alone is off", func(s *mockserver.Settings) { s.ExternalShareSocialMedia = false }, statusOK, statusOK),
			Entry("in both sections when it is off", off, statusExternalAccessDenied, statusExternalAccessDenied),
			Entry("in no section when existing links stay", func(s *mockserver.Settings) {
				off(s)
				s.BlockExistingLinksOnRestrict = false
			}, statusOK, statusOK),
			Entry("in rooms alone when it does not apply to documents", func(s *mockserver.Settings) {
				off(s)
				s.ExternalShareApplyToDocuments = false
			}, statusExternalAccessDenied, statusOK),
			Entry("in documents alone when it does not apply to rooms", func(s *mockserver.Settings) {
				off(s)
				s.ExternalShareApplyToRooms = false
			}, statusOK, statusExternalAccessDenied),
			Entry("in both sections, whatever the default of new links", func(s *mockserver.Settings) {
				off(s)
				s.DefaultShareLinkInternal = true
			}, statusExternalAccessDenied, statusExternalAccessDenied),
		)

		It("go by the section of an entry, not by its kind", t.holds("A218"), func(ctx SpecContext) {
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
				Expect(t.apply(ctx, "open-folder", "", `{}`)).To(haveMember(BeEquivalentTo(status), "response", "status"))
				Expect(t.apply(ctx, "protected-file", "", rightPassword)).To(haveMember(BeEquivalentTo(status), "response", "status"))
			}
		})

		It("hold for who has given the password before", t.holds("A218"), func(ctx SpecContext) {
			t.needsOurPortal()
			cookie := t.apply(ctx, "protected", "", rightPassword).Cookies()[0]
			t.setFlag(ctx, "external", false)
			for _, body := range []string{`{}`, rightPassword} {
				a := t.apply(ctx, "protected", "", body, http.Header{"Cookie": {cookie.Name + "=" + cookie.Value}})
				Expect(a).To(haveMember(BeEquivalentTo(statusExternalAccessDenied), "response", "status"))
				Expect(a).To(haveMember(BeEquivalentTo(0), "response", "tenantId"))
			}
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

		DescribeTable("is shown as it is to people with an account, each property by itself, and as constants but for enableThirdParty to others", t.holds("A013"),
			func(ctx SpecContext, changed string) {
				with(ctx, func(s *mockserver.Settings) { *policy[changed](s) = !*policy[changed](s) })
				expected := freshSettings()
				expected[changed] = !expected[changed].(bool)
				if changed == "externalShare" {
					expected["externalShareSocialMedia"] = false
				}
				for _, key := range []string{ownerAPIKey, "guest-token"} {
					var settings map[string]any
					t.send(ctx, request{path: "files/settings", key: key}).decodeResponse(&settings)
					Expect(settings).To(Equal(expected))
				}
				a := t.send(ctx, request{path: "files/settings"})
				if t.documented() {
					Expect(a).To(haveStatus(http.StatusUnauthorized))
					return
				}
				var settings map[string]any
				a.decodeResponse(&settings)
				Expect(settings).To(Equal(neutralSettings(changed != "enableThirdParty")))
				Expect(a.names()).To(Equal(settingsNames()))
			},
			Entry("externalShare", "externalShare"),
			Entry("externalShareSocialMedia", "externalShareSocialMedia"),
			Entry("enableThirdParty", "enableThirdParty"),
			Entry("defaultShareLinkInternal", "defaultShareLinkInternal"),
			Entry("externalShareApplyToDocuments", "externalShareApplyToDocuments"),
			Entry("externalShareApplyToRooms", "externalShareApplyToRooms"),
			Entry("blockExistingLinksOnRestrict", "blockExistingLinksOnRestrict"),
		)

		It("filters the constants with `fields` too (v3.7.2)", t.holds("A007"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings?fields=organizeRoomsGrouping,forcesave"})
			if t.documented() {
				t.expectEmpty(a, http.StatusUnauthorized)
				return
			}
			Expect(a).To(haveBody(HavePrefix(`{"response":{"forcesave":true,"organizeRoomsGrouping":false},"count":1,`)))
		})

		It("keeps what is stored of social media, and shows it in force only with external sharing", t.holds("A126"), func(ctx SpecContext) {
			with(ctx, func(s *mockserver.Settings) { s.ExternalShare = false })
			Expect(t.flags(ctx)).To(Equal(flags{}))
			Expect(t.setFlag(ctx, "external", true)).To(BeTrue())
			Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
			Expect(t.setFlag(ctx, "externalsocialmedia", true)).To(BeTrue())
		})

		It("keeps social media off while external sharing is off, though it was stored as on", t.holds("A123"), func(ctx SpecContext) {
			with(ctx, func(s *mockserver.Settings) { s.ExternalShare = false })
			Expect(t.setFlag(ctx, "externalsocialmedia", true)).To(BeFalse())
			Expect(t.setFlag(ctx, "external", true)).To(BeTrue())
			Expect(t.flags(ctx)).To(Equal(flags{external: true}))
		})

		It("does not come between the two switches and the rest", t.holds("A125"), func(ctx SpecContext) {
			with(ctx, func(s *mockserver.Settings) {
				*s = mockserver.Settings{ExternalShare: true, ExternalShareSocialMedia: true, DefaultShareLinkInternal: true}
			})
			rest := request{path: "files/settings?fields=enableThirdParty,defaultShareLinkInternal,externalShareApplyToDocuments,externalShareApplyToRooms,blockExistingLinksOnRestrict", key: t.owner}
			const expected = `{"response":{"enableThirdParty":false,"defaultShareLinkInternal":true,"externalShareApplyToDocuments":false,"externalShareApplyToRooms":false,"blockExistingLinksOnRestrict":false},`
			for _, on := range []bool{false, true} {
				for _, name := range []string{"external", "externalsocialmedia"} {
					t.setFlag(ctx, name, on)
					Expect(string(t.send(ctx, rest).body)).To(HavePrefix(expected))
				}
			}
		})

		It("is as before after a reset", t.holds("A605"), func(ctx SpecContext) {
			t.needsOurPortal()
			t.setFlag(ctx, "external", false)
			t.steer(ctx, http.MethodPost, "reset", "")
			Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
		})
	})
}

// neutralSettings are what the server answers without an account.
func neutralSettings(thirdParty bool) map[string]any {
	GinkgoHelper()
	settings := freshSettings()
	for _, name := range []string{"storeOriginalFiles", "organizeRoomsGrouping", "defaultShareLinkInternal", "externalShareApplyToDocuments", "externalShareApplyToRooms", "blockExistingLinksOnRestrict"} {
		settings[name] = false
	}
	settings["externalShare"], settings["externalShareSocialMedia"] = true, true
	settings["enableThirdParty"] = thirdParty
	return settings
}
