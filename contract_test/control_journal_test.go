package contract_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
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

		It("has all of a request that is no secret: its headers and body, faults, violations and how long it took", t.holds("A910"), func(ctx SpecContext) {
			t.addFault(ctx, `{"id":"after","kind":"empty","operation":"externalShare"}`)
			t.control(ctx, http.MethodDelete, "journal", "")
			t.sendToFault(ctx, request{method: http.MethodPut, path: "/api/2.0/Files/settings/External/?fields=externalShare,a.b,x-y&key=secret", key: t.owner, body: `{"set":true,"odd":1}`,
				header: http.Header{"User-Agent": {"app/1"}, "Cookie": {"a=b"}, "X-Own": {"s", "t"}, "Accept-Encoding": {"identity"}}})
			got := t.control(ctx, http.MethodGet, "journal", "")
			Expect(time.ParseDuration(got.member(0, "duration").(string))).To(BeNumerically(">", 0))
			Expect(got).To(haveMember("/api/2.0/Files/settings/External/?fields=externalShare,a.b,***", 0, "path"))
			Expect(got).To(haveMember(`{"set":true,"***":"***"}`, 0, "body"))
			Expect(got).To(haveMember([]any{"after"}, 0, "faults"))
			Expect(got).To(haveMember("externalShare", 0, "operation"))
			Expect(got).To(haveMember(BeEquivalentTo(200), 0, "status"))
			Expect(got).To(haveMember(map[string]any{"Authorization": []any{"***"}, "Content-Type": []any{"application/json"}, "User-Agent": []any{"app/1"}, "Cookie": []any{"***"},
				"X-Own": []any{"***", "***"}, "Accept-Encoding": []any{"identity"}, "Content-Length": []any{"20"}}, 0, "header"))
			for _, absent := range []string{"bodyTruncated", "superseded", "traceId", "violations"} {
				Expect(got.member(0)).NotTo(HaveKey(absent))
			}
			t.sendToFault(ctx, request{path: "files/settings"})
			Expect(t.control(ctx, http.MethodGet, "journal?last=1", "").member(0)).NotTo(Or(HaveKey("faults"), HaveKey("caller"), HaveKey("body"), HaveKey("traceId")))
		})

		It("cuts what is long", t.holds("A910"), func(ctx SpecContext) {
			text := func(length int) string { return strings.Repeat("x", length) }
			last := func(r request) answer {
				GinkgoHelper()
				t.sendToFault(ctx, r)
				return t.control(ctx, http.MethodGet, "journal?last=1", "")
			}
			// A body of 16 KiB is shown as a whole.
			blanks := func(length int) request {
				return t.putSwitch("external", `{"set":true`+strings.Repeat(" ", length-12)+`}`)
			}
			whole, cut := last(blanks(16<<10)), last(blanks(16<<10+1))
			Expect(whole).To(haveMember(HavePrefix(`{"set":true`), 0, "body"))
			Expect(whole.member(0)).NotTo(HaveKey("bodyTruncated"))
			Expect(cut).To(haveMember(HavePrefix(`{"set":true`), 0, "body"))
			many := t.readSettings()
			many.header = http.Header{"X-Many": slices.Repeat([]string{"v"}, 70)}
			kept := 0
			for _, values := range last(many).member(0, "header").(map[string]any) {
				kept += len(values.([]any))
			}
			Expect(kept).To(Equal(64), "values of headers")
			Expect(len(last(request{path: "files/settings?fields=" + text(3000), key: t.owner}).member(0, "path").(string))).To(BeNumerically("<=", 2048))
		})

		DescribeTable("is filtered by what requests had, in any letter case of addresses", t.holds("A911"),
			func(ctx SpecContext, query string, numbers ...float64) {
				t.addFault(ctx, `{"id":"503","operation":"externalShare","status":503,"times":1}`)
				t.control(ctx, http.MethodDelete, "journal", "")
				t.sendToFault(ctx, t.switchOn())
				t.addFault(ctx, `{"id":"lost","operation":"externalShare","kind":"reset","times":1}`)
				_, err := t.sendUnchecked(ctx, t.switchOn())
				Expect(err).To(HaveOccurred())
				t.sendToFault(ctx, t.switchOn())
				t.sendToFault(ctx, request{path: "files/settings"})
				first := t.control(ctx, http.MethodGet, "journal?last=4", "").member(0, "sequence").(float64)
				got := []float64{}
				for _, r := range t.control(ctx, http.MethodGet, "journal?"+query, "").member().([]any) {
					got = append(got, r.(map[string]any)["sequence"].(float64)-first)
				}
				Expect(got).To(BeEquivalentTo(append([]float64{}, numbers...)))
			},
			Entry("an answer that is missing", "unanswered=true", 1.),
			Entry("any answer", "unanswered=false", 0., 1., 2., 3.),
			Entry("a fault", "fault=503", 0.),
			Entry("a fault that took the answer", "fault=lost", 1.),
			Entry("a status that a fault has made", "status=503", 0.),
			Entry("a caller", "caller=OWNER@example.com", 0., 1., 2.),
			Entry("nobody", "anonymous=true&violated=false", 3.),
			Entry("anybody", "anonymous=false", 0., 1., 2., 3.),
			Entry("all of it", "caller=owner@example.com&method=PUT&operation=externalShare&status=200", 2.),
			Entry("the last of them", "caller=owner@example.com&last=2", 1., 2.),
			Entry("more than there are", "method=GET&last=1000000", 3.),
			Entry("a method in small letters", "method=put"),
			Entry("no such caller", "caller=nobody@example.com&last=1"),
		)

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

		It("says what does not match openapi.yaml, also when the same body matches in another call", t.holds("A913"), func(ctx SpecContext) {
			for range 2 {
				Expect(t.postPassword(ctx, "open", "", `{}`)).To(haveNoHeader("X-Mock-Contract"))
				Expect(t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{}`, off: true})).To(haveHeader("X-Mock-Contract", ContainSubstring("/body: needs set")))
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
