package contract_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// whySpecs describe how the fake explains an answer: by which claims, and what other profiles do.
func whySpecs(t *target) {
	Describe("why an answer is what it is", func() {
		// explain is what the fake says of an answer.
		explain := func(ctx SpecContext, a answer) answer {
			GinkgoHelper()
			return t.control(ctx, http.MethodGet, "journal/"+a.Header.Get("X-Mock-Sequence")+"/why", "")
		}
		// numbers are the claims of an object in an explanation, in order.
		numbers := func(why answer, steps ...any) string {
			GinkgoHelper()
			var list []string
			for _, claim := range why.member(append(steps, "claims")...).([]any) {
				list = append(list, claim.(map[string]any)["number"].(string))
			}
			return strings.Join(list, " ")
		}
		put := func(name, key, body string) request {
			return request{method: http.MethodPut, path: "files/settings/" + name, key: key, body: body, off: true}
		}
		password := func(link, key, body string) request {
			return request{method: http.MethodPost, path: "files/share/" + link + "/password", key: key, body: body, off: true}
		}
		get := func(path, key string) request { return request{path: path, key: key, off: true} }

		t.tableOfFake("is told by the claims that decided it", t.holds("A610"),
			func(ctx SpecContext, r request, server, documented string) {
				want := server
				if t.documented() {
					want = documented
				}
				why := explain(ctx, t.send(ctx, r))
				Expect(numbers(why)).To(Equal(want))
				Expect(why).To(haveMember(Not(ContainElement(ContainSubstring("claim"))), "notes"))
			},
			Entry("set", put("external", ownerAPIKey, `{"set":true}`), "A103 A101", "A103 A101"),
			Entry("displayValue", put("external", ownerAPIKey, `{"displayValue":true}`), "A104 A106 A101 A121", "A107 A101"),
			Entry("both", put("external", ownerAPIKey, `{"displayValue":true,"set":true}`), "A103 A106 A101", "A103 A101"),
			Entry("both, and they differ", put("external", ownerAPIKey, `{"displayValue":true,"set":false}`), "A103 A106 A101 A121", "A108"),
			Entry("neither", put("externalsocialmedia", ownerAPIKey, `{}`), "A104 A101", "A105"),
			Entry("no boolean", put("external", ownerAPIKey, `{"set":"true"}`), "A109", "A110"),
			Entry("no JSON", put("external", ownerAPIKey, `{`), "A111", "A112"),
			Entry("no body", put("external", ownerAPIKey, ``), "A113", "A114"),
			Entry("null", put("external", ownerAPIKey, `null`), "A113", "A114"),
			Entry("another media type", request{method: http.MethodPut, path: "files/settings/external", key: ownerAPIKey, body: `{"set":true}`, media: "text/plain", off: true}, "A116", "A117"),
			Entry("no credentials", put("external", "", `{"set":true}`), "A401", "A401"),
			Entry("an unknown token", put("external", "nobody", `{"set":true}`), "A403 A401", "A403 A401"),
			Entry("an unknown API key", put("external", unknownAPIKey, `{"set":true}`), "A409 A401", "A409 A401"),
			Entry("no role", put("external", userAPIKey, `{"set":true}`), "A103 A119", "A103 A119"),
			Entry("no scope", put("external", readAPIKey, `{"set":true}`), "A408", "A408"),
			Entry("the settings", get("files/settings", ownerAPIKey), "A013", "A013"),
			Entry("some of the settings", get("files/settings?fields=externalShare", ownerAPIKey), "A013 A007", "A013 A007"),
			Entry("the settings without credentials", get("files/settings", ""), "A005 A006", "A004"),
			Entry("the settings of a visitor", get("files/settings?share=open", ""), "A005 A006", "A018"),
			Entry("another method", request{method: http.MethodDelete, path: "files/settings/external", key: ownerAPIKey, off: true}, "A502", "A503"),
			Entry("an unknown path", get("files/settings/nope", ownerAPIKey), "A504", "A505"),
			Entry("the policy", put("externalsharingsettings", ownerAPIKey, `{"externalShare":true}`), "A1051", "A1051"),
			Entry("the policy of a user", put("externalsharingsettings", userAPIKey, `{}`), "A1058", "A1058"),
			Entry("the policy of nobody", put("externalsharingsettings", "", `{}`), "A1059", "A1060"),
			Entry("the policy without a body", put("externalsharingsettings", ownerAPIKey, ``), "A1062", "A1064 A1051 A1053 A1056"),
			Entry("an open link", password("open", "", `{}`), "A205", "A205"),
			Entry("a right password", password("protected", "", rightPassword), "A206", "A206"),
			Entry("a wrong password", password("protected", "", wrongPassword), "A207", "A207"),
			Entry("a wrong password of the owner", password("protected", ownerAPIKey, wrongPassword), "A227 A207", "A226"),
			Entry("no password", password("protected", "", `{}`), "A208", "A208"),
			Entry("a password that is no text", password("protected", "", `{"password":1}`), "A215", "A216"),
			Entry("an unknown key", password("unknown", "", rightPassword), "A201", "A201"),
			Entry("a link whose time is over", password("expired", "", rightPassword), "A202", "A202"),
			Entry("an internal link", password("internal", "", `{}`), "A203", "A203"),
			Entry("an internal link for somebody with an account", password("internal", userAPIKey, `{}`), "A205 A204", "A205 A204"),
			Entry("a link into the trash", password("trashed", "", rightPassword), "A206 A211", "A206 A211"),
			Entry("a link to nothing", password("orphan", "", `{}`), "A205 A210", "A205 A210"),
			Entry("a member without the password", password("protected", userAPIKey, `{}`), "A208 A230", "A208 A230"),
			Entry("where a link leads", get("files/share/open", ""), "A1001 A205", "A1001 A205"),
			Entry("where an unknown key leads", get("files/share/unknown", ""), "A1001 A201", "A1001 A201"),
			Entry("the primary link of a room", get("files/rooms/10/link", ownerAPIKey), "A1101", "A1101"),
			Entry("the links of a room", get("files/rooms/10/links", ownerAPIKey), "A1127 A1131", "A1127 A1131"),
			Entry("a new link", request{method: http.MethodPut, path: "files/folder/30/links", key: ownerAPIKey, body: `{"access":2}`}, "A1144", "A1144"),
			Entry("one link too many", request{method: http.MethodPut, path: "files/rooms/10/links", key: ownerAPIKey, body: `{"linkType":1,"access":2}`}, "A1107", "A1107"),
			Entry("a new link of a user", request{method: http.MethodPut, path: "files/rooms/10/links", key: userAPIKey, body: `{"linkType":1,"access":2}`}, "A1131", "A1131"),
			Entry("a link with a short password", request{method: http.MethodPut, path: "files/rooms/10/links", key: ownerAPIKey, body: `{"linkType":1,"access":2,"password":"x"}`}, "A1113", "A1113"),
			Entry("a room", get("files/rooms/10", ownerAPIKey), "A1201 A1204", "A1201 A1204"),
			Entry("a room for nobody", get("files/rooms/10", ""), "A1206", "A1206"),
			Entry("a file for nobody", get("files/file/40", ""), "A1207", "A1208"),
			Entry("a folder with the key of another link", get("files/folder/30?share=open", ""), "A1206 A1213", "A1206 A1213"),
			Entry("what is not there", get("files/file/999", ownerAPIKey), "A1209", "A1209"),
			Entry("signing in", request{method: http.MethodPost, path: "authentication", body: `{"userName":"owner@example.com","password":"Owner-pass-1"}`}, "A1301", "A1301"),
			Entry("signing in with a wrong password", request{method: http.MethodPost, path: "authentication", body: `{"userName":"owner@example.com","password":"x"}`}, "A1304", "A1304"),
			Entry("who the caller is", get("people/@self", ownerAPIKey), "A1331", "A1331"),
		)

		t.itOfFake("is told of a link that was locked", t.holds("A610"), func(ctx SpecContext) {
			for range 5 {
				t.postPassword(ctx, "protected", "", wrongPassword)
			}
			Expect(numbers(explain(ctx, t.postPassword(ctx, "protected", "", rightPassword)))).To(Equal("A301 A307"))
		})

		t.itOfFake("is told of too many requests", t.holds("A610"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.Limits.RateLimit = mockserver.RateLimit{Enabled: true, PerMinute: 1}
			})
			t.send(ctx, t.readSettings())
			want := "A802"
			if t.documented() {
				want = "A801"
			}
			Expect(numbers(explain(ctx, t.send(ctx, t.readSettings())))).To(Equal(want))
		})

		t.itOfFake("is told with the evidence, and with what each profile does", t.holds("A610"), func(ctx SpecContext) {
			why := explain(ctx, t.send(ctx, put("external", ownerAPIKey, `{"displayValue":true}`)))
			a := assumptions["A104"]
			if t.documented() {
				a = assumptions["A107"]
			}
			for name, want := range map[string]any{"claim": a.claim, "evidence": a.evidence, "citation": shortCitation(a)} {
				Expect(why).To(haveMember(want, "claims", 0, name))
			}
			for i, profile := range allProfiles {
				Expect(why).To(haveMember(profile, "profiles", i, "profile"))
				Expect(why).To(haveMember(profile == t.profile, "profiles", i, "own"))
				switch documented := profile == mockserver.ProfileDocumented; {
				case documented == t.documented():
					Expect(why.member("profiles", i)).NotTo(HaveKey("does"))
					Expect(numbers(why, "profiles", i)).To(BeEmpty())
				case documented:
					Expect(why).To(haveMember("reads displayValue and set, so it takes this body as true and answers 200", "profiles", i, "does"))
					Expect(numbers(why, "profiles", i)).To(Equal("A107"))
				default:
					Expect(why).To(haveMember("reads nothing but set, so it takes this body as false and answers 200", "profiles", i, "does"))
					Expect(numbers(why, "profiles", i)).To(Equal("A104 A106"))
				}
			}
		})

		t.itOfFake("is a fault, or a call that the fake does not have", t.holds("A610"), func(ctx SpecContext) {
			t.addFault(ctx, `{"operation":"externalShare","status":503,"times":1}`)
			why := explain(ctx, t.sendToFault(ctx, t.switchOn()))
			Expect(numbers(why)).To(BeEmpty())
			Expect(why).To(haveMember(ConsistOf("A fault made this answer, and the portal was not asked."), "notes"))
			why = explain(ctx, t.send(ctx, get("files/@my", t.owner)))
			Expect(why).To(haveMember(ConsistOf("Hint: mock-docspace does not have this call; a portal answers here with the caller's documents"), "notes"))
		})

		t.itOfFake("is not told of a request that the journal does not have", t.holds("A610"), func(ctx SpecContext) {
			last := t.send(ctx, t.readSettings()).Header.Get("X-Mock-Sequence")
			t.control(ctx, http.MethodDelete, "journal", "")
			for _, sequence := range []string{last, "1000000"} {
				a := t.tryControl(ctx, http.MethodGet, "journal/"+sequence+"/why", "")
				Expect(a).To(haveStatus(http.StatusNotFound))
				Expect(a).To(haveMember(ContainSubstring(" "+sequence+" "), "message"))
			}
		})
	})
}

