package contract_test

import (
	"encoding/json"
	"net/http"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// settingsSpecs describe getFilesSettings: GET files/settings.
func settingsSpecs(t *target) {
	Describe("getFilesSettings", func() {
		It("answers people with an account with the 64 properties of v3.7.2 in the server's order", t.holds("A002"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings", key: t.owner})
			names, err := a.responseNames()
			Expect(err).NotTo(HaveOccurred(), a.call())
			Expect(a).To(haveAllNames(settingsNames()))
			known := slices.DeleteFunc(names, func(name string) bool { return t.live && !slices.Contains(settingsNames(), name) })
			Expect(known).To(Equal(settingsNames()), "a newer portal may have more properties between them")
		})

		t.itOfFake("answers people with an account with the settings of a fresh portal", t.holds("A003"), func(ctx SpecContext) {
			var settings map[string]any
			t.send(ctx, request{path: "files/settings", key: userAPIKey}).decodeResponse(&settings)
			Expect(settings).To(Equal(t.freshSettings()))
		})

		It("answers anonymous callers with neutral constants (v3.7.2) or 401 (documented)", t.holds("A004", "A005"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings"})
			if t.documented() {
				Expect(a).To(haveStatus(http.StatusUnauthorized))
				return
			}
			Expect(a).To(haveStatus(http.StatusOK))
			for name, value := range inOrder(map[string]any{
				"externalShare": true, "externalShareSocialMedia": true, "storeOriginalFiles": false, "organizeRoomsGrouping": false,
				"defaultShareLinkInternal": false, "externalShareApplyToDocuments": false, "externalShareApplyToRooms": false,
				"blockExistingLinksOnRestrict": false,
			}) {
				Expect(a).To(haveMember(value, "response", name), name)
			}
		})

		if t.documented() {
			DescribeTable("answers visitors of a link with neutral constants (documented)", t.holds("A018"),
				func(ctx SpecContext, query string, header http.Header, status int) {
					t.usePortal()
					a := t.send(ctx, request{path: "files/settings" + query, header: header})
					Expect(a).To(haveStatus(status))
					if status == http.StatusOK {
						Expect(a).To(haveAllNames(settingsNames()))
						Expect(a).To(haveMember(BeFalse(), "response", "externalShareApplyToRooms"))
					}
				},
				Entry("of an open link", "", http.Header{"Request-Token": {"open"}}, http.StatusOK),
				Entry("of a link that asks for a password", "", http.Header{"Request-Token": {"protected"}}, http.StatusOK),
				Entry("who send the key in the query", "?share=open", nil, http.StatusOK),
				Entry("but no callers with a key that leads nowhere", "", http.Header{"Request-Token": {"nope"}}, http.StatusUnauthorized),
				Entry("nor with that of a link that has expired", "?share=expired", nil, http.StatusUnauthorized),
				Entry("nor with that of an internal link", "?share=internal", nil, http.StatusUnauthorized),
				t.ofFake(Entry("nor with that of something in the trash", "?share=trashed", nil, http.StatusUnauthorized)),
			)
		}

		if t.profile == mockserver.ProfileNext {
			It("has more extensions and a larger size for AI search (next)", t.holds("A019"), func(ctx SpecContext) {
				a := t.send(ctx, request{path: "files/settings?fields=extsFilesVectorized,maxVectorizationFileSize", key: t.owner})
				Expect(a).To(haveBody(HavePrefix(`{"response":{"extsFilesVectorized":[".txt",".docx",".xlsx",".csv",".pdf",".md",".json"],"maxVectorizationFileSize":31457280},`)))
			})
		}

		if !t.documented() {
			It("shows external sharing as on to anonymous callers, whatever the portal's state is", t.holds("A006"), func(ctx SpecContext) {
				t.setSwitch(ctx, "external", false)
				a := t.send(ctx, request{path: "files/settings"})
				Expect(a).To(haveMember(BeTrue(), "response", "externalShare"))
				Expect(a).To(haveMember(BeTrue(), "response", "externalShareSocialMedia"))
				Expect(t.switches(ctx)).To(Equal(switches{}))
			})
		}

		It("shows all properties of nested objects", t.holds("A002"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings", key: t.owner})
			Expect(a).To(haveMember(WithTransform(shape, Equal(map[string]any{"isAutoCleanUp": false, "gap": 0.})), "response", "automaticallyCleanUp"))
			Expect(a).To(haveMember(WithTransform(shape, Equal(map[string]any{"is_asc": false, "property": 0.})), "response", "defaultOrder"))
		})

		It("ignores count, startIndex, sortBy and filterValue", t.holds("A009"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings?count=1&startIndex=5&sortBy=x&filterValue=y", key: t.owner})
			Expect(a).To(haveAllNames(settingsNames()))
		})

		It("has X-RateLimit-* with a 200 (documented) or never (v3.7.2)", t.holds("A010", "A011"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings", key: t.owner})
			if t.documented() {
				if !t.live { // where others send requests too
					Expect(a).To(haveHeader("X-RateLimit-Limit", "1500"))
					Expect(a).To(haveHeader("X-RateLimit-Remaining", "1499"))
				}
				Expect(a).To(haveHeader("X-RateLimit-Limit", MatchRegexp(`^\d+$`)))
				Expect(a).To(haveHeader("X-RateLimit-Remaining", MatchRegexp(`^\d+$`)))
				Expect(a).To(haveHeader("X-RateLimit-Reset", MatchRegexp(`^\d{10}$`)))
				return
			}
			Expect(a).To(haveNoHeader("X-Ratelimit-Limit"))
		})
	})
}

// shape keeps of a JSON value only its names and types.
func shape(value any) any {
	switch value := value.(type) {
	case map[string]any:
		shapes := map[string]any{}
		for name, member := range value {
			shapes[name] = shape(member)
		}
		return shapes
	case bool:
		return false
	case float64:
		return 0.
	default:
		return value
	}
}

// freshSettings are the settings of a fresh portal of the profile, from the example in openapi.yaml.
func (t *target) freshSettings() map[string]any {
	GinkgoHelper()
	doc, err := contract()
	Expect(err).NotTo(HaveOccurred())
	value := doc.Components.Examples["freshPortal"].Value.Value.(map[string]any)
	// Encode and decode once more, so that numbers compare equal.
	text, err := json.Marshal(value["response"])
	Expect(err).NotTo(HaveOccurred())
	var settings map[string]any
	Expect(json.Unmarshal(text, &settings)).To(Succeed())
	if t.profile == mockserver.ProfileNext {
		settings["extsFilesVectorized"] = append(settings["extsFilesVectorized"].([]any), ".md", ".json")
		settings["maxVectorizationFileSize"] = 31457280.
	}
	return settings
}

// settingsNames are the 64 properties of v3.7.2, in the order of openapi.yaml.
func settingsNames() []string {
	GinkgoHelper()
	doc, err := contract()
	Expect(err).NotTo(HaveOccurred())
	properties := doc.Components.Schemas["FilesSettingsDto"].Value.Properties
	position := func(name string) float64 {
		order, ok := properties[name].Value.Extensions["x-order"].(float64)
		Expect(ok).To(BeTrue(), name)
		return order
	}
	var names []string
	for name := range properties {
		if name != "showQuickActions" { // published with 4.0
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return int(position(a) - position(b)) })
	return names
}

// getSettings reads the settings with the owner's key. path may be any spelling of their path.
func (t *target) getSettings(ctx SpecContext, path string, header http.Header) answer {
	GinkgoHelper()
	return t.send(ctx, request{path: path, key: t.owner, header: header, off: true})
}
