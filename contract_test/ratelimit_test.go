package contract_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"strings"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// rateLimitSpecs describe the limits of requests (RateLimiterSettings.cs, BaseStartup.cs). A fresh portal does not limit them.
func rateLimitSpecs(t *target) {
	Describe("too many requests", func() {
		startLimited := func(ctx SpecContext, limit mockserver.RateLimit) {
			GinkgoHelper()
			t.startWith(ctx, func(p *mockserver.Portal) { p.Limits.RateLimit = limit })
		}
		get := func(ctx SpecContext, key string) answer {
			GinkgoHelper()
			return t.send(ctx, request{path: "files/settings?fields=forcesave", key: key})
		}
		put := func(ctx SpecContext, key string) answer {
			GinkgoHelper()
			return t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: key, body: `{"set":true}`})
		}
		post := func(ctx SpecContext, header http.Header) answer {
			GinkgoHelper()
			return t.postPassword(ctx, "open", "", `{}`, header)
		}
		from := func(address string) http.Header { return http.Header{"X-Forwarded-For": {address}} }

		t.itOfFake("are refused within a sliding minute: 429, with Retry-After (documented) or without (v3.7.2)", t.holds("A801", "A802"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, PerMinute: 3})
			for range 3 {
				Expect(get(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
				t.advance(10 * time.Second)
			}
			for range 2 { // a refused request is not counted
				t.expectTooManyRequests(get(ctx, ownerAPIKey), 3, 30*time.Second)
			}
			t.advance(28500 * time.Millisecond)
			t.expectTooManyRequests(put(ctx, ownerAPIKey), 3, 2*time.Second) // rounded up
			t.advance(500 * time.Millisecond)
			t.expectTooManyRequests(put(ctx, ownerAPIKey), 3, time.Second)
			t.advance(time.Second)
			Expect(get(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK), "the first one is a minute ago")
			t.expectTooManyRequests(get(ctx, ownerAPIKey), 3, 10*time.Second)
		})

		t.itOfFake("are counted for each user, whatever the credentials are", t.holds("A803"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, PerMinute: 2})
			Expect(get(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			Expect(get(ctx, "YOUR_API_KEY")).To(haveStatus(http.StatusOK))
			Expect(get(ctx, ownerAPIKey)).To(haveStatus(http.StatusTooManyRequests))
			other := t.send(ctx, request{path: "files/settings", key: ownerAPIKey, header: from("203.0.113.9")})
			Expect(other).To(haveStatus(http.StatusTooManyRequests), "the address of a user does not matter")
			Expect(get(ctx, userAPIKey)).To(haveStatus(http.StatusOK))
			Expect(post(ctx, nil)).To(haveStatus(http.StatusOK))
		})

		t.itOfFake("are counted for each client address without an account, before the server asks for credentials", t.holds("A804"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, PerMinute: 2})
			for range 2 {
				Expect(put(ctx, "")).To(haveStatus(http.StatusUnauthorized))
			}
			Expect(put(ctx, "")).To(haveStatus(http.StatusTooManyRequests))
			Expect(post(ctx, nil)).To(haveStatus(http.StatusTooManyRequests))
			spoofed := t.send(ctx, request{method: http.MethodPost, path: "files/share/open/password?request-x-real-ip=198.51.100.1", body: `{}`})
			Expect(spoofed).To(haveStatus(http.StatusTooManyRequests), "request-x-real-ip does not count here")
			Expect(post(ctx, from("203.0.113.9"))).To(haveStatus(http.StatusOK))
			Expect(put(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
		})

		t.itOfFake("are counted after credentials that cannot be read are refused", t.holds("A805"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, PerMinute: 1})
			Expect(post(ctx, nil)).To(haveStatus(http.StatusOK))
			Expect(post(ctx, nil)).To(haveStatus(http.StatusTooManyRequests))
			Expect(post(ctx, http.Header{"Authorization": {"Basic %%%"}})).To(haveStatus(http.StatusInternalServerError))
		})

		t.itOfFake("do not include preflight requests", t.holds("A806"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, PerMinute: 1})
			for range 3 {
				a := t.send(ctx, request{method: http.MethodOptions, path: "files/settings", off: true, header: http.Header{
					"Origin": {"https://app.example"}, "Access-Control-Request-Method": {"GET"},
				}})
				Expect(a).To(haveStatus(http.StatusNoContent))
			}
			Expect(post(ctx, nil)).To(haveStatus(http.StatusOK))
			refused := post(ctx, http.Header{"Origin": {"https://app.example"}})
			Expect(refused).To(haveStatus(http.StatusTooManyRequests))
			Expect(refused).To(haveHeader("Access-Control-Allow-Origin", "*"))
		})

		t.itOfFake("are refused within a day when they write: POST and PUT together", t.holds("A807"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, WritesPerDay: 2})
			Expect(put(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			t.advance(time.Hour)
			Expect(t.postPassword(ctx, "open", ownerAPIKey, `{}`)).To(haveStatus(http.StatusOK))
			t.expectTooManyWrites(put(ctx, ownerAPIKey), 2, 23*time.Hour)
			Expect(get(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK), "reading is not writing")
			Expect(put(ctx, adminAPIKey)).To(haveStatus(http.StatusOK), "another user has another count")
			t.advance(23*time.Hour - time.Second)
			t.expectTooManyWrites(put(ctx, ownerAPIKey), 2, time.Second)
			t.advance(time.Second)
			for range 2 { // a fixed window: the next one begins
				Expect(put(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			}
			t.expectTooManyWrites(put(ctx, ownerAPIKey), 2, 24*time.Hour)
		})

		t.itOfFake("begin a day with the first one that writes", t.holds("A807"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, WritesPerDay: 1})
			Expect(get(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			t.advance(time.Hour)
			Expect(put(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			t.expectTooManyWrites(put(ctx, ownerAPIKey), 1, 24*time.Hour)
		})

		t.itOfFake("are checked against the minute before the day, and have a place in the minute when the day refuses them", t.holds("A808"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, PerMinute: 3, WritesPerDay: 1})
			Expect(put(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			t.expectTooManyWrites(put(ctx, ownerAPIKey), 1, 24*time.Hour)
			Expect(get(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			t.expectTooManyRequests(put(ctx, ownerAPIKey), 3, time.Minute)
		})

		t.itOfFake("have no place in the day when the minute refuses them", t.holds("A808"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, PerMinute: 1, WritesPerDay: 2})
			Expect(put(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			t.expectTooManyRequests(put(ctx, ownerAPIKey), 1, time.Minute)
			t.advance(time.Minute)
			Expect(put(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
		})

		t.tableOfFake("are counted whatever the answer is:", t.holds("A804"),
			func(ctx SpecContext, method, path, key string, status int) {
				startLimited(ctx, mockserver.RateLimit{Enabled: true, PerMinute: 1})
				r := request{method: method, path: path, key: key, body: `{"set":true}`, off: true}
				Expect(t.send(ctx, r)).To(haveStatus(status))
				Expect(t.send(ctx, r)).To(haveStatus(http.StatusTooManyRequests))
			},
			Entry("401", "PUT", "files/settings/external", "", http.StatusUnauthorized),
			Entry("403", "PUT", "files/settings/external", userAPIKey, http.StatusForbidden),
			Entry("404", "GET", "files/nothing/here", "", http.StatusNotFound),
			Entry("405", "DELETE", "files/settings/external", "", http.StatusMethodNotAllowed),
			Entry("OPTIONS that is no preflight", "OPTIONS", "files/settings", "", http.StatusMethodNotAllowed),
		)

		t.itOfFake("that write are refused when too many run at the same time, and do not count with those that read", t.holds("A809"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, ConcurrentWrites: 1, ConcurrentReads: 2})
			end := t.beginWrite(ctx, ownerAPIKey)
			t.expectTooManyRequests(put(ctx, ownerAPIKey), 1, 0)
			Expect(get(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			Expect(put(ctx, adminAPIKey)).To(haveStatus(http.StatusOK), "another user has another count")
			Expect(end()).To(Equal(http.StatusOK))
			for range 3 {
				Expect(put(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			}
		})

		t.itOfFake("that read are not counted with those that write", t.holds("A810"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, ConcurrentWrites: 2, ConcurrentReads: 1})
			end := t.beginWrite(ctx, ownerAPIKey)
			Expect(get(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			Expect(put(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			Expect(end()).To(Equal(http.StatusOK))
		})

		t.itOfFake("that read are refused when too many run at the same time", t.holds("A810"), func(ctx SpecContext) {
			if !strings.HasPrefix(t.name, "in-process") {
				Skip("needs a portal in this process, which can be kept busy")
			}
			startLimited(ctx, mockserver.RateLimit{Enabled: true, ConcurrentReads: 1})
			for range 3 {
				Expect(get(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK), "one after the other")
			}
			// The server takes much longer to pick so many fields than the client takes to send them.
			long := "files/settings?fields=" + strings.Repeat("forcesave,", 15_000)
			var refused sync.Map
			var all sync.WaitGroup
			for i := range 8 {
				all.Go(func() {
					defer GinkgoRecover()
					if a := t.send(ctx, request{path: long, key: ownerAPIKey}); a.StatusCode != http.StatusOK {
						refused.Store(i, a)
					}
				})
			}
			all.Wait()
			var one answer
			refused.Range(func(_, a any) bool {
				one, _ = a.(answer)
				return false
			})
			Expect(one.Response).NotTo(BeNil(), "none was refused")
			t.expectTooManyRequests(one, 1, 0)
		})

		t.itOfFake("are not limited on a fresh portal", t.holds("A811"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{PerMinute: 1, WritesPerDay: 1})
			for range 3 {
				Expect(get(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
				Expect(put(ctx, ownerAPIKey)).To(haveStatus(http.StatusOK))
			}
		})

		t.itOfFake("are announced with every 200 (documented) or never (v3.7.2)", t.holds("A010", "A011"), func(ctx SpecContext) {
			startLimited(ctx, mockserver.RateLimit{Enabled: true, PerMinute: 5})
			for i := range 2 {
				for _, a := range []answer{get(ctx, ownerAPIKey), put(ctx, adminAPIKey), post(ctx, nil)} {
					if !t.documented() {
						Expect(rateHeaders(a)).To(Equal([]string{"", "", ""}))
						continue
					}
					Expect(rateHeaders(a)).To(Equal([]string{"5", strconv.Itoa(4 - i), strconv.FormatInt(beginning.Add(time.Minute).Unix(), 10)}))
					Expect(a).To(haveNoHeader("Retry-After"))
				}
			}
			for _, body := range []string{`{"set":1}`, ``} {
				a := t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", key: ownerAPIKey, body: body, off: true})
				Expect(rateHeaders(a)).To(Equal([]string{"", "", ""}), "a refusal for another reason does not have them")
			}
		})
	})
}

// expectTooManyRequests checks the refusal of the profile by the limit of the minute, or by that of requests at the same time. An
// after of 0 is unknown; documented then sends one second.
func (t *target) expectTooManyRequests(a answer, limit int, after time.Duration) {
	GinkgoHelper()
	if t.documented() {
		Expect(a).To(haveHeader("X-Mock-Hint", "profiles v3.7.2, v3.8 and next answer this 429 without a body, Retry-After and X-RateLimit-Reset"))
		t.expectRateHeaders(a, limit, after)
		Expect(a).To(haveHeader("Retry-After", fmt.Sprint(max(1, after.Seconds()))))
		return
	}
	Expect(a).To(haveHeader("X-Mock-Hint", "profile documented answers this 429 with a body, Retry-After and X-RateLimit-Reset"))
	t.expectEmpty(a, http.StatusTooManyRequests)
	Expect(rateHeaders(a)).To(Equal([]string{strconv.Itoa(limit), "0", ""}))
	Expect(a).To(haveNoHeader("Retry-After"))
}

// expectTooManyWrites checks the refusal by the limit of the day.
func (t *target) expectTooManyWrites(a answer, limit int, after time.Duration) {
	GinkgoHelper()
	Expect(a).NotTo(haveHeader("X-Mock-Hint", ContainSubstring("Retry-After")), "all profiles say when the day ends")
	t.expectRateHeaders(a, limit, after)
	Expect(a).To(haveHeader("Retry-After", fmt.Sprint(after.Seconds())))
}

func (t *target) expectRateHeaders(a answer, limit int, after time.Duration) {
	GinkgoHelper()
	t.expectEmpty(a, http.StatusTooManyRequests)
	Expect(rateHeaders(a)).To(Equal([]string{strconv.Itoa(limit), "0", strconv.FormatInt(t.clock.Add(after).Unix(), 10)}))
	Expect(a).To(haveNoHeader("Cache-Control"), "not an exception")
}

func rateHeaders(a answer) []string {
	return []string{a.Header.Get("X-RateLimit-Limit"), a.Header.Get("X-RateLimit-Remaining"), a.Header.Get("X-RateLimit-Reset")}
}

// beginWrite begins a call that writes, and returns when the server waits for its body. end sends the body and returns the
// status of the answer, 0 without one.
func (t *target) beginWrite(ctx context.Context, key string) (end func() int) {
	GinkgoHelper()
	answered := t.beginRequest(ctx, request{method: http.MethodPut, path: "files/settings/external", key: key, body: `{"set":true}`})
	return func() int {
		GinkgoHelper()
		if a := answered(); a.Response != nil {
			return a.StatusCode
		}
		return 0
	}
}

// beginRequest begins a request with a body, and returns when the server waits for the body. end sends the body and returns the
// answer. The suite's transport cannot do this, because it reads the body first.
func (t *target) beginRequest(ctx context.Context, r request) (end func() answer) {
	GinkgoHelper()
	waiting := make(chan struct{})
	req, err := r.httpRequest(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{Got100Continue: func() { close(waiting) }}), t.url)
	Expect(err).NotTo(HaveOccurred())
	var rest *io.PipeWriter
	req.Body, rest = io.Pipe()
	DeferCleanup(rest.Close)
	req.Header.Set("Expect", "100-continue")
	got := make(chan answer, 1)
	transport := &http.Transport{ExpectContinueTimeout: time.Minute}
	go func() {
		defer GinkgoRecover()
		defer close(got)
		resp, err := transport.RoundTrip(req)
		if err != nil {
			return
		}
		body, err := wholeBody(resp)
		Expect(err).NotTo(HaveOccurred())
		got <- answer{resp, body}
	}()
	Eventually(ctx, waiting).Should(BeClosed())
	return func() answer {
		GinkgoHelper()
		_, err := io.WriteString(rest, r.body)
		Expect(err).NotTo(HaveOccurred())
		Expect(rest.Close()).To(Succeed())
		defer transport.CloseIdleConnections()
		return <-got
	}
}
