package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// controlPortalSpecs describe named portals.
func controlPortalSpecs(t *target) {
	Describe("control API: portals", func() {
		It("share nothing with each other", t.holds("A917"), func(ctx SpecContext) {
			made := t.control(ctx, http.MethodPost, "portals", `{"name":"beside","portal":{"profile":`+quote(t.profile)+`,"links":[{"key":"protected","password":"another"}]}}`)
			main := t.url
			DeferCleanup(func(ctx SpecContext) {
				t.url = main
				t.tryControl(ctx, http.MethodDelete, "portals/beside", "")
			})
			Expect(made).To(haveMember(main+"/portals/beside", "url"))
			Expect(t.tryControl(ctx, http.MethodPost, "portals", `{"name":"beside"}`)).To(haveStatus(http.StatusConflict))
			owner := made.member("keys", "owner").(string)
			Expect(t.send(ctx, request{method: http.MethodPut, path: "/portals/beside/api/2.0/files/settings/external", key: owner, body: `{"set":false}`})).
				To(haveMember(false, "response"))
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
			for _, header := range []http.Header{{"X-Mock-Portal": {"beside"}}, {"Host": {"beside.localhost"}}} {
				Expect(t.send(ctx, request{path: "files/settings?fields=externalShare", key: owner, header: header})).To(haveMember(false, "response", "externalShare"))
			}
			for _, header := range []http.Header{{"X-Mock-Portal": {"none"}}, {"Host": {"none.localhost"}}} {
				Expect(t.send(ctx, request{path: "/portals/beside/api/2.0/files/settings?fields=externalShare", key: owner, header: header})).
					To(haveMember(false, "response", "externalShare"), "the path comes first")
			}
			Expect(t.send(ctx, request{path: "files/settings?fields=externalShare", key: owner, header: http.Header{"X-Mock-Portal": {"beside"}, "Host": {"none.localhost"}}})).
				To(haveMember(false, "response", "externalShare"), "the header comes before the host")
			Expect(t.sendToFault(ctx, request{path: "files/settings", key: owner, header: http.Header{"X-Mock-Portal": {"none"}}})).To(haveStatus(http.StatusNotFound))
			Expect(t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: owner, body: `{"set":true}`})).To(haveStatus(http.StatusUnauthorized))
			for range 5 {
				t.postPassword(ctx, "protected", "", wrongPassword)
			}
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
			t.url = main + "/portals/beside"
			Expect(t.control(ctx, http.MethodGet, "journal", "")).To(haveBodyOfLen(6))
			Expect(t.linkStatus(ctx, "protected", `{"password":"another"}`)).To(BeEquivalentTo(statusExternalAccessDenied))
			t.addFault(ctx, `{"status":500}`)
			t.control(ctx, http.MethodPost, "clock/freeze", `{"at":"2040-01-01T00:00:00Z"}`)
			t.url = main
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
			Expect(t.control(ctx, http.MethodGet, "clock", "")).NotTo(haveMember(HavePrefix("2040"), "now"))
			Expect(t.control(ctx, http.MethodGet, "portals", "")).To(haveMember("beside", 0, "name"))
			t.control(ctx, http.MethodDelete, "portals/beside", "")
			Expect(t.sendToFault(ctx, request{path: "/portals/beside/api/2.0/files/settings"})).To(haveStatus(http.StatusNotFound))
			Expect(t.tryControl(ctx, http.MethodDelete, "portals/beside", "")).To(haveStatus(http.StatusNotFound))
		})

		It("have their own links and cookies", t.holds("A607"), func(ctx SpecContext) {
			t.control(ctx, http.MethodPost, "portals", `{"name":"beside","portal":{"links":[{"key":"open","password":"Secret123!"}]}}`)
			main := t.url
			DeferCleanup(func(ctx SpecContext) {
				t.url = main
				t.control(ctx, http.MethodDelete, "portals/beside", "")
			})
			t.url += "/portals/beside"
			a := t.postPassword(ctx, "open", "", rightPassword)
			Expect(href(a)).To(Equal(t.url + "/api/2.0/files/share/open/password"))
			Expect(a.Cookies()).To(HaveLen(2))
			for _, cookie := range a.Cookies() {
				Expect(cookie.Path).To(Equal("/portals/beside/"))
			}
		})
	})
}
