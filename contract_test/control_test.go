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

	"github.com/mock-docspace/mock-docspace/mockserver"
)

const traceID = "0af7651916cd43dd8448eb211c80319c"

// controlSpecs describe how the fake is steered over HTTP, by what becomes of the four calls.
func controlSpecs(t *target) {
	Describe("the control API", func() {
		BeforeEach(func() { t.needsOurPortal() })

		put := func(name, body string) request {
			return request{method: http.MethodPut, path: "files/settings/" + name, key: t.owner, body: body}
		}
		on, off := put("external", `{"set":true}`), put("external", `{"set":false}`)
		settings := request{path: "files/settings", key: t.owner}
		fails := func(ctx context.Context, fault string) {
			GinkgoHelper()
			Expect(t.steer(ctx, http.MethodPost, "faults", fault)).To(haveStatus(http.StatusCreated))
		}
		meets := func(ctx context.Context, r request) answer {
			GinkgoHelper()
			a, err := t.sendUnchecked(ctx, r)
			Expect(err).NotTo(HaveOccurred())
			return a
		}
		statuses := func(ctx context.Context, r request, times int) []int {
			GinkgoHelper()
			var all []int
			for range times {
				all = append(all, meets(ctx, r).StatusCode)
			}
			return all
		}
		linkStatus := func(ctx SpecContext, key, body string) any {
			GinkgoHelper()
			return t.apply(ctx, key, "", body).member("response", "status")
		}

		Describe("clock", func() {
			now := func(ctx context.Context, method, path, body string) time.Time {
				GinkgoHelper()
				at, err := time.Parse(time.RFC3339Nano, t.steer(ctx, method, path, body).member("now").(string))
				Expect(err).NotTo(HaveOccurred())
				return at
			}

			It("stands where it is frozen, and moves by what it is advanced", t.holds("A901"), func(ctx SpecContext) {
				noon := time.Date(2030, 5, 1, 12, 0, 0, 0, time.UTC)
				Expect(now(ctx, http.MethodPost, "clock/freeze", `{"at":"2030-05-01T14:00:00+02:00"}`)).To(BeTemporally("==", noon))
				Expect(t.steer(ctx, http.MethodGet, "clock", "")).To(haveMember(true, "frozen"))
				Expect(now(ctx, http.MethodPost, "clock/advance", `{"by":"90m"}`)).To(BeTemporally("==", noon.Add(90*time.Minute)))
				Expect(now(ctx, http.MethodPost, "clock/advance", `{"by":"-30m"}`)).To(BeTemporally("==", noon.Add(time.Hour)))
				Expect(now(ctx, http.MethodPost, "clock/freeze", `{}`)).To(BeTemporally("==", noon.Add(time.Hour)))
				Expect(now(ctx, http.MethodGet, "clock", "")).To(BeTemporally("==", noon.Add(time.Hour)))
				Expect(t.steer(ctx, http.MethodGet, "clock", "")).To(haveMember(true, "frozen"))
				Expect(now(ctx, http.MethodPost, "clock/resume", "")).To(BeTemporally("~", noon.Add(time.Hour), time.Minute))
				Expect(t.steer(ctx, http.MethodGet, "clock", "")).To(haveMember(false, "frozen"))
			})

			It("is what links and keys expire by, to the second", t.holds("A901"), func(ctx SpecContext) {
				t.steer(ctx, http.MethodPost, "links", `{"key":"short","expires":"2030-05-01T12:00:00Z"}`)
				t.steer(ctx, http.MethodPost, "apiKeys", `{"key":"sk-short","user":"owner@example.com","expires":"2030-05-01T12:00:00Z"}`)
				short := request{method: http.MethodPut, path: "files/settings/external", key: "sk-short", body: `{"set":true}`}
				t.steer(ctx, http.MethodPost, "clock/freeze", `{"at":"2030-05-01T11:59:59Z"}`)
				Expect(linkStatus(ctx, "short", `{}`)).To(BeEquivalentTo(statusOK))
				Expect(t.send(ctx, short)).To(haveStatus(http.StatusOK))
				t.steer(ctx, http.MethodPost, "clock/advance", `{"by":"2s"}`)
				Expect(linkStatus(ctx, "short", `{}`)).To(BeEquivalentTo(statusExpired))
				Expect(t.send(ctx, short)).To(haveStatus(http.StatusUnauthorized))
				t.steer(ctx, http.MethodPost, "clock/advance", `{"by":"-2s"}`)
				Expect(linkStatus(ctx, "short", `{}`)).To(BeEquivalentTo(statusOK))
			})
		})

		Describe("faults", func() {
			It("come instead of the call, for one operation, so many times", t.holds("A902"), func(ctx SpecContext) {
				fails(ctx, `{"id":"twice","operation":"externalShare","status":503,"times":2}`)
				Expect(statuses(ctx, put("externalsocialmedia", `{"set":true}`), 1)).To(Equal([]int{200}))
				Expect(statuses(ctx, settings, 1)).To(Equal([]int{200}))
				Expect(statuses(ctx, off, 2)).To(Equal([]int{503, 503}))
				Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
				fault := t.steer(ctx, http.MethodGet, "faults/twice", "")
				Expect(fault).To(haveMember(true, "usedUp"))
				Expect(fault).To(haveMember(BeEquivalentTo(2), "applied"))
				Expect(statuses(ctx, off, 1)).To(Equal([]int{200}))
				Expect(t.flags(ctx)).To(Equal(flags{}))
			})

			It("are for all four calls when they name none, until they are removed", t.holds("A902"), func(ctx SpecContext) {
				fails(ctx, `{"id":"all","status":500}`)
				password := request{method: http.MethodPost, path: "files/share/open/password", body: `{}`}
				for _, r := range []request{settings, on, put("externalsocialmedia", `{"set":true}`), password} {
					Expect(meets(ctx, r)).To(haveStatus(500))
				}
				t.steer(ctx, http.MethodDelete, "faults/all", "")
				Expect(statuses(ctx, settings, 1)).To(Equal([]int{200}))
			})

			DescribeTable("of kind status have the body of the profile", t.holds("A903"),
				func(ctx SpecContext, status int, message string) {
					fails(ctx, fmt.Sprintf(`{"status":%d}`, status))
					a := meets(ctx, on)
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

			It("tell when to try again", t.holds("A903"), func(ctx SpecContext) {
				fails(ctx, `{"kind":"rateLimit","times":1}`)
				a := meets(ctx, on)
				Expect(a).To(haveStatus(429))
				Expect(a).To(haveHeader("Retry-After", "1"))
				fails(ctx, `{"kind":"rateLimit","retryAfter":"7s","times":1}`)
				Expect(meets(ctx, on)).To(haveHeader("Retry-After", "7"))
				fails(ctx, `{"status":503,"retryAfter":"120s"}`)
				Expect(meets(ctx, on)).To(haveHeader("Retry-After", "120"))
			})

			It("of kind proxy are a page", t.holds("A903"), func(ctx SpecContext) {
				for asked, status := range map[string]int{``: 502, `,"status":503`: 503, `,"status":504`: 504} {
					fails(ctx, `{"kind":"proxy","times":1`+asked+`}`)
					r := on
					r.header = http.Header{"Origin": {"https://app.example.com"}}
					a := meets(ctx, r)
					Expect(a).To(haveStatus(status))
					Expect(a).To(haveHeader("Content-Type", HavePrefix("text/html")))
					Expect(a).To(haveBody(ContainSubstring("<html>")))
					Expect(a).To(haveNoHeader("Access-Control-Allow-Origin"))
				}
			})

			DescribeTable("that spoil the answer leave the call its effect", t.holds("A904"),
				func(ctx SpecContext, kind string, spoilt func(a answer, err error)) {
					fails(ctx, `{"kind":"`+kind+`","times":1}`)
					spoilt(t.sendUnchecked(ctx, off))
					Expect(t.flags(ctx)).To(Equal(flags{}))
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

			It("spoil a refusal too", t.holds("A904"), func(ctx SpecContext) {
				fails(ctx, `{"kind":"empty","times":1}`)
				refused := off
				refused.key = ""
				a := meets(ctx, refused)
				Expect(a).To(haveStatus(200))
				Expect(a).To(haveBody(BeEmpty()))
				Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
			})

			It("of kind reset break the connection off", t.holds("A905"), func(ctx SpecContext) {
				fails(ctx, `{"kind":"reset","times":1}`)
				_, err := t.sendUnchecked(ctx, off)
				Expect(err).To(HaveOccurred())
				Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
			})

			It("of kind hang hold the request until they are removed", t.holds("A905"), func(ctx SpecContext) {
				fails(ctx, `{"id":"hangs","kind":"hang"}`)
				ended := make(chan error, 1)
				go func() {
					defer GinkgoRecover()
					_, err := t.sendUnchecked(ctx, off)
					ended <- err
				}()
				Eventually(ctx, func() any { return t.steer(ctx, http.MethodGet, "faults/hangs", "").member("applied") }).Should(BeEquivalentTo(1))
				Expect(ended).NotTo(Receive())
				t.steer(ctx, http.MethodDelete, "faults", "")
				Eventually(ctx, ended).Should(Receive(HaveOccurred()))
				Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
			})

			It("with a header hit those that name it, and are named", t.holds("A906"), func(ctx SpecContext) {
				fails(ctx, `{"id":"mine","status":500,"header":true}`)
				naming := func(id string) request {
					r := on
					r.header = http.Header{"X-Mock-Fault": {id}}
					return r
				}
				a := meets(ctx, naming("mine"))
				Expect(a).To(haveStatus(500))
				Expect(a).To(haveHeader("X-Mock-Fault", "mine"))
				Expect(meets(ctx, naming("another, mine"))).To(haveStatus(500))
				Expect(t.send(ctx, naming("another"))).To(haveStatus(200))
				a = t.send(ctx, on)
				Expect(a).To(haveStatus(200))
				Expect(a).To(haveNoHeader("X-Mock-Fault"))
			})

			It("are applied in their order, a delay beside others", t.holds("A907"), func(ctx SpecContext) {
				fails(ctx, `{"id":"later","kind":"delay","delay":"1ms"}`)
				fails(ctx, `{"id":"first","status":500,"times":1}`)
				fails(ctx, `{"id":"second","status":502,"times":1}`)
				Expect(statuses(ctx, on, 3)).To(Equal([]int{500, 502, 200}))
				for id, applied := range map[string]int{"later": 3, "first": 1, "second": 1} {
					Expect(t.steer(ctx, http.MethodGet, "faults/"+id, "")).To(haveMember(BeEquivalentTo(applied), "applied"))
				}
				Expect(t.steer(ctx, http.MethodGet, "journal?fault=later&status=500", "")).To(haveMember([]any{"later", "first"}, 0, "faults"))
			})

			It("wait as long as they say", t.holds("A907"), func(ctx SpecContext) {
				fails(ctx, `{"delay":"150ms","times":1}`)
				began := time.Now()
				Expect(meets(ctx, on)).To(haveStatus(200))
				Expect(time.Since(began)).To(BeNumerically(">=", 150*time.Millisecond))
			})

			It("are drawn again by the same seed", t.holds("A908"), func(ctx SpecContext) {
				drawn := func(seed int) []int {
					GinkgoHelper()
					fails(ctx, fmt.Sprintf(`{"id":"some","status":503,"probability":0.5,"seed":%d}`, seed))
					all := statuses(ctx, on, 40)
					t.steer(ctx, http.MethodDelete, "faults/some", "")
					return all
				}
				once := drawn(7)
				Expect(once).To(ContainElements(200, 503))
				Expect(drawn(7)).To(Equal(once))
				Expect(drawn(8)).NotTo(Equal(once))
			})

			It("are used up by those that they hit, not by those that they pass", t.holds("A902"), func(ctx SpecContext) {
				fails(ctx, `{"id":"some","status":503,"probability":0.5,"seed":1,"times":2}`)
				hit := 0
				for _, status := range statuses(ctx, on, 30) {
					if status == 503 {
						hit++
					}
				}
				Expect(hit).To(Equal(2))
				fault := t.steer(ctx, http.MethodGet, "faults/some", "")
				Expect(fault).To(haveMember(true, "usedUp"))
				Expect(fault).To(haveMember(BeEquivalentTo(2), "applied"))
				Expect(fault).To(haveMember(BeNumerically(">", 2), "matched"))
			})

			It("come before credentials, bodies and limits, and for the four calls alone", t.holds("A909"), func(ctx SpecContext) {
				fails(ctx, `{"status":503}`)
				Expect(meets(ctx, request{method: http.MethodPut, path: "files/settings/external", body: `{`, media: "text/plain"})).To(haveStatus(503))
				Expect(meets(ctx, request{path: "files/settings", header: http.Header{"Authorization": {"Basic !"}}})).To(haveStatus(503))
				for range 6 {
					Expect(meets(ctx, request{method: http.MethodPost, path: "files/share/protected/password", body: wrongPassword})).To(haveStatus(503))
				}
				Expect(t.send(ctx, request{path: "files/nope", key: t.owner})).To(haveStatus(http.StatusNotFound))
				Expect(t.send(ctx, request{method: http.MethodDelete, path: "files/settings"})).To(haveStatus(http.StatusMethodNotAllowed))
				Expect(t.steer(ctx, http.MethodGet, "state", "")).To(haveStatus(200))
				t.steer(ctx, http.MethodDelete, "faults", "")
				Expect(linkStatus(ctx, "protected", rightPassword)).To(BeEquivalentTo(statusOK))
			})
		})

		Describe("journal", func() {
			// asked are five requests: of the owner, a user, nobody, for another path, and with another method.
			asked := func(ctx SpecContext) {
				GinkgoHelper()
				t.steer(ctx, http.MethodDelete, "journal", "")
				t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"displayValue":true}`,
					header: http.Header{"Traceparent": {"00-" + traceID + "-b7ad6b7169203331-01"}}})
				t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.user, body: `{"set":true}`})
				t.apply(ctx, "protected", "", wrongPassword)
				t.send(ctx, request{path: "files/settings/nope", key: t.owner})
				t.send(ctx, request{method: http.MethodDelete, path: "files/settings/external", off: true})
			}

			It("has every request in order, and none of the control API", t.holds("A910"), func(ctx SpecContext) {
				asked(ctx)
				got := t.steer(ctx, http.MethodGet, "journal", "")
				var requests []struct {
					Sequence                                       int64
					Time                                           time.Time
					Operation, Method, Caller, Hint, TraceID, Body string
					Status                                         int
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
				Expect(requests[0].Hint).NotTo(BeEmpty())
				Expect(requests[1].Hint).To(BeEmpty())
				Expect(requests[0].TraceID).To(Equal(traceID))
				Expect(requests[0].Body).To(Equal(`{"displayValue":true}`))
			})

			DescribeTable("is filtered and counted", t.holds("A911"),
				func(ctx SpecContext, query string, count int) {
					asked(ctx)
					Expect(t.steer(ctx, http.MethodGet, "journal?"+query, "")).To(haveBodyOfLen(count))
					Expect(t.steer(ctx, http.MethodGet, "journal/count?"+query, "")).To(haveMember(BeEquivalentTo(count), "count"))
				},
				Entry("not at all", "", 5),
				Entry("by operation", "operation=externalShare", 2),
				Entry("by method", "method=POST", 1),
				Entry("by status", "status=200", 2),
				Entry("by status and operation", "status=200&operation=externalShare", 1),
				Entry("by caller", "caller=owner@example.com", 2),
				Entry("by nobody", "anonymous=true", 2),
				Entry("by a lost answer", "unanswered=true", 0),
				Entry("by fault", "fault=some", 0),
				Entry("by trace", "traceId="+traceID, 1),
				Entry("by what breaks the contract", "violated=true", 2),
			)

			It("goes on after a sequence, and gives the last ones", t.holds("A911"), func(ctx SpecContext) {
				asked(ctx)
				first := t.steer(ctx, http.MethodGet, "journal", "").member(0, "sequence").(float64)
				Expect(t.steer(ctx, http.MethodGet, fmt.Sprintf("journal?after=%.0f", first), "")).To(haveBodyOfLen(4))
				last := t.steer(ctx, http.MethodGet, "journal?last=2", "")
				Expect(last).To(haveBodyOfLen(2))
				Expect(last).To(haveMember(first+3, 0, "sequence"))
				t.steer(ctx, http.MethodDelete, "journal", "")
				Expect(t.steer(ctx, http.MethodGet, "journal", "")).To(haveBodyOfLen(0))
				t.flags(ctx)
				Expect(t.steer(ctx, http.MethodGet, "journal", "")).To(haveMember(BeNumerically(">", first+4), 0, "sequence"))
			})

			It("does not answer when it has dropped what could match", t.holds("A911"), func(ctx SpecContext) {
				t.steer(ctx, http.MethodDelete, "journal", "")
				t.flags(ctx)
				first := t.steer(ctx, http.MethodGet, "journal", "").member(0, "sequence").(float64)
				for range 1001 { // of which the journal keeps 1000
					meets(ctx, request{path: "files/settings?fields=forcesave", key: t.owner})
				}
				a := t.control(ctx, http.MethodGet, "journal/count", "")
				Expect(a).To(haveStatus(http.StatusConflict))
				Expect(a).To(haveMember(BeEquivalentTo(2), "dropped"))
				Expect(a).To(haveMember(first+1, "through"))
				Expect(t.control(ctx, http.MethodGet, "journal?operation=getFilesSettings", "")).To(haveStatus(http.StatusConflict))
				Expect(t.steer(ctx, http.MethodGet, "journal/count?operation=externalShare", "")).To(haveMember(BeEquivalentTo(0), "count"))
				Expect(t.steer(ctx, http.MethodGet, fmt.Sprintf("journal/count?after=%.0f", first+1), "")).To(haveMember(BeEquivalentTo(1000), "count"))
				Expect(t.steer(ctx, http.MethodGet, "journal?last=3", "")).To(haveBodyOfLen(3))
			})

			It("shows no secret", t.holds("A912"), func(ctx SpecContext) {
				t.steer(ctx, http.MethodDelete, "journal", "")
				t.apply(ctx, "protected", "another-token", rightPassword, http.Header{"Cookie": {"asc_auth_key=YOUR_API_KEY; another=cookie-value"}, "User-Agent": {"Secret123!"}})
				t.send(ctx, request{path: "files/settings?key=" + ownerAPIKey + "&share=protected", header: http.Header{"Authorization": {"Basic b3duZXJAZXhhbXBsZS5jb206T3duZXItcGFzcy0x"}}})
				t.send(ctx, request{path: "files/settings", key: unknownAPIKey})
				got := string(t.steer(ctx, http.MethodGet, "journal", "").body)
				Expect(strings.Count(got, `"sequence"`)).To(Equal(3))
				for _, secret := range []string{"protected", "Secret123!", "another-token", "YOUR_API_KEY", "cookie-value", "b3duZXJA", ownerAPIKey, unknownAPIKey} {
					Expect(got).NotTo(ContainSubstring(secret))
				}
			})

			It("says what does not keep to openapi.yaml", t.holds("A913"), func(ctx SpecContext) {
				t.steer(ctx, http.MethodDelete, "journal", "")
				a := t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"set":"on"}`, off: true})
				Expect(a).To(haveStatus(http.StatusBadRequest))
				Expect(a).To(haveHeader("X-Mock-Contract", ContainSubstring("/body/set")))
				Expect(t.send(ctx, on)).To(haveNoHeader("X-Mock-Contract"))
				two := t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"set":1,"displayValue":2}`, off: true})
				Expect(two).To(haveHeader("X-Mock-Contract", And(ContainSubstring("/body/set: must be true or false"), ContainSubstring("/body/displayValue: must be true or false"))))
				Expect(t.steer(ctx, http.MethodGet, "journal?violated=true&last=1", "")).To(haveMember(HaveLen(2), 0, "violations"))
				Expect(t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"set":true}`, media: "-", off: true})).To(haveHeader("X-Mock-Contract", ContainSubstring("/header/Content-Type")))
				t.steer(ctx, http.MethodDelete, "journal", "")
				t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `{"set":"on"}`, off: true})
				violated := t.steer(ctx, http.MethodGet, "journal?violated=true", "")
				Expect(violated).To(haveBodyOfLen(1))
				Expect(violated).To(haveMember("/body/set", 0, "violations", 0, "pointer"))
				Expect(violated).To(haveMember(ContainSubstring("true or false"), 0, "violations", 0, "message"))
			})
		})

		Describe("state", func() {
			It("comes back by a snapshot", t.holds("A914"), func(ctx SpecContext) {
				for range 5 {
					Expect(linkStatus(ctx, "protected", wrongPassword)).To(BeEquivalentTo(statusInvalidPassword))
				}
				t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword))
				t.steer(ctx, http.MethodPut, "snapshots/before", "")
				DeferCleanup(func(ctx SpecContext) { t.steer(ctx, http.MethodDelete, "snapshots/before", "") })
				Expect(t.steer(ctx, http.MethodGet, "snapshots", "")).To(haveMember("before", 0, "name"))

				t.setFlag(ctx, "external", false)
				t.steer(ctx, http.MethodPost, "links", `{"key":"later"}`)
				fails(ctx, `{"id":"stays","status":500,"operation":"externalShareSocialMedia"}`)
				t.advance(time.Second)
				t.steer(ctx, http.MethodPost, "snapshots/before/restore", "")
				Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
				Expect(linkStatus(ctx, "later", `{}`)).To(BeEquivalentTo(statusInvalid))
				Expect(linkStatus(ctx, "protected", rightPassword)).To(BeEquivalentTo(statusOK))
				Expect(t.steer(ctx, http.MethodGet, "faults", "")).To(haveBodyOfLen(1))
				Expect(t.steer(ctx, http.MethodGet, "journal/count?operation=externalShare", "")).To(haveMember(BeEquivalentTo(1), "count"))
				Expect(t.steer(ctx, http.MethodGet, "clock", "")).To(haveMember(t.clock.Format(time.RFC3339), "now"))
			})

			It("goes back to the beginning by a reset, whatever snapshot was restored", t.holds("A914"), func(ctx SpecContext) {
				t.setFlag(ctx, "externalsocialmedia", false)
				t.steer(ctx, http.MethodPut, "snapshots/off", "")
				DeferCleanup(func(ctx SpecContext) { t.steer(ctx, http.MethodDelete, "snapshots/off", "") })
				t.steer(ctx, http.MethodPost, "snapshots/off/restore", "")
				Expect(t.flags(ctx)).To(Equal(flags{external: true}))
				t.steer(ctx, http.MethodPost, "reset", "")
				Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
			})

			It("is reset with all that steers it, but the snapshots", t.holds("A920"), func(ctx SpecContext) {
				t.steer(ctx, http.MethodPut, "snapshots/kept", "")
				DeferCleanup(func(ctx SpecContext) { t.steer(ctx, http.MethodDelete, "snapshots/kept", "") })
				fails(ctx, `{"status":500}`)
				t.steer(ctx, http.MethodPost, "clock/freeze", `{"at":"2040-01-01T00:00:00Z"}`)
				Expect(meets(ctx, on)).To(haveStatus(500))
				t.steer(ctx, http.MethodPost, "reset", "")
				Expect(t.steer(ctx, http.MethodGet, "faults", "")).To(haveBodyOfLen(0))
				Expect(t.steer(ctx, http.MethodGet, "journal", "")).To(haveBodyOfLen(0))
				clock := t.steer(ctx, http.MethodGet, "clock", "")
				Expect(clock).To(haveMember(false, "frozen"))
				Expect(clock).To(haveMember("0s", "offset"))
				Expect(t.steer(ctx, http.MethodGet, "snapshots", "")).To(haveMember("kept", 0, "name"))
			})

			It("can be replaced", t.holds("A915"), func(ctx SpecContext) {
				whole := t.steer(ctx, http.MethodGet, "state", "")
				Expect(whole).To(haveMember(BeEquivalentTo(7), "tenantId"))
				Expect(whole).To(haveMember("Secret123!", "links", 1, "password"))
				a := t.steer(ctx, http.MethodPut, "state", `{"profile":`+quote(t.profile)+`,"settings":{"externalShareSocialMedia":false},"links":[{"key":"only"}]}`)
				Expect(a).To(haveMember(BeEquivalentTo(1), "tenantId"))
				Expect(a).To(haveMember(HaveLen(1), "links"))
				Expect(linkStatus(ctx, "only", `{}`)).To(BeEquivalentTo(statusOK))
				Expect(linkStatus(ctx, "open", `{}`)).To(BeEquivalentTo(statusInvalid))
				Expect(t.steer(ctx, http.MethodPut, "state", string(whole.body))).To(haveBody(string(whole.body)))
				Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
			})

			It("can be changed by a merge patch", t.holds("A915"), func(ctx SpecContext) {
				a := t.steer(ctx, http.MethodPatch, "state", `{"tenantId":9,"settings":{"externalShare":false,"blockExistingLinksOnRestrict":false}}`)
				Expect(a).To(haveMember(BeEquivalentTo(9), "tenantId"))
				Expect(a).To(haveMember(true, "settings", "externalShareSocialMedia"))
				Expect(t.flags(ctx)).To(Equal(flags{}))
				Expect(t.apply(ctx, "open", "", `{}`)).To(haveMember(BeEquivalentTo(9), "response", "tenantId"))
				t.steer(ctx, http.MethodPatch, "state", `{"settings":{"blockExistingLinksOnRestrict":null}}`)
				Expect(linkStatus(ctx, "open", `{}`)).To(BeEquivalentTo(statusExternalAccessDenied))
				a = t.steer(ctx, http.MethodPatch, "state", `{"tenantId":null,"settings":null,"limits":{"passwordAttempts":{"count":1}}}`)
				Expect(a).To(haveMember(BeEquivalentTo(1), "tenantId"))
				Expect(a).To(haveMember("1m0s", "limits", "passwordAttempts", "window"))
				Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
				Expect(linkStatus(ctx, "protected", wrongPassword)).To(BeEquivalentTo(statusInvalidPassword))
				t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword))
			})

			It("has its lists from a fresh portal where a patch has null", t.holds("A915"), func(ctx SpecContext) {
				Expect(t.steer(ctx, http.MethodPatch, "state", `{"links":[]}`)).To(haveMember(BeEmpty(), "links"))
				Expect(t.steer(ctx, http.MethodPatch, "state", `{"apiKeys":null,"users":null,"entries":null}`)).To(haveMember(BeEmpty(), "links"))
				a := t.steer(ctx, http.MethodPatch, "state", `{"links":null}`)
				Expect(a).To(haveMember("KEY_FROM_URL", "links", 0, "key"))
				Expect(linkStatus(ctx, "KEY_FROM_URL", `{}`)).To(BeEquivalentTo(statusOK))
			})

			It("keeps what belongs to a user whose address changes", t.holds("A916"), func(ctx SpecContext) {
				t.steer(ctx, http.MethodPatch, "users/"+userID, `{"email":"renamed@example.com"}`)
				Expect(t.steer(ctx, http.MethodGet, "entries/10", "")).To(haveMember([]any{"renamed@example.com"}, "members"))
				Expect(t.steer(ctx, http.MethodGet, "apiKeys/"+userAPIKey, "")).To(haveMember("renamed@example.com", "user"))
				Expect(t.apply(ctx, "open", "user-token", `{}`)).To(haveMember(true, "response", "isRoomMember"))
				t.steer(ctx, http.MethodPatch, "users/"+ownerID, `{"email":"chief@example.com"}`)
				Expect(t.steer(ctx, http.MethodGet, "entries/10", "")).To(haveMember("chief@example.com", "createdBy"))
			})

			It("can be changed to the other profile and back", t.holds("A915"), func(ctx SpecContext) {
				DeferCleanup(func(profile string) { t.profile = profile }, t.profile)
				for _, profile := range []string{mockserver.ProfileDocumented, mockserver.ProfileV372, t.profile} {
					t.profile = profile
					Expect(t.steer(ctx, http.MethodPatch, "state", `{"profile":`+quote(profile)+`}`)).To(haveMember(profile, "profile"))
					t.expectBadRequest(t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: t.owner, body: `[]`, off: true}), "$")
				}
			})

			It("has links, users, keys and entries that come, change and go", t.holds("A916"), func(ctx SpecContext) {
				link := t.steer(ctx, http.MethodPost, "links", `{"password":"first","entry":"30"}`)
				Expect(link).To(haveStatus(http.StatusCreated))
				id, key := link.member("id").(string), link.member("key").(string)
				Expect(linkStatus(ctx, key, `{"password":"first"}`)).To(BeEquivalentTo(statusOK))
				t.steer(ctx, http.MethodPatch, "links/"+id, `{"password":"second"}`)
				Expect(linkStatus(ctx, key, `{"password":"first"}`)).To(BeEquivalentTo(statusInvalidPassword))
				t.steer(ctx, http.MethodPatch, "links/"+id, `{"password":null}`)
				Expect(t.apply(ctx, key, "", `{}`)).To(haveMember("Plans", "response", "title"))
				t.steer(ctx, http.MethodPatch, "entries/30", `{"title":"Renamed"}`)
				Expect(t.apply(ctx, key, "", `{}`)).To(haveMember("Renamed", "response", "title"))
				t.steer(ctx, http.MethodPatch, "entries/30", `{"section":"trash"}`)
				Expect(linkStatus(ctx, key, `{}`)).To(BeEquivalentTo(statusInvalid))
				entry := t.steer(ctx, http.MethodPost, "entries", `{"type":"file","title":"New.docx"}`)
				t.steer(ctx, http.MethodPatch, "links/"+id, `{"entry":`+quote(entry.member("id").(string))+`}`)
				Expect(t.apply(ctx, key, "", `{}`)).To(haveMember("New.docx", "response", "title"))
				t.steer(ctx, http.MethodDelete, "links/"+id, "")
				Expect(linkStatus(ctx, key, `{}`)).To(BeEquivalentTo(statusInvalid))

				user := t.steer(ctx, http.MethodPost, "users", `{"email":"new@example.com","role":"user","tokens":["new-token"]}`)
				newKey := t.steer(ctx, http.MethodPost, "apiKeys", `{"user":"new@example.com"}`).member("key").(string)
				Expect(newKey).To(MatchRegexp(`^sk-[0-9a-f]{64}$`))
				as := func(key string) answer {
					r := on
					r.key = key
					return t.send(ctx, r)
				}
				Expect(as(newKey)).To(haveStatus(http.StatusForbidden))
				t.steer(ctx, http.MethodPatch, "users/"+user.member("id").(string), `{"role":"docSpaceAdmin"}`)
				Expect(as(newKey)).To(haveStatus(http.StatusOK))
				Expect(as("new-token")).To(haveStatus(http.StatusOK))
				t.steer(ctx, http.MethodPatch, "apiKeys/"+newKey, `{"permissions":["files:read"]}`)
				Expect(as(newKey)).To(haveStatus(http.StatusForbidden))
				t.steer(ctx, http.MethodDelete, "apiKeys/"+newKey, "")
				Expect(as(newKey)).To(haveStatus(http.StatusUnauthorized))
				t.steer(ctx, http.MethodPatch, "users/"+user.member("id").(string), `{"disabled":true}`)
				Expect(as("new-token")).To(haveStatus(http.StatusUnauthorized))
				t.steer(ctx, http.MethodDelete, "users/"+user.member("id").(string), "")
				Expect(t.control(ctx, http.MethodGet, "users/"+user.member("id").(string), "")).To(haveStatus(http.StatusNotFound))
			})
		})

		It("fills in what a portal leaves out", t.holds("A921"), func(ctx SpecContext) {
			const left = `{"profile":PROFILE,
				"entries":[{"id":"1","title":"A","type":"room"},{"id":"2","title":"B","type":"folder"},{"id":"3","title":"C","type":"file"}],
				"links":[{"key":"nowhere"},{"key":"folder","entry":"2","password":"Secret123!"},{"key":"file","entry":"3","password":"Secret123!"},{"key":"room","password":"Secret123!"}],
				"settings":{"externalShare":false,"externalShareApplyToDocuments":false},
				"limits":{"passwordAttempts":{"count":1,"window":"5s"},"rateLimit":{"perMinute":9}}}`
			state := t.steer(ctx, http.MethodPut, "state", strings.ReplaceAll(left, "PROFILE", quote(t.profile)))
			Expect(state).To(haveMember(map[string]any{"count": 1., "window": "5s", "block": "1m0s"}, "limits", "passwordAttempts"))
			Expect(state).To(haveMember(map[string]any{"enabled": false, "perMinute": 9., "concurrentReads": 50., "concurrentWrites": 15., "writesPerDay": 10000.}, "limits", "rateLimit"))
			Expect(state).To(haveMember(true, "settings", "externalShareSocialMedia"))
			Expect(state).To(haveMember("owner", "users", 0, "role"))
			for i, section := range []string{"rooms", "documents", "documents"} {
				Expect(state).To(haveMember(section, "entries", i, "section"))
			}
			Expect(state).To(haveMember("1", "links", 0, "entry"))
			for key, status := range map[string]int{"folder": statusOK, "file": statusOK, "room": statusExternalAccessDenied} {
				Expect(linkStatus(ctx, key, rightPassword)).To(BeEquivalentTo(status), key)
			}
			Expect(t.apply(ctx, "nowhere", "YOUR_API_KEY", `{}`)).To(haveMember("A", "response", "title"))
		})

		It("refuses what does not keep to openapi.yaml, where it enforces it", t.holds("A922"), func(ctx SpecContext) {
			t.startEnforcing(ctx)
			wrong := put("external", `{"set":false,"sent":true}`)
			wrong.off = true
			Expect(t.send(ctx, on)).To(haveStatus(http.StatusOK))
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
			Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
		})

		It("has portals beside each other that share nothing", t.holds("A917"), func(ctx SpecContext) {
			made := t.steer(ctx, http.MethodPost, "portals", `{"name":"beside","portal":{"profile":`+quote(t.profile)+`,"links":[{"key":"protected","password":"another"}]}}`)
			main := t.url
			DeferCleanup(func(ctx SpecContext) {
				t.url = main
				t.control(ctx, http.MethodDelete, "portals/beside", "")
			})
			Expect(made).To(haveMember(main+"/portals/beside", "url"))
			Expect(t.control(ctx, http.MethodPost, "portals", `{"name":"beside"}`)).To(haveStatus(http.StatusConflict))
			owner := made.member("keys", "owner").(string)
			Expect(t.send(ctx, request{method: http.MethodPut, path: "/portals/beside/api/2.0/files/settings/external", key: owner, body: `{"set":false}`})).
				To(haveMember(false, "response"))
			Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
			for _, header := range []http.Header{{"X-Mock-Portal": {"beside"}}, {"Host": {"beside.localhost"}}} {
				Expect(t.send(ctx, request{path: "files/settings?fields=externalShare", key: owner, header: header})).To(haveMember(false, "response", "externalShare"))
			}
			for _, header := range []http.Header{{"X-Mock-Portal": {"none"}}, {"Host": {"none.localhost"}}} {
				Expect(t.send(ctx, request{path: "/portals/beside/api/2.0/files/settings?fields=externalShare", key: owner, header: header})).
					To(haveMember(false, "response", "externalShare"), "the path comes first")
			}
			Expect(t.send(ctx, request{path: "files/settings?fields=externalShare", key: owner, header: http.Header{"X-Mock-Portal": {"beside"}, "Host": {"none.localhost"}}})).
				To(haveMember(false, "response", "externalShare"), "the header comes before the host")
			Expect(meets(ctx, request{path: "files/settings", key: owner, header: http.Header{"X-Mock-Portal": {"none"}}})).To(haveStatus(http.StatusNotFound))
			Expect(t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: owner, body: `{"set":true}`})).To(haveStatus(http.StatusUnauthorized))
			for range 5 {
				t.apply(ctx, "protected", "", wrongPassword)
			}
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword))
			t.url = main + "/portals/beside"
			Expect(t.steer(ctx, http.MethodGet, "journal", "")).To(haveBodyOfLen(6))
			Expect(linkStatus(ctx, "protected", `{"password":"another"}`)).To(BeEquivalentTo(statusExternalAccessDenied))
			fails(ctx, `{"status":500}`)
			t.steer(ctx, http.MethodPost, "clock/freeze", `{"at":"2040-01-01T00:00:00Z"}`)
			t.url = main
			Expect(t.flags(ctx)).To(Equal(flags{external: true, social: true}))
			Expect(t.steer(ctx, http.MethodGet, "clock", "")).NotTo(haveMember(HavePrefix("2040"), "now"))
			Expect(t.steer(ctx, http.MethodGet, "portals", "")).To(haveMember("beside", 0, "name"))
			t.steer(ctx, http.MethodDelete, "portals/beside", "")
			Expect(meets(ctx, request{path: "/portals/beside/api/2.0/files/settings"})).To(haveStatus(http.StatusNotFound))
			Expect(t.control(ctx, http.MethodDelete, "portals/beside", "")).To(haveStatus(http.StatusNotFound))
		})

		DescribeTable("refuses with one line, and changes nothing", t.holds("A918"),
			func(ctx SpecContext, method, path, body string, status int, message string) {
				before := t.steer(ctx, http.MethodGet, "state", "")
				a := t.control(ctx, method, path, body)
				Expect(a).To(haveStatus(status))
				Expect(a).To(haveMember(MatchRegexp(message), "message"))
				Expect(a).NotTo(haveMember(ContainSubstring("\n"), "message"))
				Expect(t.steer(ctx, http.MethodGet, "state", "")).To(haveBody(string(before.body)))
				Expect(t.steer(ctx, http.MethodGet, "faults", "")).To(haveBodyOfLen(0))
			},
			Entry("an unknown property", "PATCH", "state", `{"settings":{"externalshare":true}}`, 400, "externalshare"),
			Entry("a value of another type", "PATCH", "state", `{"settings":{"externalShare":"on"}}`, 400, "settings.externalShare"),
			Entry("JSON that is cut off", "POST", "links", `{"key":"cut`, 400, ""),
			Entry("a property that stands there twice", "POST", "links", `{"key":"a","key":"b"}`, 400, "key"),
			Entry("an unknown parameter", "GET", "journal?operations=externalShare", ``, 400, "operations"),
			Entry("null where nothing is changed", "POST", "links", `{"key":null}`, 400, "key"),
			Entry("an unknown operation of a fault", "POST", "faults", `{"operation":"delete","status":500}`, 400, "operation"),
			Entry("a fault of no kind", "POST", "faults", `{"times":1}`, 409, "kind"),
			Entry("a clock without a duration", "POST", "clock/advance", `{"by":"soon"}`, 400, "by"),
			Entry("a key that a link has", "POST", "links", `{"key":"open"}`, 409, "links.0..key"),
			Entry("a key for nobody", "POST", "apiKeys", `{"user":"nobody@example.com"}`, 409, "nobody@example.com"),
			Entry("a link that is not there", "DELETE", "links/00000000-0000-4000-8000-000000000000", ``, 404, ""),
			Entry("a snapshot that is not there", "POST", "snapshots/none/restore", ``, 404, "none"),
			Entry("a fault that is not there", "GET", "faults/none", ``, 404, "none"),
			Entry("a path that is not there", "GET", "states", ``, 404, ""),
			Entry("a method that is not there", "DELETE", "state", ``, 405, ""),
		)

		DescribeTable("refuses what a web page may have sent", t.holds("A919"),
			func(ctx SpecContext, name, value string, status int) {
				a, err := t.sendUnchecked(ctx, request{method: http.MethodPost, path: "/__mock/reset", header: http.Header{name: {value}}})
				Expect(err).NotTo(HaveOccurred())
				Expect(a).To(haveStatus(status))
				Expect(a).To(haveNoHeader("Access-Control-Allow-Origin"))
			},
			Entry("of another origin", "Origin", "https://evil.example", 403),
			Entry("of another port", "Origin", "http://127.0.0.1:3", 403),
			Entry("of no origin", "Origin", "null", 403),
			Entry("under a name of its own", "Host", "evil.example", 403),
			Entry("but not to localhost", "Host", "localhost:8092", 204),
			Entry("nor to an address", "Host", "192.0.2.1", 204),
		)
	})
}
