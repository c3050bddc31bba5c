package contract_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// settingsSpecs describe GET files/settings.
func settingsSpecs(t *target) {
	Describe("getFilesSettings", func() {
		It("answers the envelope in the server's order: response, count, links, status, statusCode", t.holds("A001"), func(ctx SpecContext) {
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

		It("answers the 64 properties of v3.7.2 in the server's order to people with an account", t.holds("A002"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings", key: t.owner})
			names, err := a.responseNames()
			Expect(err).NotTo(HaveOccurred(), a.call())
			Expect(a).To(lackNoneOf(settingsNames()))
			known := slices.DeleteFunc(names, func(name string) bool { return t.live && !slices.Contains(settingsNames(), name) })
			Expect(known).To(Equal(settingsNames()), "a newer portal may have more, in between")
		})

		It("answers the settings of a fresh portal to people with an account", t.holds("A003"), func(ctx SpecContext) {
			t.needsOurPortal()
			var settings map[string]any
			t.send(ctx, request{path: "files/settings", key: userAPIKey}).decodeResponse(&settings)
			Expect(settings).To(Equal(freshSettings()))
		})

		It("answers anonymous callers with neutral constants (v3.7.2) or 401 (documented)", t.holds("A004", "A005"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings"})
			if t.documented() {
				Expect(a).To(haveStatus(http.StatusUnauthorized))
				return
			}
			Expect(a).To(haveStatus(http.StatusOK))
			for name, value := range map[string]any{
				"externalShare": true, "externalShareSocialMedia": true, "storeOriginalFiles": false, "organizeRoomsGrouping": false,
				"defaultShareLinkInternal": false, "externalShareApplyToDocuments": false, "externalShareApplyToRooms": false,
				"blockExistingLinksOnRestrict": false,
			} {
				Expect(a).To(haveMember(value, "response", name), name)
			}
		})

		if !t.documented() {
			It("shows anonymous callers external sharing as on, whatever the portal's state", t.holds("A006"), func(ctx SpecContext) {
				t.setFlag(ctx, "external", false)
				a := t.send(ctx, request{path: "files/settings"})
				Expect(a).To(haveMember(BeTrue(), "response", "externalShare"))
				Expect(a).To(haveMember(BeTrue(), "response", "externalShareSocialMedia"))
				Expect(t.flags(ctx)).To(Equal(flags{}))
			})
		}

		DescribeTable("leaves of the answer what `fields` names",
			func(ctx SpecContext, query, response string) {
				a := t.send(ctx, request{path: "files/settings?" + query, key: t.owner, off: true})
				Expect(a).To(haveStatus(http.StatusOK))
				var expected any
				Expect(json.Unmarshal([]byte(response), &expected)).To(Succeed())
				if t.live { // where people have chosen other values
					Expect(a).To(haveMember(WithTransform(shape, Equal(shape(expected))), "response"))
					return
				}
				Expect(a).To(haveMember(expected, "response"))
			},
			Entry("one property", t.holds("A007"), "fields=forcesave", `{"forcesave":true}`),
			Entry("several, separated by commas", t.holds("A007"), "fields=forcesave,storeForcesave", `{"forcesave":true,"storeForcesave":false}`),
			Entry("several, as a list", t.holds("A007"), "fields[]=forcesave&fields[]=storeForcesave", `{"forcesave":true,"storeForcesave":false}`),
			Entry("several, repeated", t.holds("A007"), "fields=forcesave&fields=storeForcesave", `{"forcesave":true,"storeForcesave":false}`),
			Entry("nothing for an unknown name", t.holds("A007"), "fields=nope", `{}`),
			Entry("nothing for an empty value", t.holds("A007"), "fields=", `{}`),
			Entry("nothing for a name in another case", t.holds("A007"), "fields=Forcesave", `{}`),
			Entry("a property of a nested object", t.holds("A008"), "fields=automaticallyCleanUp.isAutoCleanUp", `{"automaticallyCleanUp":{"isAutoCleanUp":true}}`),
			Entry("a nested object, under other names", t.holds("A008"), "fields=defaultOrder", `{"defaultOrder":{"isAsc":false,"sortedBy":0}}`),
			Entry("a property of a nested object by its other name", t.holds("A008"), "fields=defaultOrder.sortedBy", `{"defaultOrder":{"sortedBy":0}}`),
			Entry("the envelope as it is", t.holds("A007"), "fields=status", `{}`),
		)

		It("has nested objects with all of their properties", t.holds("A002"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings", key: t.owner})
			Expect(a).To(haveMember(WithTransform(shape, Equal(map[string]any{"isAutoCleanUp": false, "gap": 0.})), "response", "automaticallyCleanUp"))
			Expect(a).To(haveMember(WithTransform(shape, Equal(map[string]any{"is_asc": false, "property": 0.})), "response", "defaultOrder"))
		})

		It("leaves of the settings what `fields` names, and all of that", t.holds("A007"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings?fields=externalShareSocialMedia,enableThirdParty,externalShare", key: t.owner})
			Expect(a).To(haveNames([]string{"enableThirdParty", "externalShare", "externalShareSocialMedia"}))
		})

		It("ignores count, startIndex, sortBy and filterValue", t.holds("A009"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings?count=1&startIndex=5&sortBy=x&filterValue=y", key: t.owner})
			Expect(a).To(lackNoneOf(settingsNames()))
		})

		It("promises X-RateLimit-* with a 200 (documented) and never sends them (v3.7.2)", t.holds("A010", "A011"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings", key: t.owner})
			if t.documented() {
				if !t.live { // where others ask too
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

		DescribeTable("negotiates the content type", t.holds("A012"),
			func(ctx SpecContext, accept, contentType string) {
				a := t.send(ctx, request{path: "files/settings?fields=forcesave", key: t.owner, header: http.Header{"Accept": {accept}}, off: true})
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveHeader("Content-Type", contentType))
			},
			Entry("to JSON for JSON", "application/json", "application/json; charset=utf-8"),
			Entry("to JSON for anything", "*/*", "application/json; charset=utf-8"),
			Entry("to text/json for nothing but text/json", "text/json", "text/json; charset=utf-8"),
			Entry("to JSON for what it cannot give: never 406", "application/xml", "application/json; charset=utf-8"),
		)
	})
}

// shape is a JSON value with nothing but its names and kinds.
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

// freshSettings is what the contract shows of a fresh portal.
func freshSettings() map[string]any {
	GinkgoHelper()
	doc, err := contract()
	Expect(err).NotTo(HaveOccurred())
	value := doc.Components.Examples["freshPortal"].Value.Value.(map[string]any)
	// Through JSON, so that numbers compare.
	text, err := json.Marshal(value["response"])
	Expect(err).NotTo(HaveOccurred())
	var settings map[string]any
	Expect(json.Unmarshal(text, &settings)).To(Succeed())
	return settings
}

// settingsNames are the 64 properties of v3.7.2 in the contract's order.
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
