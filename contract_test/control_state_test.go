package contract_test

import (
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// controlStateSpecs describe the state of a portal, its snapshots and the reset.
func controlStateSpecs(t *target) {
	Describe("control API: state", func() {
		It("is brought back by a snapshot", t.holds("A914"), func(ctx SpecContext) {
			for range 5 {
				Expect(t.linkStatus(ctx, "protected", wrongPassword)).To(BeEquivalentTo(statusInvalidPassword))
			}
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
			t.control(ctx, http.MethodPut, "snapshots/before", "")
			DeferCleanup(func(ctx SpecContext) { t.control(ctx, http.MethodDelete, "snapshots/before", "") })
			Expect(t.control(ctx, http.MethodGet, "snapshots", "")).To(haveMember("before", 0, "name"))

			t.setSwitch(ctx, "external", false)
			t.control(ctx, http.MethodPost, "links", `{"key":"later"}`)
			t.addFault(ctx, `{"id":"stays","status":500,"operation":"externalShareSocialMedia"}`)
			t.advance(time.Second)
			t.control(ctx, http.MethodPost, "snapshots/before/restore", "")
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
			Expect(t.linkStatus(ctx, "later", `{}`)).To(BeEquivalentTo(statusInvalid))
			Expect(t.linkStatus(ctx, "protected", rightPassword)).To(BeEquivalentTo(statusOK))
			Expect(t.control(ctx, http.MethodGet, "faults", "")).To(haveBodyOfLen(1))
			Expect(t.control(ctx, http.MethodGet, "journal/count?operation=externalShare", "")).To(haveMember(BeEquivalentTo(1), "count"))
			Expect(t.control(ctx, http.MethodGet, "clock", "")).To(haveMember(t.clock.Format(time.RFC3339), "now"))
		})

		It("goes back to the start at a reset, whatever snapshot was restored", t.holds("A914"), func(ctx SpecContext) {
			t.setSwitch(ctx, "externalsocialmedia", false)
			t.control(ctx, http.MethodPut, "snapshots/off", "")
			DeferCleanup(func(ctx SpecContext) { t.control(ctx, http.MethodDelete, "snapshots/off", "") })
			t.control(ctx, http.MethodPost, "snapshots/off/restore", "")
			Expect(t.switches(ctx)).To(Equal(switches{external: true}))
			t.control(ctx, http.MethodPost, "reset", "")
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
		})

		It("is reset together with faults, journal and clock, but not the snapshots", t.holds("A920"), func(ctx SpecContext) {
			t.control(ctx, http.MethodPut, "snapshots/kept", "")
			DeferCleanup(func(ctx SpecContext) { t.control(ctx, http.MethodDelete, "snapshots/kept", "") })
			t.addFault(ctx, `{"status":500}`)
			t.control(ctx, http.MethodPost, "clock/freeze", `{"at":"2040-01-01T00:00:00Z"}`)
			Expect(t.sendToFault(ctx, t.switchOn())).To(haveStatus(500))
			t.control(ctx, http.MethodPost, "reset", "")
			Expect(t.control(ctx, http.MethodGet, "faults", "")).To(haveBodyOfLen(0))
			Expect(t.control(ctx, http.MethodGet, "journal", "")).To(haveBodyOfLen(0))
			clock := t.control(ctx, http.MethodGet, "clock", "")
			Expect(clock).To(haveMember(false, "frozen"))
			Expect(clock).To(haveMember("0s", "offset"))
			Expect(t.control(ctx, http.MethodGet, "snapshots", "")).To(haveMember("kept", 0, "name"))
		})

		It("can be replaced", t.holds("A915"), func(ctx SpecContext) {
			whole := t.control(ctx, http.MethodGet, "state", "")
			Expect(whole).To(haveMember(BeEquivalentTo(7), "tenantId"))
			Expect(whole).To(haveMember("Secret123!", "links", 1, "password"))
			a := t.control(ctx, http.MethodPut, "state", `{"profile":`+quote(t.profile)+`,"settings":{"externalShareSocialMedia":false},"links":[{"key":"only"}]}`)
			Expect(a).To(haveMember(BeEquivalentTo(1), "tenantId"))
			Expect(a).To(haveMember(HaveLen(1), "links"))
			Expect(t.linkStatus(ctx, "only", `{}`)).To(BeEquivalentTo(statusOK))
			Expect(t.linkStatus(ctx, "open", `{}`)).To(BeEquivalentTo(statusInvalid))
			Expect(t.control(ctx, http.MethodPut, "state", string(whole.body))).To(haveBody(string(whole.body)))
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
		})

		It("can be changed by a merge patch", t.holds("A915"), func(ctx SpecContext) {
			a := t.control(ctx, http.MethodPatch, "state", `{"tenantId":9,"settings":{"externalShare":false,"blockExistingLinksOnRestrict":false}}`)
			Expect(a).To(haveMember(BeEquivalentTo(9), "tenantId"))
			Expect(a).To(haveMember(true, "settings", "externalShareSocialMedia"))
			Expect(t.switches(ctx)).To(Equal(switches{}))
			Expect(t.postPassword(ctx, "open", "", `{}`)).To(haveMember(BeEquivalentTo(9), "response", "tenantId"))
			t.control(ctx, http.MethodPatch, "state", `{"settings":{"blockExistingLinksOnRestrict":null}}`)
			Expect(t.linkStatus(ctx, "open", `{}`)).To(BeEquivalentTo(statusExternalAccessDenied))
			a = t.control(ctx, http.MethodPatch, "state", `{"tenantId":null,"settings":null,"limits":{"passwordAttempts":{"count":1}}}`)
			Expect(a).To(haveMember(BeEquivalentTo(1), "tenantId"))
			Expect(a).To(haveMember("1m0s", "limits", "passwordAttempts", "window"))
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
			Expect(t.linkStatus(ctx, "protected", wrongPassword)).To(BeEquivalentTo(statusInvalidPassword))
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
		})

		It("gets the lists of a fresh portal where a patch has null", t.holds("A915"), func(ctx SpecContext) {
			Expect(t.control(ctx, http.MethodPatch, "state", `{"links":[]}`)).To(haveMember(BeEmpty(), "links"))
			Expect(t.control(ctx, http.MethodPatch, "state", `{"apiKeys":null,"users":null,"entries":null}`)).To(haveMember(BeEmpty(), "links"))
			a := t.control(ctx, http.MethodPatch, "state", `{"links":null}`)
			Expect(a).To(haveMember("KEY_FROM_URL", "links", 0, "key"))
			Expect(t.linkStatus(ctx, "KEY_FROM_URL", `{}`)).To(BeEquivalentTo(statusOK))
		})

		It("keeps the rooms and keys of a user whose address changes", t.holds("A916"), func(ctx SpecContext) {
			t.control(ctx, http.MethodPatch, "users/"+userID, `{"email":"renamed@example.com"}`)
			Expect(t.control(ctx, http.MethodGet, "entries/10", "")).To(haveMember([]any{"renamed@example.com"}, "members"))
			Expect(t.control(ctx, http.MethodGet, "apiKeys/"+userAPIKey, "")).To(haveMember("renamed@example.com", "user"))
			Expect(t.postPassword(ctx, "open", "user-token", `{}`)).To(haveMember(true, "response", "isRoomMember"))
			t.control(ctx, http.MethodPatch, "users/"+ownerID, `{"email":"chief@example.com"}`)
			Expect(t.control(ctx, http.MethodGet, "entries/10", "")).To(haveMember("chief@example.com", "createdBy"))
		})

		It("can change to each other profile and back", t.holds("A915"), func(ctx SpecContext) {
			DeferCleanup(func(profile string) { t.profile = profile }, t.profile)
			for _, profile := range append(mockserver.ProfileNames(), t.profile) {
				t.profile = profile
				Expect(t.control(ctx, http.MethodPatch, "state", `{"profile":`+quote(profile)+`}`)).To(haveMember(profile, "profile"))
				t.expectBadRequest(t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `[]`, off: true}), "$")
			}
		})

		It("has links, users, keys and entries that can be added, changed and removed", t.holds("A916"), func(ctx SpecContext) {
			link := t.control(ctx, http.MethodPost, "links", `{"password":"first","entry":"30"}`)
			Expect(link).To(haveStatus(http.StatusCreated))
			id, key := link.member("id").(string), link.member("key").(string)
			Expect(t.linkStatus(ctx, key, `{"password":"first"}`)).To(BeEquivalentTo(statusOK))
			t.control(ctx, http.MethodPatch, "links/"+id, `{"password":"second"}`)
			Expect(t.linkStatus(ctx, key, `{"password":"first"}`)).To(BeEquivalentTo(statusInvalidPassword))
			t.control(ctx, http.MethodPatch, "links/"+id, `{"password":null}`)
			Expect(t.postPassword(ctx, key, "", `{}`)).To(haveMember("Plans", "response", "title"))
			t.control(ctx, http.MethodPatch, "entries/30", `{"title":"Renamed"}`)
			Expect(t.postPassword(ctx, key, "", `{}`)).To(haveMember("Renamed", "response", "title"))
			t.control(ctx, http.MethodPatch, "entries/30", `{"section":"trash"}`)
			Expect(t.linkStatus(ctx, key, `{}`)).To(BeEquivalentTo(statusInvalid))
			entry := t.control(ctx, http.MethodPost, "entries", `{"type":"file","title":"New.docx"}`)
			t.control(ctx, http.MethodPatch, "links/"+id, `{"entry":`+quote(entry.member("id").(string))+`}`)
			Expect(t.postPassword(ctx, key, "", `{}`)).To(haveMember("New.docx", "response", "title"))
			t.control(ctx, http.MethodDelete, "links/"+id, "")
			Expect(t.linkStatus(ctx, key, `{}`)).To(BeEquivalentTo(statusInvalid))

			user := t.control(ctx, http.MethodPost, "users", `{"email":"new@example.com","role":"user","tokens":["new-token"]}`)
			newKey := t.control(ctx, http.MethodPost, "apiKeys", `{"user":"new@example.com"}`).member("key").(string)
			Expect(newKey).To(MatchRegexp(`^sk-[0-9a-f]{64}$`))
			as := func(key string) answer {
				r := t.switchOn()
				r.key = key
				return t.send(ctx, r)
			}
			Expect(as(newKey)).To(haveStatus(http.StatusForbidden))
			t.control(ctx, http.MethodPatch, "users/"+user.member("id").(string), `{"role":"docSpaceAdmin"}`)
			Expect(as(newKey)).To(haveStatus(http.StatusOK))
			Expect(as("new-token")).To(haveStatus(http.StatusOK))
			t.control(ctx, http.MethodPatch, "apiKeys/"+newKey, `{"permissions":["files:read"]}`)
			Expect(as(newKey)).To(haveStatus(http.StatusForbidden))
			t.control(ctx, http.MethodDelete, "apiKeys/"+newKey, "")
			Expect(as(newKey)).To(haveStatus(http.StatusUnauthorized))
			t.control(ctx, http.MethodPatch, "users/"+user.member("id").(string), `{"disabled":true}`)
			Expect(as("new-token")).To(haveStatus(http.StatusUnauthorized))
			t.control(ctx, http.MethodDelete, "users/"+user.member("id").(string), "")
			Expect(t.tryControl(ctx, http.MethodGet, "users/"+user.member("id").(string), "")).To(haveStatus(http.StatusNotFound))
		})

		It("gets the values of a fresh portal where it leaves them out", t.holds("A921"), func(ctx SpecContext) {
			const left = `{"profile":PROFILE,
				"entries":[{"id":"1","title":"A","type":"room"},{"id":"2","title":"B","type":"folder"},{"id":"3","title":"C","type":"file"}],
				"links":[{"key":"nowhere"},{"key":"folder","entry":"2","password":"Secret123!"},{"key":"file","entry":"3","password":"Secret123!"},{"key":"room","password":"Secret123!"}],
				"settings":{"externalShare":false,"externalShareApplyToDocuments":false},
				"limits":{"passwordAttempts":{"count":1,"window":"5s"},"rateLimit":{"perMinute":9}}}`
			state := t.control(ctx, http.MethodPut, "state", strings.ReplaceAll(left, "PROFILE", quote(t.profile)))
			Expect(state).To(haveMember(map[string]any{"count": 1., "window": "5s", "block": "1m0s"}, "limits", "passwordAttempts"))
			Expect(state).To(haveMember(map[string]any{"enabled": false, "perMinute": 9., "concurrentReads": 50., "concurrentWrites": 15., "writesPerDay": 10000.}, "limits", "rateLimit"))
			Expect(state).To(haveMember(true, "settings", "externalShareSocialMedia"))
			Expect(state).To(haveMember("owner", "users", 0, "role"))
			for i, section := range []string{"rooms", "documents", "documents"} {
				Expect(state).To(haveMember(section, "entries", i, "section"))
			}
			Expect(state).To(haveMember("1", "links", 0, "entry"))
			for key, status := range map[string]int{"folder": statusOK, "file": statusOK, "room": statusExternalAccessDenied} {
				Expect(t.linkStatus(ctx, key, rightPassword)).To(BeEquivalentTo(status), key)
			}
			Expect(t.postPassword(ctx, "nowhere", "YOUR_API_KEY", `{}`)).To(haveMember("A", "response", "title"))
		})

		It("gets its switches back at a reset", t.holds("A605"), func(ctx SpecContext) {
			t.setSwitch(ctx, "external", false)
			t.control(ctx, http.MethodPost, "reset", "")
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
		})

		It("loses its counts of requests and wrong passwords at a reset", t.holds("A605"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.Limits = mockserver.Limits{RateLimit: mockserver.RateLimit{Enabled: true, PerMinute: 2}, PasswordAttempts: mockserver.PasswordAttempts{Count: 1}}
			})
			for range 2 {
				Expect(t.postPassword(ctx, "protected", "", wrongPassword).member("response", "status")).To(BeEquivalentTo(statusInvalidPassword))
				t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
				Expect(t.postPassword(ctx, "protected", "", rightPassword)).To(haveStatus(http.StatusTooManyRequests))
				t.control(ctx, http.MethodPost, "reset", "")
				t.putPortal(ctx) // the program went back to its file
			}
		})
	})
}
