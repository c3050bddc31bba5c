package contract_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// controlFaultSpecs describe faults: how calls fail on purpose.
func controlFaultSpecs(t *target) {
	Describe("control API: faults", func() {
		It("come in place of the call, for one operation and a number of times", t.holds("A902"), func(ctx SpecContext) {
			t.addFault(ctx, `{"id":"twice","operation":"externalShare","status":503,"times":2}`)
			Expect(t.statuses(ctx, t.putSwitch("externalsocialmedia", `{"set":true}`), 1)).To(Equal([]int{200}))
			Expect(t.statuses(ctx, t.readSettings(), 1)).To(Equal([]int{200}))
			Expect(t.statuses(ctx, t.switchOff(), 2)).To(Equal([]int{503, 503}))
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
			fault := t.control(ctx, http.MethodGet, "faults/twice", "")
			Expect(fault).To(haveMember(true, "usedUp"))
			Expect(fault).To(haveMember(BeEquivalentTo(2), "applied"))
			Expect(t.statuses(ctx, t.switchOff(), 1)).To(Equal([]int{200}))
			Expect(t.switches(ctx)).To(Equal(switches{}))
		})

		It("apply to all calls when they name none, until they are removed", t.holds("A902"), func(ctx SpecContext) {
			t.addFault(ctx, `{"id":"all","status":500}`)
			password := request{method: http.MethodPost, path: "files/share/open/password", body: `{}`}
			where, policy := request{path: "files/share/open"}, request{method: http.MethodPut, path: "files/settings/externalsharingsettings", key: t.owner, body: `{}`}
			for _, r := range []request{t.readSettings(), t.switchOn(), t.putSwitch("externalsocialmedia", `{"set":true}`), password, where, policy} {
				Expect(t.sendToFault(ctx, r)).To(haveStatus(500))
			}
			t.control(ctx, http.MethodDelete, "faults/all", "")
			Expect(t.statuses(ctx, t.readSettings(), 1)).To(Equal([]int{200}))
		})

		DescribeTable("of kind status have the body of the profile:", t.holds("A903"),
			func(ctx SpecContext, status int, message string) {
				t.addFault(ctx, fmt.Sprintf(`{"status":%d}`, status))
				a := t.sendToFault(ctx, t.switchOn())
				if message == "" {
					t.expectEmpty(a, status)
					return
				}
				Expect(a).To(haveStatus(status))
				Expect(a).To(haveMember(message, "error", "message"))
			},
			Entry("401", 401, ""),
			Entry("403", 403, "You don't have enough permission to perform the operation"),
			Entry("404", 404, ""),
			Entry("429", 429, ""),
			Entry("500", 500, "Internal Server Error"),
			Entry("503", 503, "The portal is being updated"),
		)

		It("say when to try again", t.holds("A903"), func(ctx SpecContext) {
			t.addFault(ctx, `{"kind":"rateLimit","times":1}`)
			a := t.sendToFault(ctx, t.switchOn())
			Expect(a).To(haveStatus(429))
			Expect(a).To(haveHeader("Retry-After", "1"))
			t.addFault(ctx, `{"kind":"rateLimit","retryAfter":"7s","times":1}`)
			Expect(t.sendToFault(ctx, t.switchOn())).To(haveHeader("Retry-After", "7"))
			t.addFault(ctx, `{"status":503,"retryAfter":"120s"}`)
			Expect(t.sendToFault(ctx, t.switchOn())).To(haveHeader("Retry-After", "120"))
		})

		It("of kind proxy answer with a page in HTML", t.holds("A903"), func(ctx SpecContext) {
			for asked, status := range map[string]int{``: 502, `,"status":503`: 503, `,"status":504`: 504} {
				t.addFault(ctx, `{"kind":"proxy","times":1`+asked+`}`)
				r := t.switchOn()
				r.header = http.Header{"Origin": {"https://app.example.com"}}
				a := t.sendToFault(ctx, r)
				Expect(a).To(haveStatus(status))
				Expect(a).To(haveHeader("Content-Type", HavePrefix("text/html")))
				Expect(a).To(haveBody(ContainSubstring("<html>")))
				Expect(a).To(haveNoHeader("Access-Control-Allow-Origin"))
			}
		})

		DescribeTable("that damage the answer do not undo the call:", t.holds("A904"),
			func(ctx SpecContext, kind string, check func(a answer, err error)) {
				t.addFault(ctx, `{"kind":"`+kind+`","times":1}`)
				check(t.sendUnchecked(ctx, t.switchOff()))
				Expect(t.switches(ctx)).To(Equal(switches{}))
			},
			Entry("truncated", "truncated", func(_ answer, err error) { Expect(err).To(MatchError(ContainSubstring("unexpected EOF"))) }),
			Entry("malformed", "malformed", func(a answer, err error) {
				Expect(err).NotTo(HaveOccurred())
				Expect(a).To(haveStatus(200))
				Expect(a.body).NotTo(BeEmpty())
				Expect(json.Valid(a.body)).To(BeFalse())
			}),
			Entry("empty", "empty", func(a answer, err error) {
				Expect(err).NotTo(HaveOccurred())
				Expect(a).To(haveStatus(200))
				Expect(a).To(haveBody(BeEmpty()))
			}),
			Entry("contentType", "contentType", func(a answer, err error) {
				Expect(err).NotTo(HaveOccurred())
				Expect(a).To(haveStatus(200))
				Expect(a).To(haveHeader("Content-Type", HavePrefix("text/html")))
				Expect(a).To(haveMember(false, "response"))
			}),
		)

		It("damage a refusal too", t.holds("A904"), func(ctx SpecContext) {
			t.addFault(ctx, `{"kind":"empty","times":1}`)
			refused := t.switchOff()
			refused.key = ""
			a := t.sendToFault(ctx, refused)
			Expect(a).To(haveStatus(200))
			Expect(a).To(haveBody(BeEmpty()))
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
		})

		It("of kind reset break the connection", t.holds("A905"), func(ctx SpecContext) {
			t.addFault(ctx, `{"kind":"reset","times":1}`)
			_, err := t.sendUnchecked(ctx, t.switchOff())
			Expect(err).To(HaveOccurred())
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
		})

		It("of kind hang hold the request until they are removed", t.holds("A905"), func(ctx SpecContext) {
			t.addFault(ctx, `{"id":"hangs","kind":"hang"}`)
			ended := make(chan error, 1)
			go func() {
				defer GinkgoRecover()
				_, err := t.sendUnchecked(ctx, t.switchOff())
				ended <- err
			}()
			Eventually(ctx, func() any { return t.control(ctx, http.MethodGet, "faults/hangs", "").member("applied") }).Should(BeEquivalentTo(1))
			Expect(ended).NotTo(Receive())
			t.control(ctx, http.MethodDelete, "faults", "")
			Eventually(ctx, ended).Should(Receive(HaveOccurred()))
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
		})

		It("with header apply only to requests that name them, and the answer names them", t.holds("A906"), func(ctx SpecContext) {
			t.addFault(ctx, `{"id":"mine","status":500,"header":true}`)
			naming := func(id string) request {
				r := t.switchOn()
				r.header = http.Header{"X-Mock-Fault": {id}}
				return r
			}
			a := t.sendToFault(ctx, naming("mine"))
			Expect(a).To(haveStatus(500))
			Expect(a).To(haveHeader("X-Mock-Fault", "mine"))
			Expect(t.sendToFault(ctx, naming("another, mine"))).To(haveStatus(500))
			Expect(t.send(ctx, naming("another"))).To(haveStatus(200))
			a = t.send(ctx, t.switchOn())
			Expect(a).To(haveStatus(200))
			Expect(a).To(haveNoHeader("X-Mock-Fault"))
		})

		It("are applied in their order, and a delay together with others", t.holds("A907"), func(ctx SpecContext) {
			t.addFault(ctx, `{"id":"later","kind":"delay","delay":"1ms"}`)
			t.addFault(ctx, `{"id":"first","status":500,"times":1}`)
			t.addFault(ctx, `{"id":"second","status":502,"times":1}`)
			Expect(t.statuses(ctx, t.switchOn(), 3)).To(Equal([]int{500, 502, 200}))
			for id, applied := range map[string]int{"later": 3, "first": 1, "second": 1} {
				Expect(t.control(ctx, http.MethodGet, "faults/"+id, "")).To(haveMember(BeEquivalentTo(applied), "applied"))
			}
			Expect(t.control(ctx, http.MethodGet, "journal?fault=later&status=500", "")).To(haveMember([]any{"later", "first"}, 0, "faults"))
		})

		It("delay the answer as long as they say", t.holds("A907"), func(ctx SpecContext) {
			t.addFault(ctx, `{"delay":"150ms","times":1}`)
			began := time.Now()
			Expect(t.sendToFault(ctx, t.switchOn())).To(haveStatus(200))
			Expect(time.Since(began)).To(BeNumerically(">=", 150*time.Millisecond))
		})

		It("apply to the same requests again when the seed is the same", t.holds("A908"), func(ctx SpecContext) {
			drawn := func(seed int) []int {
				GinkgoHelper()
				t.addFault(ctx, fmt.Sprintf(`{"id":"some","status":503,"probability":0.5,"seed":%d}`, seed))
				all := t.statuses(ctx, t.switchOn(), 40)
				t.control(ctx, http.MethodDelete, "faults/some", "")
				return all
			}
			once := drawn(7)
			Expect(once).To(ContainElements(200, 503))
			Expect(drawn(7)).To(Equal(once))
			Expect(drawn(8)).NotTo(Equal(once))
		})

		It("are used up only by the requests that they apply to", t.holds("A902"), func(ctx SpecContext) {
			t.addFault(ctx, `{"id":"some","status":503,"probability":0.5,"seed":1,"times":2}`)
			hit := 0
			for _, status := range t.statuses(ctx, t.switchOn(), 30) {
				if status == 503 {
					hit++
				}
			}
			Expect(hit).To(Equal(2))
			fault := t.control(ctx, http.MethodGet, "faults/some", "")
			Expect(fault).To(haveMember(true, "usedUp"))
			Expect(fault).To(haveMember(BeEquivalentTo(2), "applied"))
			Expect(fault).To(haveMember(BeNumerically(">", 2), "matched"))
		})

		It("come before credentials, bodies and limits, and only for the calls of openapi.yaml", t.holds("A909"), func(ctx SpecContext) {
			t.addFault(ctx, `{"status":503}`)
			Expect(t.sendToFault(ctx, request{method: http.MethodPut, path: "files/settings/external", body: `{`, media: "text/plain"})).To(haveStatus(503))
			Expect(t.sendToFault(ctx, request{path: "files/settings", header: http.Header{"Authorization": {"Basic !"}}})).To(haveStatus(503))
			for range 6 {
				Expect(t.sendToFault(ctx, request{method: http.MethodPost, path: "files/share/protected/password", body: wrongPassword})).To(haveStatus(503))
			}
			Expect(t.send(ctx, request{path: "files/settings/nope", key: t.owner})).To(haveStatus(http.StatusNotFound))
			Expect(t.send(ctx, request{method: http.MethodDelete, path: "files/settings"})).To(haveStatus(http.StatusMethodNotAllowed))
			Expect(t.control(ctx, http.MethodGet, "state", "")).To(haveStatus(200))
			t.control(ctx, http.MethodDelete, "faults", "")
			Expect(t.linkStatus(ctx, "protected", rightPassword)).To(BeEquivalentTo(statusOK))
		})
	})
}
