package contract_test

import (
	"encoding/json"
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// fieldsSpecs describe the query parameter `fields` of the settings (DynamicIgnoreResolver.cs).
func fieldsSpecs(t *target) {
	Describe("the parameter `fields`", func() {
		DescribeTable("keeps of the answer",
			func(ctx SpecContext, query, response string) {
				a := t.send(ctx, request{path: "files/settings?" + query, key: t.owner, off: true})
				Expect(a).To(haveStatus(http.StatusOK))
				var expected any
				Expect(json.Unmarshal([]byte(response), &expected)).To(Succeed())
				if t.live { // its owner may have chosen other values
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
			Entry("a nested object, under the names in C#", t.holds("A008"), "fields=defaultOrder", `{"defaultOrder":{"isAsc":false,"sortedBy":0}}`),
			Entry("a property of a nested object, by its name in C#", t.holds("A008"), "fields=defaultOrder.sortedBy", `{"defaultOrder":{"sortedBy":0}}`),
			Entry("the envelope, whatever `fields` names", t.holds("A007"), "fields=status", `{}`),
		)

		DescribeTable("is read", t.holds("A007"),
			func(ctx SpecContext, query, response string) {
				a := t.getSettings(ctx, "files/settings?"+query, nil)
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveBody(HavePrefix(`{"response":` + response + `,"count":1,"links":[`)))
			},
			Entry("in the server's order, not in that of the names", "fields=storeForcesave,forcesave", `{"forcesave":true,"storeForcesave":false}`),
			Entry("with a name that is given twice", "fields=forcesave,forcesave", `{"forcesave":true}`),
			Entry("with its own name in any case", "FIELDS=forcesave", `{"forcesave":true}`),
			Entry("as a list before the plain name", "fields=storeForcesave&fields[]=forcesave", `{"forcesave":true}`),
			Entry("as a list whose items have no commas", "fields[]=forcesave,storeForcesave", `{}`),
			Entry("repeated, and then without commas", "fields=forcesave,x&fields=storeForcesave", `{"storeForcesave":false}`),
			Entry("not trimmed", "fields=%20forcesave,storeForcesave", `{"storeForcesave":false}`),
			Entry("escaped", "fields=force%73ave", `{"forcesave":true}`),
			Entry("with a name that does not exist", "fields=nope,forcesave", `{"forcesave":true}`),
			Entry("with the name of a nested object", "fields=automaticallyCleanUp", `{"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":4}}`),
			Entry("with a nested object and one of its properties", "fields=automaticallyCleanUp,automaticallyCleanUp.gap", `{"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":4}}`),
			Entry("with two properties of a nested object", "fields=automaticallyCleanUp.gap,automaticallyCleanUp.isAutoCleanUp", `{"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":4}}`),
			Entry("with an unknown property of a nested object", "fields=automaticallyCleanUp.nope", `{"automaticallyCleanUp":{}}`),
			Entry("with a property of a value that is not an object, which stays whole", "fields=forcesave.x", `{"forcesave":true}`),
			Entry("with a bare dot after a value", "fields=forcesave.", `{"forcesave":true}`),
			Entry("with a semicolon, which is part of the name", "fields=forcesave;storeForcesave", `{}`),
			Entry("with a property of a nested object, by the name that it has without `fields`", "fields=defaultOrder.is_asc,defaultOrder.isAsc", `{"defaultOrder":{"isAsc":false}}`),
			Entry("with the names of lists", "fields=extsWebTemplate,defaultSharingAccessRights", `{"extsWebTemplate":[],"defaultSharingAccessRights":[2]}`),
		)

		It("keeps all properties of the settings that it names", t.holds("A007"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings?fields=externalShareSocialMedia,enableThirdParty,externalShare", key: t.owner})
			Expect(a).To(haveNames([]string{"enableThirdParty", "externalShare", "externalShareSocialMedia"}))
		})

		if !t.documented() {
			It("filters the problems of bodies, but not the one for a missing scope", t.holds("A017"), func(ctx SpecContext) {
				t.usePortal()
				a := t.send(ctx, request{method: http.MethodPut, path: "files/settings/external?fields=status,errors.$", key: t.owner, body: `{"set":1}`, off: true})
				Expect(a).To(haveBody(MatchRegexp(`^\{"response":\{"errors":\{"\$\.set":\["[^]]*"\]\},"status":400\},"count":1,`)))
				if t.hasPerson(roomsAPIKey) {
					a = t.send(ctx, request{path: "files/settings?fields=status", key: roomsAPIKey, off: true})
					Expect(a).To(haveBody(MatchRegexp(`^\{"type":"[^"]*","title":"Forbidden","status":403,"traceId":"[^"]*"\}$`)))
				}
			})
		}

		It("filters the constants for anonymous callers too (v3.7.2)", t.holds("A007"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings?fields=organizeRoomsGrouping,forcesave"})
			if t.documented() {
				t.expectEmpty(a, http.StatusUnauthorized)
				return
			}
			Expect(a).To(haveBody(HavePrefix(`{"response":{"forcesave":true,"organizeRoomsGrouping":false},"count":1,`)))
		})
	})
}
