package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// enforceSpecs describe a fake that refuses requests which do not match openapi.yaml.
func enforceSpecs(t *target) {
	Describe("--contract enforce", func() {
		It("refuses requests that do not match openapi.yaml", t.holds("A922"), func(ctx SpecContext) {
			t.startEnforcing(ctx)
			wrong := t.putSwitch("external", `{"set":false,"sent":true}`)
			wrong.off = true
			Expect(t.send(ctx, t.switchOn())).To(haveStatus(http.StatusOK))
			for _, body := range []string{`{}`, `{"set":0}`} {
				wrong.body = body
				a := t.send(ctx, wrong)
				Expect(a).To(haveStatus(http.StatusBadRequest))
				Expect(a).To(haveHeader("X-Mock-Contract", Not(BeEmpty())))
				wrong.key = ""
				Expect(t.send(ctx, wrong)).To(haveStatus(http.StatusUnauthorized))
				wrong.key = t.user
				Expect(t.send(ctx, wrong)).To(haveStatus(http.StatusBadRequest))
				wrong.key = readAPIKey
				Expect(t.send(ctx, wrong)).To(haveStatus(http.StatusForbidden))
				wrong.key = t.owner
			}
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
		})
	})
}
