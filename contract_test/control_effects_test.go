package contract_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// question is a request to the portal, and what is read of its answer.
type question func(t *target, ctx context.Context) any

// change is a call of the control API, and the answer to the question after it.
type change struct {
	method, path, body string
	after              any
}

// controlEffectSpecs prove the calls of the control API by what they do to the calls of the portal. Their own answers are not looked at.
func controlEffectSpecs(t *target) {
	Describe("control API: effects", func() {
		// follow asks, and asks again after each change.
		follow := func(ctx SpecContext, ask question, before any, changes ...change) {
			GinkgoHelper()
			Expect(ask(t, ctx)).To(BeEquivalentTo(before), "before")
			for _, c := range changes {
				t.control(ctx, c.method, c.path, c.body)
				Expect(ask(t, ctx)).To(BeEquivalentTo(c.after), "%s %s %s", c.method, c.path, c.body)
			}
		}
		patch := func(path, body string, after any) change { return change{http.MethodPatch, path, body, after} }
		remove := func(path string, after any) change { return change{http.MethodDelete, path, "", after} }
		add := func(path, body string, after any) change { return change{http.MethodPost, path, body, after} }

		const newUser, newLinkID = "66faa6e4-f133-11ea-b126-00ffeec8b4a1", "3fa85f64-5717-4562-b3fc-2c963f66af01"
		userToken, userBasic := authorization("user-token"), basic("user@example.com:User-pass-1")
		admin, protectedID, openID := "apiKeys/"+adminAPIKey, "links/3fa85f64-5717-4562-b3fc-2c963f66afa1", "links/3fa85f64-5717-4562-b3fc-2c963f66afa0"

		DescribeTable("of users are there from the next request on:", t.holds("A916"), follow,
			Entry("one who is added and removed", switching(authorization("new-token")), 401,
				add("users", `{"id":"`+newUser+`","email":"new@example.com","role":"docSpaceAdmin","tokens":["new-token"]}`, 200), remove("users/"+newUser, 401)),
			Entry("the role", switching(userToken), 403, patch("users/"+userID, `{"role":"docSpaceAdmin"}`, 200), patch("users/"+userID, `{"role":"guest"}`, 403)),
			Entry("the role, for an API key", switching(bearer(userAPIKey)), 403, patch("users/"+userID, `{"role":"docSpaceAdmin"}`, 200), patch("users/"+userID, `{"role":"roomAdmin"}`, 403)),
			Entry("the tokens", switching(userToken), 403, patch("users/"+userID, `{"tokens":["other"]}`, 401), patch("users/"+userID, `{"tokens":["other","user-token"]}`, 403), patch("users/"+userID, `{"tokens":null}`, 401)),
			Entry("the password", switching(userBasic), 403, patch("users/"+userID, `{"password":"User-pass-2"}`, 401), patch("users/"+userID, `{"password":"User-pass-1"}`, 403), patch("users/"+userID, `{"password":null}`, 401)),
			Entry("the password, to sign in", signingIn("user@example.com", "User-pass-1"), 200, patch("users/"+userID, `{"password":"User-pass-2"}`, 401), patch("users/"+userID, `{"password":"User-pass-1"}`, 200), patch("users/"+userID, `{"password":null}`, 401)),
			Entry("the address", switching(userBasic), 403, patch("users/"+userID, `{"email":"other@example.com"}`, 401), patch("users/"+userID, `{"email":"user@example.com"}`, 403)),
			Entry("the address, which the token does not need", switching(userToken), 403, patch("users/"+userID, `{"email":"other@example.com"}`, 403)),
			Entry("whether one is disabled", switching(userToken), 403, patch("users/"+userID, `{"disabled":true}`, 401), patch("users/"+userID, `{"disabled":false}`, 403)),
			Entry("whether one is disabled, for an API key", switching(bearer(userAPIKey)), 403, patch("users/"+userID, `{"disabled":true}`, 401), patch("users/"+userID, `{"disabled":null}`, 403)),
			Entry("whether one is disabled, for an access token", switching(jwt(`"sub":"`+userID+`","scope":["files:write"]`)), 403, patch("users/"+userID, `{"disabled":true}`, 401), patch("users/"+userID, `{"disabled":false}`, 403)),
			Entry("one who is removed, for an access token", switching(jwt(`"sub":"`+userID+`","scope":["files:write"]`)), 403, remove("users/"+userID, 401)),
			Entry("one who is removed takes the keys along", switching(bearer(userAPIKey)), 403, remove("users/"+userID, 401),
				add("users", `{"id":"`+userID+`","email":"user@example.com","role":"user"}`, 401)),
			Entry("one who is removed leaves the rooms", opening("protected", authorization("again"), `{}`), statusRequiredPassword,
				patch("users/"+userID, `{"tokens":["again"]}`, statusOK), remove("users/"+userID, statusRequiredPassword),
				add("users", `{"id":"`+userID+`","email":"user@example.com","role":"user","tokens":["again"]}`, statusRequiredPassword)),
			Entry("the name", own("firstName", userToken), "user", patch("users/"+userID, `{"firstName":"Ada"}`, "Ada"), patch("users/"+userID, `{"firstName":null}`, "user")),
		)

		DescribeTable("of API keys are there from the next request on:", t.holds("A916"), follow,
			Entry("one that is added and removed", switching(bearer("sk-new")), 401, add("apiKeys", `{"key":"sk-new","user":"admin@example.com"}`, 200), remove("apiKeys/sk-new", 401), add("apiKeys", `{"key":"sk-new","user":"guest@example.com"}`, 403)),
			Entry("the permissions", switching(bearer(adminAPIKey)), 200, patch(admin, `{"permissions":["files:read"]}`, 403), patch(admin, `{"permissions":["files:write"]}`, 200), patch(admin, `{"permissions":["rooms:write"]}`, 403), patch(admin, `{"permissions":null}`, 200)),
			Entry("the expiry", switching(bearer(adminAPIKey)), 200, patch(admin, `{"expires":"2026-07-01T11:59:59Z"}`, 401), patch(admin, `{"expires":"2026-07-01T12:10:00Z"}`, 200), patch(admin, `{"expires":"1999-01-01T00:00:00+05:00"}`, 401), patch(admin, `{"expires":null}`, 200)),
			Entry("whether it is active", switching(bearer(adminAPIKey)), 200, patch(admin, `{"active":false}`, 401), patch(admin, `{"active":true}`, 200), patch(admin, `{"active":false}`, 401), patch(admin, `{"active":null}`, 200)),
			Entry("the user", switching(bearer(adminAPIKey)), 200, patch(admin, `{"user":"user@example.com"}`, 403), patch(admin, `{"user":"owner@example.com"}`, 200), patch(admin, `{"user":"gone@example.com"}`, 401)),
		)

		roomAdmin := authorization("room-admin-token")
		DescribeTable("of entries are there from the next request on:", t.holds("A916"), follow,
			Entry("one that is added and removed", opening("orphan", nil, `{}`), statusInvalid, add("entries", `{"id":"99","title":"New","type":"file"}`, statusOK), remove("entries/99", statusInvalid)),
			Entry("the title", told("open", "title"), "Marketing", patch("entries/10", `{"title":"Sales"}`, "Sales")),
			Entry("the section", opening("open-folder", nil, `{}`), statusOK, patch("entries/30", `{"section":"trash"}`, statusInvalid), patch("entries/30", `{"section":"documents"}`, statusOK), patch("entries/30", `{"section":"archive"}`, statusInvalid), patch("entries/30", `{"section":null}`, statusOK)),
			Entry("the section of what it is in", opening("protected-file", nil, rightPassword), statusOK, patch("entries/40", `{"parent":"50"}`, statusInvalid), patch("entries/40", `{"parent":null}`, statusOK), patch("entries/40", `{"parent":"30"}`, statusOK)),
			Entry("the members", opening("protected", userToken, `{}`), statusOK, patch("entries/10", `{"members":[]}`, statusRequiredPassword), patch("entries/10", `{"members":["guest@example.com","user@example.com"]}`, statusOK), patch("entries/10", `{"members":null}`, statusRequiredPassword)),
			Entry("the creator", opening("protected", roomAdmin, `{}`), statusRequiredPassword, patch("entries/10", `{"createdBy":"room-admin@example.com"}`, statusOK), patch("entries/10", `{"createdBy":null}`, statusRequiredPassword)),
			Entry("one that is removed can be added again", told("open", "title"), "Marketing", remove("entries/10", "nothing"), add("entries", `{"id":"10","title":"Again","type":"room"}`, "Again")),
		)

		DescribeTable("of links are there from the next request on:", t.holds("A916"), follow,
			Entry("one that is added and removed", opening("new", nil, `{}`), statusInvalid, add("links", `{"id":"`+newLinkID+`","key":"new"}`, statusOK), remove("links/"+newLinkID, statusInvalid)),
			Entry("the key", opening("open", nil, `{}`), statusOK, patch(openID, `{"key":"other"}`, statusInvalid), patch(openID, `{"key":"open"}`, statusOK), patch(openID, `{"key":null}`, statusInvalid)),
			Entry("the entry", told("open", "title"), "Marketing", patch(openID, `{"entry":"30"}`, "Plans"), patch(openID, `{"entry":null}`, "Marketing")),
			Entry("the password", opening("open", nil, rightPassword), statusOK, patch(openID, `{"password":"Other-pass"}`, statusInvalidPassword), patch(openID, `{"password":"Secret123!"}`, statusOK), patch(openID, `{"password":"secret123!"}`, statusInvalidPassword), patch(openID, `{"password":null}`, statusOK)),
			Entry("the expiry", opening("open", nil, `{}`), statusOK, patch(openID, `{"expires":"2026-07-01T11:59:59.999Z"}`, statusExpired), patch(openID, `{"expires":"2026-07-01T14:10:00+02:00"}`, statusOK), patch(openID, `{"expires":"1970-01-01T00:00:01Z"}`, statusExpired), patch(openID, `{"expires":null}`, statusOK), patch(openID, `{"expires":"9999-12-31T23:59:59Z"}`, statusOK)),
			Entry("whether it is internal", opening("open", nil, `{}`), statusOK, patch(openID, `{"internal":true}`, statusExternalAccessDenied), patch(openID, `{"internal":false}`, statusOK), patch(openID, `{"internal":true}`, statusExternalAccessDenied), patch(openID, `{"internal":null}`, statusOK)),
			Entry("whether it invites", opening("open", nil, `{}`), statusOK, patch(openID, `{"invitation":true}`, statusInvalid), patch(openID, `{"invitation":false}`, statusOK)),
			Entry("the title", listed("title"), "Shared link", patch(openID, `{"title":"For all"}`, "For all"), patch(openID, `{"title":null}`, "Shared link")),
			Entry("whether it denies downloads", listed("denyDownload"), false, patch(openID, `{"denyDownload":true}`, true), patch(openID, `{"denyDownload":null}`, false)),
			Entry("whether it is primary", listed("primary"), false, patch(openID, `{"primary":true}`, true), patch(openID, `{"primary":null}`, false)),
			Entry("one of an entry that is removed", opening("protected", nil, `{}`), statusRequiredPassword, remove("entries/10", statusInvalid), patch(protectedID, `{"entry":"30","password":null}`, statusOK)),
		)

		state := func(body string, after any) change { return patch("state", body, after) }
		off := `{"settings":{"externalShare":false}}`
		DescribeTable("of the state are there from the next request on:", t.holds("A915"), follow,
			Entry("external sharing", showing("externalShare"), true, state(off, false), state(`{"settings":{"externalShare":true}}`, true), state(off, false), state(`{"settings":{"externalShare":null}}`, true)),
			Entry("social media", showing("externalShareSocialMedia"), true, state(`{"settings":{"externalShareSocialMedia":false}}`, false), state(`{"settings":{"externalShareSocialMedia":null}}`, true), state(off, false), state(`{"settings":{"externalShare":true}}`, true)),
			Entry("third parties", showing("enableThirdParty"), true, state(`{"settings":{"enableThirdParty":false}}`, false), state(`{"settings":{"enableThirdParty":null}}`, true)),
			Entry("the default of new links", showing("defaultShareLinkInternal"), false, state(`{"settings":{"defaultShareLinkInternal":true}}`, true), state(`{"settings":{"defaultShareLinkInternal":null}}`, false)),
			Entry("existing links", opening("open", nil, `{}`), statusOK, state(off, statusExternalAccessDenied), state(`{"settings":{"blockExistingLinksOnRestrict":false}}`, statusOK), state(`{"settings":{"blockExistingLinksOnRestrict":true}}`, statusExternalAccessDenied), state(`{"settings":null}`, statusOK)),
			Entry("rooms", opening("open", nil, `{}`), statusOK, state(off, statusExternalAccessDenied), state(`{"settings":{"externalShareApplyToRooms":false}}`, statusOK), state(`{"settings":{"externalShareApplyToDocuments":false}}`, statusOK), state(`{"settings":{"externalShareApplyToRooms":null}}`, statusExternalAccessDenied)),
			Entry("documents", opening("open-folder", nil, `{}`), statusOK, state(off, statusExternalAccessDenied), state(`{"settings":{"externalShareApplyToDocuments":false}}`, statusOK), state(`{"settings":{"externalShareApplyToRooms":false}}`, statusOK), state(`{"settings":{"externalShareApplyToDocuments":null}}`, statusExternalAccessDenied)),
			Entry("the tenant", told("open", "tenantId"), 7, state(`{"tenantId":9}`, 9), state(`{"tenantId":null}`, 1)),
			Entry("users", switching(userToken), 403, state(`{"users":[{"email":"owner@example.com","role":"owner"},{"email":"user@example.com","role":"docSpaceAdmin","tokens":["user-token"]}],"apiKeys":[],"entries":[],"links":[]}`, 200)),
			Entry("API keys", switching(bearer("sk-new")), 401, state(`{"apiKeys":[{"key":"sk-new","user":"owner@example.com"}]}`, 200), state(`{"apiKeys":[]}`, 401)),
			Entry("entries", told("open", "title"), "Marketing", state(`{"entries":[{"id":"10","title":"Only","type":"file"}]}`, "Only"), state(`{"entries":[]}`, "nothing")),
			Entry("links", opening("new", nil, `{}`), statusInvalid, state(`{"links":[{"key":"new","entry":"30"}]}`, statusOK), state(`{"links":[]}`, statusInvalid)),
			Entry("sessions", switching(authorization("in-session")), 401, state(`{"sessions":[{"token":"in-session","user":"admin@example.com"}]}`, 200), state(`{"sessions":[{"token":"in-session","user":"admin@example.com","expires":"2026-07-01T11:00:00Z"}]}`, 401), state(`{"sessions":null}`, 401)),
			Entry("what replaces it", switching(authorization("only")), 401, change{http.MethodPut, "state", `{"users":[{"email":"owner@example.com","role":"owner","tokens":["only"]}],"profile":` + quote(t.profile) + `}`, 200}, change{http.MethodPut, "state", `{"profile":` + quote(t.profile) + `}`, 401}),
		)

		It("of the limits are there from the next request on", t.holds("A915"), func(ctx SpecContext) {
			wrong := func() any { return opening("protected", nil, wrongPassword)(t, ctx) }
			t.control(ctx, http.MethodPatch, "state", `{"limits":{"passwordAttempts":{"count":2,"block":"10s"}}}`)
			Expect([]any{wrong(), wrong(), wrong()}).To(Equal([]any{float64(statusInvalidPassword), float64(statusInvalidPassword), 403}))
			t.advance(10 * time.Second)
			Expect(wrong()).To(BeEquivalentTo(statusInvalidPassword), "the block is over")
			t.control(ctx, http.MethodPatch, "state", `{"limits":{"passwordAttempts":null}}`)
			for range 4 {
				Expect(wrong()).To(BeEquivalentTo(statusInvalidPassword), "the count goes on to the new limit")
			}
			Expect(wrong()).To(BeEquivalentTo(403))
			t.control(ctx, http.MethodPatch, "state", `{"limits":{"rateLimit":{"enabled":true,"perMinute":50,"writesPerDay":2}}}`)
			switching := switching(bearer(adminAPIKey))
			Expect([]any{switching(t, ctx), switching(t, ctx), switching(t, ctx)}).To(Equal([]any{200, 200, 429}))
			t.control(ctx, http.MethodPatch, "state", `{"limits":{"rateLimit":{"writesPerDay":3}}}`)
			Expect([]any{switching(t, ctx), switching(t, ctx)}).To(Equal([]any{200, 429}))
			t.control(ctx, http.MethodPatch, "state", `{"limits":{"rateLimit":null}}`)
			Expect(switching(t, ctx)).To(Equal(200))
		})

		DescribeTable("of a snapshot that is restored are there from the next request on:", t.holds("A914"),
			func(ctx SpecContext, ask question, before any, away change) {
				DeferCleanup(func(ctx SpecContext) { t.control(ctx, http.MethodDelete, "snapshots/effects", "") })
				snapshot, restore := change{http.MethodPut, "snapshots/effects", "", before}, change{http.MethodPost, "snapshots/effects/restore", "", before}
				replaced := change{http.MethodPut, "snapshots/effects", "", away.after}
				again := change{http.MethodPost, "snapshots/effects/restore", "", away.after}
				follow(ctx, ask, before, snapshot, away, restore, away, replaced, change{http.MethodPatch, "state", `{"tenantId":3}`, away.after}, again, change{http.MethodPost, "reset", "", before}, again)
			},
			Entry("settings", showing("externalShare"), true, state(off, false)),
			Entry("users", switching(userToken), 403, remove("users/"+userID, 401)),
			Entry("API keys", switching(bearer(adminAPIKey)), 200, remove(admin, 401)),
			Entry("entries", told("open", "title"), "Marketing", patch("entries/10", `{"title":"Sales"}`, "Sales")),
			Entry("links", opening("open", nil, `{}`), statusOK, remove(openID, statusInvalid)),
			Entry("sessions", switching(authorization("in-session")), 401, state(`{"sessions":[{"token":"in-session","user":"admin@example.com"}]}`, 200)),
		)

		It("of a snapshot that is deleted are gone", t.holds("A914"), func(ctx SpecContext) {
			t.control(ctx, http.MethodPut, "snapshots/gone", "")
			t.control(ctx, http.MethodDelete, "snapshots/gone", "")
			t.setSwitch(ctx, "external", false)
			Expect(t.tryControl(ctx, http.MethodPost, "snapshots/gone/restore", "")).To(haveStatus(http.StatusNotFound))
			Expect(t.tryControl(ctx, http.MethodDelete, "snapshots/gone", "")).To(haveStatus(http.StatusNotFound))
			Expect(t.switches(ctx)).To(Equal(switches{}))
		})

		clock := func(call, body string, after any) change { return add("clock/"+call, body, after) }
		short := func(ask question) question {
			return func(t *target, ctx context.Context) any {
				GinkgoHelper()
				t.tryControl(ctx, http.MethodPost, "links", `{"key":"short","expires":"2026-08-01T00:00:00Z"}`)
				t.tryControl(ctx, http.MethodPost, "apiKeys", `{"key":"sk-short","user":"admin@example.com","expires":"2026-08-01T00:00:00Z"}`)
				return ask(t, ctx)
			}
		}
		link, key := short(opening("short", nil, `{}`)), short(switching(bearer("sk-short")))
		DescribeTable("of the clock are there from the next request on:", t.holds("A901"), follow,
			Entry("a link, far away", link, statusOK, clock("freeze", `{"at":"2200-01-01T00:00:00Z"}`, statusExpired), clock("freeze", `{"at":"1970-01-01T00:00:00Z"}`, statusOK), clock("freeze", `{"at":"2026-08-01T00:00:00.000000001Z"}`, statusExpired), clock("freeze", `{"at":"2026-08-01T00:00:00Z"}`, statusOK)),
			Entry("a key, far away", key, 200, clock("freeze", `{"at":"2200-01-01T00:00:00Z"}`, 401), clock("freeze", `{"at":"1970-01-01T00:00:00Z"}`, 200), clock("freeze", `{"at":"2026-08-01T00:00:00Z"}`, 401), clock("freeze", `{"at":"2026-07-31T23:59:59.999999999Z"}`, 200)),
			Entry("frozen, moved and running again", link, statusOK, clock("advance", `{"by":"800h"}`, statusExpired), clock("advance", `{"by":"-800h"}`, statusOK), clock("advance", `{"by":"800h"}`, statusExpired), clock("resume", ``, statusExpired), clock("advance", `{"by":"-800h"}`, statusOK), clock("freeze", `{}`, statusOK), clock("advance", `{"by":"800h"}`, statusExpired)),
		)

		It("of a clock that goes back do not lock anybody out for longer", t.holds("A901"), func(ctx SpecContext) {
			for range 5 {
				t.linkStatus(ctx, "protected", wrongPassword)
			}
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
			t.advance(59*time.Second + 999*time.Millisecond)
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
			t.advance(-time.Hour)
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
			t.advance(time.Hour + time.Millisecond)
			Expect(t.linkStatus(ctx, "protected", rightPassword)).To(BeEquivalentTo(statusOK))
		})

		DescribeTable("of faults are there from the next request on:", t.holds("A902"), follow,
			Entry("one that is removed", switching(bearer(adminAPIKey)), 200, add("faults", `{"id":"a","status":503}`, 503), add("faults", `{"id":"b","status":500}`, 503), remove("faults/a", 500), remove("faults/b", 200)),
			Entry("all that are removed", switching(bearer(adminAPIKey)), 200, add("faults", `{"id":"a","status":503}`, 503), add("faults", `{"id":"b","status":500}`, 503), remove("faults", 200)),
			Entry("one of another operation", switching(bearer(adminAPIKey)), 200, add("faults", `{"id":"a","operation":"getFilesSettings","status":503}`, 200), add("faults", `{"id":"b","operation":"externalShare","status":502}`, 502)),
			Entry("one that is used up", switching(bearer(adminAPIKey)), 200, add("faults", `{"id":"a","status":503,"times":1}`, 503), change{http.MethodGet, "faults/a", "", 200}),
			Entry("one with the id of one that was removed", switching(bearer(adminAPIKey)), 200, add("faults", `{"id":"a","status":503,"times":1}`, 503), remove("faults/a", 200), add("faults", `{"id":"a","status":500,"times":1}`, 500), change{http.MethodGet, "faults/a", "", 200}),
			Entry("one that a reset removes", switching(bearer(adminAPIKey)), 200, add("faults", `{"id":"a","status":503}`, 503), add("reset", ``, 200)),
		)

		It("of faults do not change those of another portal", t.holds("A917"), func(ctx SpecContext) {
			t.addFault(ctx, `{"id":"main","status":503}`)
			t.beside(ctx, `{"profile":`+quote(t.profile)+`}`, func() {
				Expect(opening("KEY_FROM_URL", nil, `{}`)(t, ctx)).To(BeEquivalentTo(statusOK))
				t.addFault(ctx, `{"id":"main","status":500}`)
				Expect(opening("KEY_FROM_URL", nil, `{}`)(t, ctx)).To(BeEquivalentTo(500))
				t.control(ctx, http.MethodDelete, "faults", "")
			})
			Expect(switching(bearer(adminAPIKey))(t, ctx)).To(Equal(503))
		})

		DescribeTable("of each kind of change are there at a named portal, and only there:", t.holds("A917"),
			func(ctx SpecContext, ask question, before any, c change) {
				t.beside(ctx, string(t.portalText()), func() {
					follow(ctx, ask, before, c)
					main := t.url
					t.url = strings.TrimSuffix(t.url, "/portals/beside")
					Expect(ask(t, ctx)).To(BeEquivalentTo(before), "at the main portal")
					t.url = main
					follow(ctx, ask, c.after, change{http.MethodPost, "reset", "", before})
				})
			},
			Entry("settings", showing("externalShare"), true, state(off, false)),
			Entry("users", switching(userToken), 403, remove("users/"+userID, 401)),
			Entry("API keys", switching(bearer(adminAPIKey)), 200, remove(admin, 401)),
			Entry("entries", told("open", "title"), "Marketing", patch("entries/10", `{"title":"Sales"}`, "Sales")),
			Entry("links", opening("open", nil, `{}`), statusOK, remove(openID, statusInvalid)),
			Entry("faults", switching(bearer(adminAPIKey)), 200, add("faults", `{"status":503}`, 503)),
			Entry("the clock", opening("ends", nil, `{}`), statusInvalid, add("links", `{"key":"ends"}`, statusOK)),
		)

		It("of a change count for the requests after it: one that has arrived goes on as who it was", t.holds("A916"), func(ctx SpecContext) {
			for _, changes := range [][]change{
				{remove(admin, 401)},
				{patch(admin, `{"permissions":["files:read"]}`, 403)},
				{patch(admin, `{"active":false}`, 401)},
				{patch(admin, `{"user":"user@example.com"}`, 403)},
			} {
				t.reset(ctx)
				t.control(ctx, http.MethodPost, "clock/freeze", `{"at":`+quote(beginning.Format(time.RFC3339))+`}`)
				rest := t.beginRequest(ctx, request{method: http.MethodPut, path: "files/settings/external", key: adminAPIKey, body: `{"set":false}`})
				for _, c := range changes {
					t.control(ctx, c.method, c.path, c.body)
				}
				Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}), "nothing is done before the body is there")
				a := rest()
				Expect(a).To(haveStatus(200))
				Expect(a).To(haveMember(false, "response"))
				Expect(t.switches(ctx)).To(Equal(switches{}))
				Expect(t.control(ctx, http.MethodGet, "journal?operation=externalShare&last=1", "")).To(haveMember("admin@example.com", 0, "caller"))
				Expect(switching(bearer(adminAPIKey))(t, ctx)).To(Equal(changes[0].after))
			}
		})

		It("of a new password count for passwords that are still on their way", t.holds("A916"), func(ctx SpecContext) {
			rest := t.beginRequest(ctx, request{method: http.MethodPost, path: "files/share/protected/password", body: rightPassword})
			t.control(ctx, http.MethodPatch, protectedID, `{"password":"Other-pass"}`)
			Expect(linkStatus(rest())).To(BeEquivalentTo(statusInvalidPassword))
			rest = t.beginRequest(ctx, request{method: http.MethodPost, path: "files/share/protected/password", body: `{"password":"Other-pass"}`})
			t.control(ctx, http.MethodDelete, protectedID, "")
			Expect(linkStatus(rest())).To(BeEquivalentTo(statusInvalid))
		})
	})
}

