package contract_test

import (
	"net/http"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// logSpecs describe what the fake logs.
func logSpecs(t *target) {
	Describe("the log", func() {
		It("shows no secret", t.holds("A606"), func(ctx SpecContext) {
			if t.log == nil {
				Skip("needs a portal in this process, whose log can be read")
			}
			const planted = "PLANTED-SECRET"
			for _, r := range []request{
				{method: http.MethodPost, path: "files/share/" + planted + "/password", body: `{"password":"` + planted + `"}`},
				{method: http.MethodPost, path: "files/share/open/password?share=" + planted + "&password=" + planted, body: rightPassword},
				{path: "files/share/" + planted}, {path: "files/share%2F" + planted}, {path: "/api/1.0/files/SHARE/" + planted},
				{path: "files/settings?fields=" + planted + "&asc_auth_key=" + planted, header: http.Header{"Cookie": {"asc_auth_key=" + planted}}},
				{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`, key: planted},
				{method: http.MethodPut, path: "files/settings/external", body: `{"set":"` + planted + `"}`, key: ownerAPIKey},
				{path: "files/settings/protected"}, {path: "files/Secret123!/x"}, {path: "files/YOUR_API_KEY/x"}, {path: "files/" + ownerAPIKey + "/x"},
			} {
				r.off = true
				t.send(ctx, r)
			}
			log := string(t.log.Contents())
			Expect(strings.Count(log, "msg=request")).To(Equal(12))
			for _, secret := range []string{planted, "Secret123!", "YOUR_API_KEY", ownerAPIKey, "settings/protected"} {
				Expect(log).NotTo(ContainSubstring(secret))
			}
			Expect(log).To(ContainSubstring("path=/api/2.0/files/share/***/password status=200"))
			Expect(log).To(ContainSubstring("path=/api/2.0/files/settings/external status="))
			Expect(log).To(ContainSubstring("caller=owner@example.com"))
		})
	})
}
