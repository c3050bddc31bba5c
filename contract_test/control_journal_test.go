package contract_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

const traceID = "0af7651916cd43dd8448eb211c80319c"

// controlJournalSpecs describe the journal of requests.
func controlJournalSpecs(t *target) {
	Describe("control API: journal", func() {
		// sendFive sends five requests: from the owner, from a user, without credentials, to another path, and with another
		// method.
		sendFive := func(ctx SpecContext) {
			GinkgoHelper()
			t.control(ctx, http.MethodDelete, "journal", "")
			t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"displayValue":true}`,
				header: http.Header{"Traceparent": {"00-" + traceID + "-b7ad6b7169203331-01"}}})
			t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.user, body: `{"set":true}`})
			t.postPassword(ctx, "protected", "", wrongPassword)
			t.send(ctx, request{path: "files/settings/nope", key: t.owner})
			t.send(ctx, request{method: http.MethodDelete, path: "files/settings/external", off: true})
		}

		It("has every request in order, and no call of the control API", t.holds("A910"), func(ctx SpecContext) {
			sendFive(ctx)
			got := t.control(ctx, http.MethodGet, "journal", "")
			var requests []struct {
				Sequence                                             int64
				Time                                                 time.Time
				Operation, Method, Path, Caller, Hint, TraceID, Body string
				Status                                               int
			}
			Expect(json.Unmarshal(got.body, &requests)).To(Succeed())
			Expect(requests).To(HaveLen(5))
			for i, r := range requests {
				Expect(r.Sequence).To(Equal(requests[0].Sequence + int64(i)))
				Expect(r.Time).To(BeTemporally("==", beginning))
			}
			Expect([]string{requests[0].Operation, requests[1].Operation, requests[2].Operation, requests[3].Operation, requests[4].Operation}).
				To(Equal([]string{"externalShare", "externalShare", "applyExternalSharePassword", "", ""}))
			Expect([]string{requests[0].Caller, requests[1].Caller, requests[2].Caller, requests[3].Caller}).
				To(Equal([]string{"owner@example.com", "user@example.com", "", "owner@example.com"}))
			Expect([]int{requests[0].Status, requests[1].Status, requests[2].Status, requests[3].Status}).To(Equal([]int{200, 403, 200, 404}))
			Expect([]string{requests[0].Method, requests[2].Method, requests[3].Method}).To(Equal([]string{"PUT", "POST", "GET"}))
			Expect([]string{requests[0].Path, requests[2].Path, requests[3].Path}).
				To(Equal([]string{"/api/2.0/files/settings/external", "/api/2.0/files/share/***/password", "/api/2.0/files/settings/nope"}))
			Expect(requests[0].Hint).NotTo(BeEmpty())
			Expect(requests[1].Hint).To(BeEmpty())
			Expect(requests[0].TraceID).To(Equal(traceID))
			Expect(requests[0].Body).To(Equal(`{"displayValue":true}`))
		})

		DescribeTable("is filtered and counted", t.holds("A911"),
			func(ctx SpecContext, query string, count int) {
				sendFive(ctx)
				Expect(t.control(ctx, http.MethodGet, "journal?"+query, "")).To(haveBodyOfLen(count))
				Expect(t.control(ctx, http.MethodGet, "journal/count?"+query, "")).To(haveMember(BeEquivalentTo(count), "count"))
			},
			Entry("by nothing", "", 5),
			Entry("by operation", "operation=externalShare", 2),
			Entry("by method", "method=POST", 1),
			Entry("by status", "status=200", 2),
			Entry("by status and operation", "status=200&operation=externalShare", 1),
			Entry("by caller", "caller=owner@example.com", 2),
			Entry("by callers without an account", "anonymous=true", 2),
			Entry("by a lost answer", "unanswered=true", 0),
			Entry("by fault", "fault=some", 0),
			Entry("by trace", "traceId="+traceID, 1),
			Entry("by requests that do not match openapi.yaml", "violated=true", 2),
		)

		It("goes on after a sequence number, and gives the last requests", t.holds("A911"), func(ctx SpecContext) {
			sendFive(ctx)
			first := t.control(ctx, http.MethodGet, "journal", "").member(0, "sequence").(float64)
			Expect(t.control(ctx, http.MethodGet, fmt.Sprintf("journal?after=%.0f", first), "")).To(haveBodyOfLen(4))
			last := t.control(ctx, http.MethodGet, "journal?last=2", "")
			Expect(last).To(haveBodyOfLen(2))
			Expect(last).To(haveMember(first+3, 0, "sequence"))
			t.control(ctx, http.MethodDelete, "journal", "")
			Expect(t.control(ctx, http.MethodGet, "journal", "")).To(haveBodyOfLen(0))
			t.switches(ctx)
			Expect(t.control(ctx, http.MethodGet, "journal", "")).To(haveMember(BeNumerically(">", first+4), 0, "sequence"))
		})

		It("does not answer when it has dropped requests that could match", t.holds("A911"), func(ctx SpecContext) {
			t.control(ctx, http.MethodDelete, "journal", "")
			t.switches(ctx)
			first := t.control(ctx, http.MethodGet, "journal", "").member(0, "sequence").(float64)
			forget := func(times int) {
				for range times {
					t.sendToFault(ctx, request{path: "files/settings?fields=forcesave", key: t.owner})
				}
			}
			forget(999)
			Expect(t.control(ctx, http.MethodGet, "journal/count", "")).To(haveMember(BeEquivalentTo(1000), "count"), "as many as the journal keeps")
			forget(1)
			Expect(t.tryControl(ctx, http.MethodGet, "journal/count", "")).To(haveMember(BeEquivalentTo(1), "dropped"))
			forget(1)
			a := t.tryControl(ctx, http.MethodGet, "journal/count", "")
			Expect(a).To(haveStatus(http.StatusConflict))
			Expect(a).To(haveMember(BeEquivalentTo(2), "dropped"))
			Expect(a).To(haveMember(first+1, "through"))
			Expect(t.tryControl(ctx, http.MethodGet, "journal?operation=getFilesSettings", "")).To(haveStatus(http.StatusConflict))
			Expect(t.control(ctx, http.MethodGet, "journal/count?operation=externalShare", "")).To(haveMember(BeEquivalentTo(0), "count"))
			Expect(t.control(ctx, http.MethodGet, fmt.Sprintf("journal/count?after=%.0f", first+1), "")).To(haveMember(BeEquivalentTo(1000), "count"))
			Expect(t.control(ctx, http.MethodGet, "journal?last=3", "")).To(haveBodyOfLen(3))
		})

		It("shows no secret", t.holds("A912"), func(ctx SpecContext) {
			t.control(ctx, http.MethodDelete, "journal", "")
			t.postPassword(ctx, "protected", "another-token", rightPassword, http.Header{"Cookie": {"asc_auth_key=YOUR_API_KEY; another=cookie-value"}, "User-Agent": {"Secret123!"}})
			t.send(ctx, request{path: "files/settings?key=" + ownerAPIKey + "&share=protected", header: http.Header{"Authorization": {"Basic b3duZXJAZXhhbXBsZS5jb206T3duZXItcGFzcy0x"}}})
			t.send(ctx, request{path: "files/settings", key: unknownAPIKey})
			got := string(t.control(ctx, http.MethodGet, "journal", "").body)
			Expect(strings.Count(got, `"sequence"`)).To(Equal(3))
			for _, secret := range []string{"protected", "Secret123!", "another-token", "YOUR_API_KEY", "cookie-value", "b3duZXJA", ownerAPIKey, unknownAPIKey} {
				Expect(got).NotTo(ContainSubstring(secret))
			}
		})

		It("says what does not match openapi.yaml", t.holds("A913"), func(ctx SpecContext) {
			t.control(ctx, http.MethodDelete, "journal", "")
			a := t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"set":"on"}`, off: true})
			Expect(a).To(haveStatus(http.StatusBadRequest))
			Expect(a).To(haveHeader("X-Mock-Contract", ContainSubstring("/body/set")))
			Expect(t.send(ctx, t.switchOn())).To(haveNoHeader("X-Mock-Contract"))
			two := t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"set":1,"displayValue":2}`, off: true})
			Expect(two).To(haveHeader("X-Mock-Contract", And(ContainSubstring("/body/set: must be true or false"), ContainSubstring("/body/displayValue: must be true or false"))))
			Expect(t.control(ctx, http.MethodGet, "journal?violated=true&last=1", "")).To(haveMember(HaveLen(2), 0, "violations"))
			Expect(t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"set":true}`, media: "-", off: true})).To(haveHeader("X-Mock-Contract", ContainSubstring("/header/Content-Type")))
			t.control(ctx, http.MethodDelete, "journal", "")
			t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"set":"on"}`, off: true})
			violated := t.control(ctx, http.MethodGet, "journal?violated=true", "")
			Expect(violated).To(haveBodyOfLen(1))
			Expect(violated).To(haveMember("/body/set", 0, "violations", 0, "pointer"))
			Expect(violated).To(haveMember(ContainSubstring("true or false"), 0, "violations", 0, "message"))
		})
	})
}
