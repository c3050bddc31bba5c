package contract_test

import (
	"net/http"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// attemptSpecs describe the finer points of too many wrong passwords (BruteForceLoginManager.cs).
func attemptSpecs(t *target) {
	Describe("applyExternalSharePassword, counted", func() {
		limited := func(ctx SpecContext, count int, window, block time.Duration) {
			GinkgoHelper()
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.Limits.PasswordAttempts = mockserver.PasswordAttempts{Count: count, Window: window, Block: block}
			})
		}
		wrong := func(ctx SpecContext, times int) {
			GinkgoHelper()
			for range times {
				Expect(t.apply(ctx, "protected", "", wrongPassword).member("response", "status")).To(BeEquivalentTo(statusInvalidPassword))
			}
		}
		refused := func(ctx SpecContext, after string) {
			GinkgoHelper()
			a := t.apply(ctx, "protected", "", rightPassword)
			t.expectTooManyAttempts(a)
			if t.documented() {
				Expect(a).To(haveHeader("Retry-After", after))
			}
		}
		right := func(ctx SpecContext) {
			GinkgoHelper()
			Expect(t.apply(ctx, "protected", "", rightPassword).member("response", "status")).To(BeEquivalentTo(statusOK))
		}

		It("has the portal's own numbers", t.holds("A309"), func(ctx SpecContext) {
			limited(ctx, 2, 30*time.Second, 50*time.Second)
			wrong(ctx, 1)
			t.advance(31 * time.Second)
			wrong(ctx, 2) // the first one is forgotten
			refused(ctx, "50")
			t.advance(49 * time.Second)
			refused(ctx, "1")
			t.advance(time.Second)
			right(ctx)
		})

		It("says how long the refusal still lasts (documented)", t.holds("A302", "A301"), func(ctx SpecContext) {
			t.needsOurPortal()
			wrong(ctx, 5)
			refused(ctx, "60")
			t.advance(20500 * time.Millisecond)
			refused(ctx, "40") // 39.5 s, rounded up
			t.advance(39 * time.Second)
			refused(ctx, "1")
		})

		It("erases the history with the refusal", t.holds("A310"), func(ctx SpecContext) {
			limited(ctx, 3, 100*time.Second, 10*time.Second)
			wrong(ctx, 3)
			refused(ctx, "10")
			t.advance(11 * time.Second)
			wrong(ctx, 3)
			refused(ctx, "10")
		})

		It("forgets each wrong password by its own time", t.holds("A308"), func(ctx SpecContext) {
			limited(ctx, 2, 60*time.Second, 60*time.Second)
			wrong(ctx, 1)
			t.advance(40 * time.Second)
			wrong(ctx, 1)
			t.advance(21 * time.Second)
			wrong(ctx, 1) // the first is older than a minute, the second is not
			refused(ctx, "60")
		})

		It("remembers a wrong password for 60 seconds", t.holds("A308"), func(ctx SpecContext) {
			t.needsOurPortal()
			wrong(ctx, 5)
			t.advance(60 * time.Second) // what is older is forgotten
			refused(ctx, "60")
		})

		It("does not count links that are not there, not for visitors, or over", t.holds("A303"), func(ctx SpecContext) {
			t.needsOurPortal()
			for key, status := range map[string]int{
				"nope": statusInvalid, "expired": statusExpired, "internal": statusExternalAccessDenied, "orphan": statusInvalid, "archived": statusInvalid,
			} {
				for range 7 {
					Expect(t.apply(ctx, key, "", wrongPassword).member("response", "status")).To(BeEquivalentTo(status), key)
				}
			}
		})

		It("does not count what the portal denies after the right password", t.holds("A303"), func(ctx SpecContext) {
			t.needsOurPortal()
			t.setFlag(ctx, "external", false)
			for range 7 {
				Expect(t.apply(ctx, "protected", "", rightPassword).member("response", "status")).To(BeEquivalentTo(statusExternalAccessDenied))
			}
		})

		It("counts people with an account like visitors of the same address", t.holds("A311"), func(ctx SpecContext) {
			t.needsOurPortal()
			for range 5 {
				Expect(t.apply(ctx, "protected", "guest-token", wrongPassword).member("response", "status")).To(BeEquivalentTo(statusInvalidPassword))
			}
			t.expectTooManyAttempts(t.apply(ctx, "protected", "user-token", rightPassword))
			t.expectTooManyAttempts(t.apply(ctx, "protected", "YOUR_API_KEY", rightPassword))
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword))
		})

		It("takes the address that the nearest proxy saw", t.holds("A305"), func(ctx SpecContext) {
			t.needsOurPortal()
			from := func(addresses string) http.Header { return http.Header{"X-Forwarded-For": {addresses}} }
			for _, spoofed := range []string{"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"} {
				Expect(t.apply(ctx, "protected", "", wrongPassword, from(spoofed+", 203.0.113.9")).member("response", "status")).To(BeEquivalentTo(statusInvalidPassword))
			}
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword, from("203.0.113.9")))
			Expect(t.apply(ctx, "protected", "", rightPassword, from("192.0.2.1")).member("response", "status")).To(BeEquivalentTo(statusOK))
			Expect(t.apply(ctx, "protected", "", rightPassword, from("203.0.113.9, 10.0.0.1")).member("response", "status")).To(BeEquivalentTo(statusOK), "no proxy is known but on the same machine")
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword, from("203.0.113.9, 127.0.0.1")))
		})

		It("reads the name of request-x-real-ip in any case, and any text as an address", t.holds("A306"), func(ctx SpecContext) {
			t.needsOurPortal()
			at := func(query, body string) answer {
				return t.send(ctx, request{method: http.MethodPost, path: "files/share/protected/password?" + query, body: body})
			}
			for range 5 {
				Expect(at("Request-X-Real-IP=here", wrongPassword).member("response", "status")).To(BeEquivalentTo(statusInvalidPassword))
			}
			t.expectTooManyAttempts(at("request-x-real-ip=here", rightPassword))
			Expect(at("request-x-real-ip=there", rightPassword).member("response", "status")).To(BeEquivalentTo(statusOK))
			right(ctx)
		})

		It("sets and deletes no cookie with the refusal", t.holds("A511"), func(ctx SpecContext) {
			t.needsOurPortal()
			wrong(ctx, 5)
			a := t.apply(ctx, "protected", "", wrongPassword, http.Header{"Cookie": {"asc_auth_key=bad; sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1=stale"}})
			t.expectTooManyAttempts(a)
			Expect(a).To(haveNoHeader("Set-Cookie"))
		})

		It("does not refuse what the limit is not about", t.holds("A312"), func(ctx SpecContext) {
			t.needsOurPortal()
			wrong(ctx, 5)
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword))
			Expect(t.apply(ctx, "open", "", `{}`).member("response", "status")).To(BeEquivalentTo(statusOK))
			t.expectBadRequest(t.send(ctx, request{method: http.MethodPost, path: "files/share/protected/password", body: `[]`, off: true}), "$")
			Expect(t.flags(ctx).external).To(BeTrue())
		})
	})
}
