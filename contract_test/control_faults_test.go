package contract_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
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
			Entry("502", 502, "The portal cannot be reached"),
			Entry("503", 503, "The portal is being updated"),
			Entry("413, which has no words of its own", 413, "Request Entity Too Large"),
			Entry("599, which has no name", 599, "Error 599"),
		)

		It("of kind status have the body of the part of the server that would refuse", t.holds("A903"), func(ctx SpecContext) {
			failed := func(status int) answer {
				GinkgoHelper()
				t.control(ctx, http.MethodDelete, "faults", "")
				t.addFault(ctx, fmt.Sprintf(`{"status":%d}`, status))
				return t.sendToFault(ctx, t.switchOff())
			}
			if bad := failed(400); t.documented() {
				Expect(bad).To(And(haveStatus(400), haveMember("The request is not valid", "error", "message")))
			} else {
				t.expectBadRequest(bad, "$")
			}
			t.expectUnsupportedMediaType(failed(415))
			unpaid := failed(402)
			Expect(unpaid).To(haveHeader("Content-Type", HavePrefix("application/problem+json")))
			Expect(unpaid).To(haveMember(BeEquivalentTo(402), "status"))
			method := failed(405)
			t.expectEmpty(method, 405)
			Expect(method).To(haveHeader("Allow", "PUT"))
			t.control(ctx, http.MethodDelete, "faults", "")
			Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
		})

		DescribeTable("are told as they are, with what they leave out:", t.holds("A902"),
			func(ctx SpecContext, body, told string) {
				added := t.control(ctx, http.MethodPost, "faults", body)
				id := added.member("id").(string)
				Expect(added).To(haveBody(MatchJSON(`{"id":` + quote(id) + `,"matched":0,"applied":0,"usedUp":false,` + told + `}`)))
				Expect(t.control(ctx, http.MethodGet, "faults/"+id, "")).To(haveBody(string(added.body)))
				Expect(t.control(ctx, http.MethodGet, "faults", "")).To(haveMember(Equal(added.member()), 0))
			},
			Entry("a status", `{"status":500}`, `"kind":"status","status":500,"times":0,"probability":1,"seed":0,"header":false`),
			Entry("a delay", `{"delay":"1m"}`, `"kind":"delay","delay":"1m0s","delayMax":"1m0s","times":0,"probability":1,"seed":0,"header":false`),
			Entry("the longest delay alone", `{"delayMax":"2s"}`, `"kind":"delay","delayMax":"2s","times":0,"probability":1,"seed":0,"header":false`),
			Entry("a rate limit", `{"kind":"rateLimit"}`, `"kind":"rateLimit","status":429,"retryAfter":"1s","times":0,"probability":1,"seed":0,"header":false`),
			Entry("a proxy", `{"kind":"proxy"}`, `"kind":"proxy","status":502,"times":0,"probability":1,"seed":0,"header":false`),
			Entry("everything", `{"id":"all","operation":"externalShare","kind":"status","status":503,"retryAfter":"2m","delay":"1ms","delayMax":"3ms","times":2,"probability":0.5,"seed":7,"header":true}`,
				`"operation":"externalShare","kind":"status","status":503,"retryAfter":"2m0s","delay":"1ms","delayMax":"3ms","times":2,"probability":0.5,"seed":7,"header":true`),
		)

		DescribeTable("whose parts do not go together are refused:", t.holds("A918"),
			func(ctx SpecContext, body, message string) {
				a := t.tryControl(ctx, http.MethodPost, "faults", body)
				Expect(a).To(haveStatus(http.StatusConflict))
				Expect(a).To(haveMember(HavePrefix(message), "message"))
				Expect(t.control(ctx, http.MethodGet, "faults", "")).To(haveBodyOfLen(0))
			},
			Entry("neither kind, status nor delay", `{"id":"a"}`, "kind: is missing: use one of "),
			Entry("a status without one", `{"kind":"status"}`, "status: is missing: use 400 to 599"),
			Entry("a delay without one", `{"kind":"delay"}`, "delay: is missing"),
			Entry("a delay with a status", `{"kind":"delay","status":500,"delay":"1s"}`, "status: does not go with kind delay"),
			Entry("a reset with a status", `{"kind":"reset","status":500}`, "status: does not go with kind reset"),
			Entry("when to try again, of a delay", `{"delay":"1s","retryAfter":"1s"}`, "retryAfter: goes with 429 and 503 only"),
			Entry("a shortest delay that is longer", `{"delay":"2s","delayMax":"1s"}`, "delayMax: must be between the delay, 2s, and 1h0m0s, not 1s"),
		)

		It("have ids of their own", t.holds("A902"), func(ctx SpecContext) {
			t.addFault(ctx, `{"id":"mine","status":500,"times":1}`)
			a := t.tryControl(ctx, http.MethodPost, "faults", `{"id":"mine","status":503}`)
			Expect(a).To(haveStatus(http.StatusConflict))
			Expect(a).To(haveMember("id: there is already a fault with this id", "message"))
			one, other := t.control(ctx, http.MethodPost, "faults", `{"delay":"1ns"}`), t.control(ctx, http.MethodPost, "faults", `{"delay":"1ns"}`)
			Expect(one.member("id")).NotTo(Equal(other.member("id")))
			t.control(ctx, http.MethodDelete, "faults/"+one.member("id").(string), "")
			Expect(t.control(ctx, http.MethodGet, "faults", "")).To(And(haveBodyOfLen(2), haveMember("mine", 0, "id"), haveMember(other.member("id"), 1, "id")))
			Expect(t.tryControl(ctx, http.MethodDelete, "faults/"+one.member("id").(string), "")).To(haveStatus(http.StatusNotFound))
			Expect(t.statuses(ctx, t.switchOn(), 2)).To(Equal([]int{500, 200}))
			t.control(ctx, http.MethodDelete, "faults/mine", "")
			t.addFault(ctx, `{"id":"mine","status":503}`)
			Expect(t.statuses(ctx, t.switchOn(), 1)).To(Equal([]int{503}))
		})

		It("of kind proxy say when to try again, and have the page of nginx", t.holds("A903"), func(ctx SpecContext) {
			for status, title := range map[int]string{502: "502 Bad Gateway", 503: "503 Service Unavailable", 504: "504 Gateway Time-out"} {
				retry := ""
				if status == 503 {
					retry = `,"retryAfter":"2m"`
				}
				t.addFault(ctx, fmt.Sprintf(`{"kind":"proxy","times":1,"status":%d%s}`, status, retry))
				a := t.sendToFault(ctx, t.switchOn())
				Expect(a).To(haveBody("<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"))
				Expect(a).To(haveHeader("Server", "nginx"))
				if status == 503 {
					Expect(a).To(haveHeader("Retry-After", "120"))
				} else {
					Expect(a).To(haveNoHeader("Retry-After"))
				}
			}
		})

		It("damage the bytes of the answer, and nothing else of it", t.holds("A904"), func(ctx SpecContext) {
			r := t.readSettings()
			r.path += "?fields=externalShare"
			whole := t.sendToFault(ctx, r)
			for kind, body := range map[string]string{
				"truncated": string(whole.body[:len(whole.body)/2]), "malformed": strings.Replace(string(whole.body), ":", "=", 1), "empty": "", "contentType": string(whole.body),
			} {
				t.addFault(ctx, `{"kind":"`+kind+`","times":1}`)
				a, err := t.sendUnchecked(ctx, r)
				if kind == "truncated" {
					Expect(err).To(HaveOccurred())
				} else {
					Expect(err).NotTo(HaveOccurred())
				}
				Expect(a).To(And(haveStatus(200), haveBody(body)), kind)
				Expect(t.control(ctx, http.MethodGet, "journal?last=1", "")).To(And(haveMember(BeEquivalentTo(200), 0, "status"), haveMember("owner@example.com", 0, "caller")))
			}
			t.addFault(ctx, `{"kind":"malformed"}`)
			refused := t.switchOff()
			refused.key = ""
			a := t.sendToFault(ctx, refused)
			Expect(a).To(haveStatus(401))
			Expect(json.Valid(a.body)).To(BeFalse(), "also where there is no body to damage")
		})

		// waiting sends a request, and returns when a fault was applied to it. end gives it up, and answered has how it ended.
		waiting := func(ctx SpecContext, fault string) (end context.CancelFunc, answered chan error) {
			GinkgoHelper()
			t.addFault(ctx, fault)
			asked, cancel := context.WithCancel(ctx)
			DeferCleanup(cancel)
			ended := make(chan error, 1)
			go func() {
				defer GinkgoRecover()
				a, err := t.sendUnchecked(asked, t.switchOff())
				if err == nil && a.StatusCode != 200 {
					err = fmt.Errorf("the status is %d", a.StatusCode)
				}
				ended <- err
			}()
			Eventually(ctx, func() any { return t.control(ctx, http.MethodGet, "journal?unanswered=true", "").member() }).Should(HaveLen(1))
			return cancel, ended
		}
		DescribeTable("that hold a request let it go when they are removed:", t.holds("A907"),
			func(ctx SpecContext, method, path string) {
				_, ended := waiting(ctx, `{"id":"slow","delay":"1h"}`)
				t.control(ctx, method, path, "")
				Eventually(ctx, ended).Should(Receive(BeNil()))
			},
			Entry("alone", http.MethodDelete, "faults/slow"),
			Entry("with all others", http.MethodDelete, "faults"),
			Entry("by a reset", http.MethodPost, "reset"),
		)

		It("of kind hang let a request go without an answer when they alone are removed", t.holds("A905"), func(ctx SpecContext) {
			_, ended := waiting(ctx, `{"id":"hangs","kind":"hang"}`)
			t.control(ctx, http.MethodDelete, "faults/hangs", "")
			Eventually(ctx, ended).Should(Receive(HaveOccurred()))
		})

		DescribeTable("that hold a request do nothing for somebody who has given up:", t.holds("A905"),
			func(ctx SpecContext, fault string) {
				duration := func() any { return t.control(ctx, http.MethodGet, "journal?fault=slow", "").member(0, "duration") }
				end, ended := waiting(ctx, fault)
				begun := duration()
				end()
				Eventually(ctx, ended).Should(Receive(HaveOccurred()))
				Eventually(ctx, duration).ShouldNot(Equal(begun), "the portal has noticed")
				Expect(t.control(ctx, http.MethodGet, "journal?fault=slow", "")).To(haveMember(BeEquivalentTo(0), 0, "status"))
				Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
			},
			Entry("a delay", `{"id":"slow","operation":"externalShare","delay":"1h"}`),
			Entry("a delay before an error", `{"id":"slow","operation":"externalShare","delay":"1h","status":500}`),
			Entry("a hanging call", `{"id":"slow","operation":"externalShare","kind":"hang"}`),
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
			Expect(t.sendToFault(ctx, naming("mine ,another"))).To(haveStatus(500))
			twice := t.switchOn()
			twice.header = http.Header{"X-Mock-Fault": {"another", "mine"}}
			Expect(t.sendToFault(ctx, twice)).To(haveStatus(500))
			Expect(t.send(ctx, naming("mine2"))).To(haveStatus(200))
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
