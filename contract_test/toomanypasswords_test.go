package contract_test

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// tooManyPasswordsSpecs describe the refusal after too many wrong passwords (BruteForceLoginManager.cs).
//
// One of them locks the link that is given with a live portal, so it must run after all others that use the link. Ginkgo sorts specs
// by the names of their files.
func tooManyPasswordsSpecs(t *target) {
	Describe("too many wrong passwords", func() {
		startWithLimit := func(ctx SpecContext, count int, window, block time.Duration) {
			GinkgoHelper()
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.Limits.PasswordAttempts = mockserver.PasswordAttempts{Count: count, Window: window, Block: block}
			})
		}
		sendWrong := func(ctx SpecContext, times int, header ...http.Header) {
			GinkgoHelper()
			for range times {
				Expect(linkStatus(t.postPassword(ctx, "protected", "", wrongPassword, header...))).To(BeEquivalentTo(statusInvalidPassword))
			}
		}
		expectRefused := func(ctx SpecContext) {
			GinkgoHelper()
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
		}
		expectOpen := func(ctx SpecContext) {
			GinkgoHelper()
			Expect(linkStatus(t.postPassword(ctx, "protected", "", rightPassword))).To(BeEquivalentTo(statusOK))
		}
		at := func(ctx SpecContext, query, body string) answer {
			GinkgoHelper()
			return t.send(ctx, request{method: http.MethodPost, path: "files/share/protected/password?" + query, body: body})
		}

		It("refuse the sixth attempt, also with the right password: 403", t.holds("A301"), func(ctx SpecContext) {
			t.needsLinkToLock()
			t.setSwitch(ctx, "external", true)
			for range 5 {
				Expect(t.postPassword(ctx, t.link.key, "", link{password: "not " + t.link.password}.body())).To(haveMember(BeEquivalentTo(statusInvalidPassword), "response", "status"))
			}
			t.expectTooManyAttempts(t.postPassword(ctx, t.link.key, "", t.link.body()))
		})

		It("refuse every further call, also without a password", t.holds("A301"), func(ctx SpecContext) {
			t.usePortal()
			sendWrong(ctx, 5)
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", `{}`))
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
		})

		It("are counted, and other passwords are not", t.holds("A303"), func(ctx SpecContext) {
			t.usePortal()
			sendWrong(ctx, 4)
			for range 10 {
				Expect(t.linkStatus(ctx, "protected", `{}`)).To(BeEquivalentTo(statusRequiredPassword))
				Expect(t.linkStatus(ctx, "protected", rightPassword)).To(BeEquivalentTo(statusOK))
			}
			sendWrong(ctx, 1)
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
		})

		It("are counted for each link", t.holds("A304"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.Links = append(p.Links, mockserver.Link{Key: "second", Entry: "10", Password: "Secret123!"})
			})
			sendWrong(ctx, 5)
			Expect(t.postPassword(ctx, "second", "", rightPassword)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
		})

		It("are counted for a key in any letter case", t.holds("A304"), func(ctx SpecContext) {
			t.usePortal()
			sendWrong(ctx, 5)
			t.expectTooManyAttempts(t.postPassword(ctx, "PROTECTED", "", `{}`))
		})

		t.itOfFake("are counted for each client address", t.holds("A305"), func(ctx SpecContext) {
			other := http.Header{"X-Forwarded-For": {"203.0.113.9"}}
			sendWrong(ctx, 5)
			Expect(t.postPassword(ctx, "protected", "", rightPassword, other)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			sendWrong(ctx, 5, other)
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword, other))
		})

		It("are counted for the address in request-x-real-ip", t.holds("A306"), func(ctx SpecContext) {
			t.usePortal()
			sendWrong(ctx, 5)
			a := t.send(ctx, request{method: http.MethodPost, path: "files/share/protected/password?request-x-real-ip=198.51.100.1", body: rightPassword})
			Expect(a).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			t.expectTooManyAttempts(t.send(ctx, request{method: http.MethodPost, path: "files/share/protected/password?request-x-real-ip=", body: rightPassword}))
		})

		t.itOfFake("are counted apart where key and address are alike when put together", t.holds("A306"), func(ctx SpecContext) {
			wrong := func(key, address string) any {
				a := t.sendToFault(ctx, request{method: http.MethodPost, path: "files/share/" + key + "/password?request-x-real-ip=" + address, body: wrongPassword})
				if a.StatusCode != http.StatusOK {
					return a.StatusCode
				}
				return linkStatus(a)
			}
			for _, key := range []string{"k", "k1"} {
				t.control(ctx, http.MethodPost, "links", `{"key":`+quote(key)+`,"password":"Secret123!"}`)
			}
			for range 5 {
				Expect(wrong("k", "10.0.0.1")).To(BeEquivalentTo(statusInvalidPassword))
			}
			Expect(wrong("k1", "0.0.0.1")).To(BeEquivalentTo(statusInvalidPassword))
			Expect(wrong("k", "10.0.0.1")).To(BeEquivalentTo(403))
		})

		t.itOfFake("block for 60 seconds, which further calls do not extend", t.holds("A307"), func(ctx SpecContext) {
			sendWrong(ctx, 5)
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
			t.advance(59 * time.Second)
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
			t.advance(2 * time.Second)
			Expect(t.linkStatus(ctx, "protected", rightPassword)).To(BeEquivalentTo(statusOK))
			sendWrong(ctx, 5) // from zero again
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
		})

		t.itOfFake("are forgotten after 60 seconds", t.holds("A308"), func(ctx SpecContext) {
			sendWrong(ctx, 1)
			t.advance(30 * time.Second)
			sendWrong(ctx, 4)
			t.advance(31 * time.Second)
			Expect(t.linkStatus(ctx, "protected", rightPassword)).To(BeEquivalentTo(statusOK))
			sendWrong(ctx, 1)
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
		})

		t.itOfFake("are limited by the portal's own settings", t.holds("A309"), func(ctx SpecContext) {
			startWithLimit(ctx, 2, 30*time.Second, 50*time.Second)
			sendWrong(ctx, 1)
			t.advance(31 * time.Second)
			sendWrong(ctx, 2) // the first one is forgotten
			expectRefused(ctx)
			t.advance(49 * time.Second)
			expectRefused(ctx)
			t.advance(time.Second)
			expectOpen(ctx)
		})

		t.itOfFake("are counted from zero after a refusal", t.holds("A310"), func(ctx SpecContext) {
			startWithLimit(ctx, 3, 100*time.Second, 10*time.Second)
			sendWrong(ctx, 3)
			expectRefused(ctx)
			t.advance(11 * time.Second)
			sendWrong(ctx, 3)
			expectRefused(ctx)
		})

		t.itOfFake("are each forgotten at their own time", t.holds("A308"), func(ctx SpecContext) {
			startWithLimit(ctx, 2, 60*time.Second, 60*time.Second)
			sendWrong(ctx, 1)
			t.advance(40 * time.Second)
			sendWrong(ctx, 1)
			t.advance(21 * time.Second)
			sendWrong(ctx, 1) // the first is older than a minute, the second is not
			expectRefused(ctx)
		})

		t.itOfFake("are remembered for 60 seconds", t.holds("A308"), func(ctx SpecContext) {
			sendWrong(ctx, 1)
			t.advance(time.Second)
			sendWrong(ctx, 4)
			t.advance(58999 * time.Millisecond)
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", `{}`))
		})

		t.itOfFake("are forgotten at the end of these 60 seconds", t.holds("A308"), func(ctx SpecContext) {
			sendWrong(ctx, 1)
			t.advance(time.Second)
			sendWrong(ctx, 4)
			t.advance(59 * time.Second)
			expectOpen(ctx)
			sendWrong(ctx, 1)
			expectRefused(ctx)
		})

		It("are counted for the text of the key: with = at its end it has a count of its own", t.holds("A304"), func(ctx SpecContext) {
			t.usePortal()
			sendWrong(ctx, 5)
			Expect(t.postPassword(ctx, "protected=", "", `{}`)).To(haveStatus(http.StatusOK))
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", `{}`))
		})

		It("are counted also while others are checked: of ten at the same time five are", t.holds("A301"), func(ctx SpecContext) {
			t.usePortal()
			var all sync.WaitGroup
			var checked atomic.Int32
			for range 10 {
				all.Go(func() {
					defer GinkgoRecover()
					if t.postPassword(ctx, "protected", "", wrongPassword).StatusCode == http.StatusOK {
						checked.Add(1)
					}
				})
			}
			all.Wait()
			Expect(checked.Load()).To(BeEquivalentTo(5))
		})

		It("are not counted for links that are unknown, expired, internal or without an entry to open", t.holds("A303"), func(ctx SpecContext) {
			t.usePortal()
			for key, status := range map[string]int{
				"nope": statusInvalid, "expired": statusExpired, "internal": statusExternalAccessDenied, "orphan": statusInvalid, "archived": statusInvalid,
			} {
				if !t.hasStandIn(key) {
					continue
				}
				for range 7 {
					Expect(linkStatus(t.postPassword(ctx, key, "", wrongPassword))).To(BeEquivalentTo(status), key)
				}
			}
		})

		It("do not include a right password that the portal denies", t.holds("A303"), func(ctx SpecContext) {
			t.usePortal()
			t.setSwitch(ctx, "external", false)
			for range 7 {
				Expect(linkStatus(t.postPassword(ctx, "protected", "", rightPassword))).To(BeEquivalentTo(statusExternalAccessDenied))
			}
		})

		It("are counted for people with an account like for visitors of the same address", t.holds("A311"), func(ctx SpecContext) {
			t.usePortal()
			for range 5 {
				Expect(linkStatus(t.postPassword(ctx, "protected", "guest-token", wrongPassword))).To(BeEquivalentTo(statusInvalidPassword))
			}
			for _, token := range t.presentPeople("user-token", "YOUR_API_KEY") {
				t.expectTooManyAttempts(t.postPassword(ctx, "protected", token, rightPassword))
			}
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
		})

		t.itOfFake("are counted for the address that the nearest proxy saw", t.holds("A305"), func(ctx SpecContext) {
			from := func(addresses string) http.Header { return http.Header{"X-Forwarded-For": {addresses}} }
			for _, spoofed := range []string{"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"} {
				Expect(linkStatus(t.postPassword(ctx, "protected", "", wrongPassword, from(spoofed+", 203.0.113.9")))).To(BeEquivalentTo(statusInvalidPassword))
			}
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword, from("203.0.113.9")))
			Expect(linkStatus(t.postPassword(ctx, "protected", "", rightPassword, from("192.0.2.1")))).To(BeEquivalentTo(statusOK))
			Expect(linkStatus(t.postPassword(ctx, "protected", "", rightPassword, from("203.0.113.9, 10.0.0.1")))).To(BeEquivalentTo(statusOK), "only proxies on the same machine are known")
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword, from("203.0.113.9, 127.0.0.1")))
		})

		It("are counted for any text in request-x-real-ip, in any letter case of its name", t.holds("A306"), func(ctx SpecContext) {
			t.usePortal()
			for range 5 {
				Expect(linkStatus(at(ctx, "Request-X-Real-IP=here", wrongPassword))).To(BeEquivalentTo(statusInvalidPassword))
			}
			t.expectTooManyAttempts(at(ctx, "request-x-real-ip=here", rightPassword))
			Expect(linkStatus(at(ctx, "request-x-real-ip=there", rightPassword))).To(BeEquivalentTo(statusOK))
			expectOpen(ctx)
		})

		It("are counted for all values of request-x-real-ip together", t.holds("A306"), func(ctx SpecContext) {
			t.usePortal()
			for range 5 {
				Expect(linkStatus(at(ctx, "request-x-real-ip=1.1.1.1&request-x-real-ip=&REQUEST-X-REAL-IP=2.2.2.2", wrongPassword))).To(BeEquivalentTo(statusInvalidPassword))
			}
			t.expectTooManyAttempts(at(ctx, "request-x-real-ip=1.1.1.1,2.2.2.2", rightPassword))
			Expect(linkStatus(at(ctx, "request-x-real-ip=1.1.1.1", rightPassword))).To(BeEquivalentTo(statusOK))
		})

		It("set and delete no cookie with the refusal", t.holds("A511"), func(ctx SpecContext) {
			t.usePortal()
			sendWrong(ctx, 5)
			a := t.postPassword(ctx, "protected", "", wrongPassword, http.Header{"Cookie": {"asc_auth_key=bad; sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1=stale"}})
			t.expectTooManyAttempts(a)
			Expect(a).To(haveNoHeader("Set-Cookie"))
		})

		It("do not refuse other calls", t.holds("A312"), func(ctx SpecContext) {
			t.usePortal()
			sendWrong(ctx, 5)
			t.expectTooManyAttempts(t.postPassword(ctx, "protected", "", rightPassword))
			Expect(linkStatus(t.postPassword(ctx, "open", "", `{}`))).To(BeEquivalentTo(statusOK))
			t.expectBadRequest(t.send(ctx, request{method: http.MethodPost, path: "files/share/protected/password", body: `[]`, off: true}), "$")
			Expect(t.switches(ctx).external).To(BeTrue())
		})
	})
}

// expectTooManyAttempts checks the refusal, which is the same in all profiles.
func (t *target) expectTooManyAttempts(a answer) {
	GinkgoHelper()
	Expect(a).To(haveNoHeader("Retry-After"))
	Expect(a).To(haveStatus(http.StatusForbidden))
	Expect(string(a.body)).To(Equal(`{"error":{"message":"You have tried too many times to enter your password. Please try again later","type":null,"stack":null,"hresult":0},"status":1,"statusCode":403}`))
	Expect(a).To(haveHeader("Cache-Control", "no-cache,no-store"))
}