// bearer is the Authorization header of an API key.
func bearer(key string) http.Header { return authorization("Bearer " + key) }

// switching asks for the status of the answer to somebody who switches external sharing on.
func switching(header http.Header) question {
	return func(t *target, ctx context.Context) any {
		GinkgoHelper()
		return t.sendToFault(ctx, request{method: http.MethodPut, path: "files/settings/external", header: header.Clone(), body: `{"set":true}`}).StatusCode
	}
}

// opening asks for the status of a link, and for that of the answer where it is an error.
func opening(key string, header http.Header, body string) question {
	return func(t *target, ctx context.Context) any {
		GinkgoHelper()
		a := t.sendToFault(ctx, request{method: http.MethodPost, path: "files/share/" + key + "/password", header: header.Clone(), body: body})
		if a.StatusCode != http.StatusOK {
			return a.StatusCode
		}
		return a.member("response", "status")
	}
}

// told asks for a property of the answer to a link; "nothing" where it is left out.
func told(key, name string) question {
	return func(t *target, ctx context.Context) any {
		GinkgoHelper()
		if value := t.sendToFault(ctx, request{path: "files/share/" + key}).member("response", name); value != nil {
			return value
		}
		return "nothing"
	}
}

// showing asks for a property of the settings.
func showing(name string) question {
	return func(t *target, ctx context.Context) any {
		GinkgoHelper()
		return t.sendToFault(ctx, request{path: "files/settings", header: bearer(ownerAPIKey)}).member("response", name)
	}
}

