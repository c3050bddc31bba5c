package contract_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptrace"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// controlUnderWaySpecs describe what becomes of requests that are under way when the portal gets a whole new state.
func controlUnderWaySpecs(t *target) {
	Describe("control API: requests under way", func() {
		// begin sends a request that waits because of a fault. finish lets it go on, and returns its answer.
		begin := func(ctx SpecContext, r request) (finish func() answer) {
			GinkgoHelper()
			t.addFault(ctx, `{"id":"waits","delay":"1h","times":1}`)
			answers := make(chan answer, 1)
			go func() {
				defer GinkgoRecover()
				answers <- t.sendToFault(ctx, r)
			}()
			Eventually(ctx, func() any { return t.control(ctx, http.MethodGet, "faults/waits", "").member("applied") }).Should(BeEquivalentTo(1))
			return func() answer {
				GinkgoHelper()
				t.tryControl(ctx, http.MethodDelete, "faults/waits", "") // a reset has removed it already
				var a answer
				Eventually(ctx, answers).Should(Receive(&a))
				return a
			}
		}
		// getNewState gives the portal a state in which the switches are on.
		getNewState := func(ctx SpecContext, way string) {
			GinkgoHelper()
			switch way {
			case "reset":
				t.control(ctx, http.MethodPost, "reset", "")
			case "snapshot":
				t.control(ctx, http.MethodPost, "snapshots/on/restore", "")
			case "state":
				t.control(ctx, http.MethodPut, "state", string(t.control(ctx, http.MethodGet, "state", "").body))
			}
		}

		DescribeTable("belong to the state before", t.holds("A930"),
			func(ctx SpecContext, way string) {
				t.control(ctx, http.MethodPut, "snapshots/on", "")
				DeferCleanup(func(ctx SpecContext) { t.control(ctx, http.MethodDelete, "snapshots/on", "") })

				finish := begin(ctx, t.switchOff())
				getNewState(ctx, way)
				Expect(finish()).To(haveMember(false, "response"))
				Expect(t.switches(ctx)).To(Equal(switches{external: true, social: true}))
				journal := t.control(ctx, http.MethodGet, "journal?operation=externalShare", "")
				if way == "reset" {
					Expect(journal).To(haveBodyOfLen(0))
				} else {
					Expect(journal).To(haveMember(true, 0, "superseded"))
				}

				t.setSwitch(ctx, "external", false)
				Expect(t.switches(ctx)).To(Equal(switches{}))
			},
			Entry("at a reset", "reset"),
			Entry("when a snapshot is restored", "snapshot"),
			Entry("when the state is replaced", "state"),
		)

		DescribeTable("count in the state before", t.holds("A930"),
			func(ctx SpecContext, way string) {
				t.control(ctx, http.MethodPut, "snapshots/on", "")
				DeferCleanup(func(ctx SpecContext) { t.control(ctx, http.MethodDelete, "snapshots/on", "") })

				finish := begin(ctx, request{method: http.MethodPost, path: "files/share/protected/password", body: wrongPassword})
				getNewState(ctx, way)
				Expect(finish()).To(haveStatus(http.StatusOK))
				for range 5 {
					Expect(t.linkStatus(ctx, "protected", wrongPassword)).To(BeEquivalentTo(statusInvalidPassword))
				}
			},
			Entry("at a reset", "reset"),
			Entry("when a snapshot is restored", "snapshot"),
			Entry("when the state is replaced", "state"),
		)

		DescribeTable("belong to the state before when only a part of them has arrived", t.holds("A930"),
			func(ctx SpecContext, method, path, first, second string) {
				before := t.control(ctx, http.MethodGet, "state", "")
				finish := t.halfSent(ctx, request{method: method, path: path, key: t.owner}, first, second)
				t.control(ctx, http.MethodPost, "reset", "")
				Expect(finish()).To(Or(haveStatus(http.StatusOK), haveStatus(http.StatusCreated)))
				Expect(t.control(ctx, http.MethodGet, "state", "")).To(haveBody(string(before.body)))
				Expect(t.control(ctx, http.MethodGet, "faults", "")).To(haveBodyOfLen(0))
				Expect(t.control(ctx, http.MethodGet, "journal", "")).To(haveBodyOfLen(0))
				Expect(t.control(ctx, http.MethodGet, "clock", "")).To(haveMember("0s", "offset"))
			},
			Entry("externalShare", http.MethodPut, "files/settings/external", `{"set":false,`, `"displayValue":false}`),
			Entry("the password of a link", http.MethodPost, "files/share/protected/password", `{"password":"late-`, `word"}`),
			Entry("the state is replaced", http.MethodPut, "/__mock/state", `{"tenantId":`, `9}`),
			Entry("the state is changed", http.MethodPatch, "/__mock/state", `{"settings":{"externalShare":`, `false}}`),
			Entry("a link is added", http.MethodPost, "/__mock/links", `{"key":"`, `late"}`),
			Entry("a fault is added", http.MethodPost, "/__mock/faults", `{"status":`, `500}`),
			Entry("the clock is moved", http.MethodPost, "/__mock/clock/advance", `{"by":"`, `24h"}`),
		)

		It("go on when the state is changed", t.holds("A930"), func(ctx SpecContext) {
			finish := begin(ctx, t.switchOff())
			t.control(ctx, http.MethodPatch, "state", `{"tenantId":9}`)
			t.control(ctx, http.MethodPost, "links", `{"key":"later"}`)
			Expect(finish()).To(haveStatus(http.StatusOK))
			Expect(t.switches(ctx)).To(Equal(switches{}))
		})
	})
}

// halfSent sends a request and a part of its body. It returns when the portal reads the body. finish sends the rest, and returns the
// answer.
func (t *target) halfSent(ctx context.Context, r request, first, second string) (finish func() answer) {
	GinkgoHelper()
	reading := make(chan struct{})
	req, err := r.httpRequest(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{Got100Continue: func() { close(reading) }}), t.url)
	Expect(err).NotTo(HaveOccurred())
	body, rest := io.Pipe()
	req.Body, req.ContentLength = body, int64(len(first)+len(second))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Expect", "100-continue")
	client := &http.Client{Transport: &http.Transport{ExpectContinueTimeout: time.Minute, DisableKeepAlives: true}}
	answers := make(chan answer, 1)
	go func() {
		defer GinkgoRecover()
		resp, err := client.Do(req)
		Expect(err).NotTo(HaveOccurred())
		body, err := wholeBody(resp)
		Expect(err).NotTo(HaveOccurred())
		answers <- answer{resp, body}
	}()
	Eventually(ctx, reading).Should(BeClosed())
	_, err = io.WriteString(rest, first)
	Expect(err).NotTo(HaveOccurred())
	return func() answer {
		GinkgoHelper()
		_, err := io.WriteString(rest, second)
		Expect(err).NotTo(HaveOccurred())
		Expect(rest.Close()).To(Succeed())
		var a answer
		Eventually(ctx, answers).Should(Receive(&a))
		return a
	}
}