// claimsNumber is the assumption about the claims of all answers.
const claimsNumber = "A611"

// explained is what the answers of a target have said of their claims.
type explained struct {
	answers  int
	wrong    []string        // claims that are unknown, or do not hold in the profile
	withNone map[string]bool // answers to the calls without a claim
}

// unexplained are the answers to the calls of which some name no claim.
var unexplained = []string{
	"applyExternalSharePassword answered 500", // a key of blanks, of which the documentation says nothing
	"createRoom answered 400",                 // an encrypted room
	"getFileInfo answered 404",                // another version than the first
	"setRoomLink answered 403",                // the ID of a link of another entry
}

// checkClaims looks at the claims of all answers in the journal of a spec.
func (t *target) checkClaims() {
	if t.server == nil {
		return
	}
	for _, r := range t.server.LastRequests(1000) {
		t.explained.answers++
		for _, number := range r.Claims {
			if a := assumptions[number]; !slices.Contains(a.profiles, t.profile) && !slices.Contains(a.profiles, t.profileOf(r.Sequence)) {
				t.explained.wrong = append(t.explained.wrong, fmt.Sprintf("%s %s answered %d by %s", r.Method, r.Path, r.Status, number))
			}
		}
		if len(r.Claims) == 0 && r.Operation != "" && len(r.Faults) == 0 && r.Status != 0 {
			if t.explained.withNone == nil {
				t.explained.withNone = map[string]bool{}
			}
			t.explained.withNone[fmt.Sprintf("%s answered %d", r.Operation, r.Status)] = true
		}
	}
}

// profileOf is the profile that the portal had for a request: a spec may have changed it.
func (t *target) profileOf(sequence uint64) string {
	why, err := t.server.Why(sequence)
	at := slices.IndexFunc(why.Profiles, func(p mockserver.ProfileAnswer) bool { return p.Own })
	if err != nil || at < 0 {
		return ""
	}
	return why.Profiles[at].Profile
}

// claimSpecs look at the claims of all answers, so they must run last, like contractSpecs.
func claimSpecs(t *target) {
	if t.live || t.isProgram() {
		return
	}
	Describe("every answer", func() {
		It("names claims that hold in the profile, and answers to the calls name some", t.holds(claimsNumber), func() {
			Expect(t.explained.wrong).To(BeEmpty())
			Expect(unexplained).To(ContainElements(slices.Collect(maps.Keys(t.explained.withNone))))
			Expect(t.explained.answers).To(BeNumerically(">", 0))
		})
	})
}