// listed asks for a property of the link open in the list of its room.
func listed(name string) question {
	return func(t *target, ctx context.Context) any {
		GinkgoHelper()
		var links []struct{ SharedLink map[string]any }
		t.send(ctx, request{path: "files/rooms/10/links", key: ownerAPIKey}).decodeResponse(&links)
		for _, link := range links {
			if link.SharedLink["id"] == "3fa85f64-5717-4562-b3fc-2c963f66afa0" {
				return link.SharedLink[name]
			}
		}
		return nil
	}
}

// own asks for a property of the profile of who asks.
func own(name string, header http.Header) question {
	return func(t *target, ctx context.Context) any {
		GinkgoHelper()
		return t.sendToFault(ctx, request{path: "people/@self", header: header.Clone()}).member("response", name)
	}
}

// signingIn asks for the status in the answer to somebody who signs in.
func signingIn(user, password string) question {
	return func(t *target, ctx context.Context) any {
		GinkgoHelper()
		return t.sendToFault(ctx, request{method: http.MethodPost, path: "authentication", body: fmt.Sprintf(`{"userName":%q,"password":%q}`, user, password)}).StatusCode
	}
}

// beside adds the portal beside, and is at it meanwhile.
func (t *target) beside(ctx SpecContext, portal string, do func()) {
	GinkgoHelper()
	main := t.url
	DeferCleanup(func(ctx SpecContext) {
		t.url = main
		t.control(ctx, http.MethodDelete, "portals/beside", "")
	})
	t.control(ctx, http.MethodPost, "portals", `{"name":"beside","portal":`+portal+`}`)
	t.url = main + "/portals/beside"
	t.control(ctx, http.MethodPost, "clock/freeze", `{"at":`+quote(beginning.Format(time.RFC3339))+`}`)
	do()
	t.url = main
}
