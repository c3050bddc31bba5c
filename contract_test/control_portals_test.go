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
			for _, path := range []string{"/portals/%62eside", "//portals/beside"} {
				Expect(t.sendToFault(ctx, request{path: path + "/api/2.0/files/settings?fields=externalShare", key: owner})).To(haveMember(false, "response", "externalShare"), path)
			}
			for _, host := range []string{"BESIDE.localhost:8092", "beside.LOCALHOST."} {
				Expect(t.sendToFault(ctx, request{path: "files/settings?fields=externalShare", key: owner, header: http.Header{"Host": {host}}})).To(haveMember(false, "response", "externalShare"), host)
			}
			for _, header := range []http.Header{{"X-Mock-Portal": {"beside", "beside"}}, {"X-Mock-Portal": {""}}, {"Host": {"x.beside.localhost"}}} {
				Expect(t.sendToFault(ctx, request{path: "files/settings", key: owner, header: header})).To(haveStatus(http.StatusNotFound), "%v", header)
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
			Expect(t.control(ctx, http.MethodGet, "journal", "")).To(haveBodyOfLen(10))
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

		It("get a name where none is given, and are told as they are made", t.holds("A917"), func(ctx SpecContext) {
			made := t.control(ctx, http.MethodPost, "portals", "")
			Expect(made).To(haveStatus(http.StatusCreated))
			name := made.member("name").(string)
			DeferCleanup(func(ctx SpecContext) { t.tryControl(ctx, http.MethodDelete, "portals/"+name, "") })
			Expect(name).To(MatchRegexp(`^[a-z0-9]{20,63}$`))
			Expect(made).To(haveMember(t.url+"/portals/"+name, "url"))
			Expect(t.control(ctx, http.MethodGet, "portals/"+name, "")).To(haveBody(string(made.body)))
			t.control(ctx, http.MethodPost, "portals", `{"name":"0-first"}`)
			DeferCleanup(func(ctx SpecContext) { t.tryControl(ctx, http.MethodDelete, "portals/0-first", "") })
			listed := t.control(ctx, http.MethodGet, "portals", "")
			Expect(listed).To(haveBodyOfLen(2))
			Expect(listed).To(haveMember("0-first", 0, "name"))
			Expect(listed).To(haveMember(Equal(made.member()), 1))
			Expect(t.tryControl(ctx, http.MethodPost, "portals", `{"name":"0-first"}`)).To(haveMember("there is a portal of this name already", "message"))
			for _, method := range []string{http.MethodGet, http.MethodDelete} {
				a := t.tryControl(ctx, method, "portals/none", "")
				Expect(a).To(haveStatus(http.StatusNotFound))
				Expect(a).To(haveMember(`there is no portal of the name "none": POST /__mock/portals makes one`, "message"))
			}
			a := t.tryControl(ctx, http.MethodPost, "portals", `{"name":"b","portal":{"links":[{"key":"a"},{"key":"a"}]}}`)
			Expect(a).To(haveStatus(http.StatusConflict))
			Expect(a).To(haveMember("portal.links[1].key", "path"))
			t.control(ctx, http.MethodDelete, "portals/0-first", "")
			Expect(t.control(ctx, http.MethodGet, "portals", "")).To(haveBodyOfLen(1))
			Expect(t.tryControl(ctx, http.MethodGet, "portals/0-first", "")).To(haveStatus(http.StatusNotFound))
		})

		It("that are not there have no control API either", t.holds("A917"), func(ctx SpecContext) {
			for _, r := range []request{
				{path: "/portals/none/__mock/state"}, {path: "/__mock/state", header: http.Header{"X-Mock-Portal": {"none"}}},
				{path: "/portals/none/__mock/health"}, {path: "/portals/none/api/2.0/files/settings"},
			} {
				a := t.sendToFault(ctx, r)
				Expect(a).To(haveStatus(http.StatusNotFound))
				Expect(a).To(haveBody(ContainSubstring(`there is no portal of the name \"none\": POST /__mock/portals makes one`)))
			}
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
