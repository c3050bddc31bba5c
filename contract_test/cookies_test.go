package contract_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// cookieSpecs describe the cookies of the password call (CookiesManager.cs, ExternalLinkHelper.cs).
func cookieSpecs(t *target) {
	Describe("cookies", func() {
		const (
			remember = "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"
			session  = "anonymous_session_key"
		)

		DescribeTable("are set according to the outcome:", t.holds("A221"),
			func(ctx SpecContext, key, token, body, sent string, names ...string) {
				t.usePortal()
				header := http.Header{}
				if sent != "" {
					header.Set("Cookie", sent)
				}
				a := t.postPassword(ctx, key, token, body, header)
				Expect(a).To(haveStatus(http.StatusOK))
				if len(names) == 0 {
					Expect(a).To(haveNoHeader("Set-Cookie"))
					return
				}
				Expect(cookieNames(a)).To(Equal(names))
			},
			Entry("Ok, without a password", "open", "", `{}`, "", session),
			Entry("Ok, with a password", "protected", "", rightPassword, "", remember, session),
			Entry("Ok, with a session", "protected", "", rightPassword, session+"=x", remember),
			Entry("Ok, with an account", "protected", "guest-token", rightPassword, "", remember),
			Entry("Ok, an internal link", "internal", "guest-token", `{}`, ""),
			Entry("Ok, a member of the room", "protected", "user-token", `{}`, ""),
			Entry("RequiredPassword", "protected", "", `{}`, ""),
			Entry("RequiredPassword, with a remembered one that does not match", "protected", "", `{}`, remember+"=stale"),
			Entry("InvalidPassword", "protected", "", wrongPassword, ""),
			Entry("InvalidPassword, with a remembered one of another link", "protected", "", wrongPassword, "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa3=stale"),
			Entry("Expired", "expired", "", rightPassword, ""),
			Entry("Invalid, a key that no link has", "nope", "", rightPassword, ""),
			t.ofFake(Entry("Invalid, in the trash, the right password", "trashed", "", rightPassword, "", "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa9")),
			t.ofFake(Entry("Invalid, in the archive", "archived", "", `{}`, "")),
			Entry("ExternalAccessDenied", "internal", "", `{}`, ""),
		)

		It("hold a signed password, and a signed id of the visitor that is new each time", t.holds("A237"), func(ctx SpecContext) {
			t.usePortal()
			first, second := t.postPassword(ctx, "protected", "", rightPassword).Cookies(), t.postPassword(ctx, "protected", "", rightPassword).Cookies()
			Expect(signed(first[0].Value)).To(Equal(`"Secret123!"`))
			Expect(second[0].Value).To(Equal(first[0].Value))
			Expect(signed(first[1].Value)).To(MatchRegexp(`^"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"$`))
			Expect(second[1].Value).NotTo(Equal(first[1].Value))
		})

		t.tableOfFake("are set with the server's attributes, and deleted without", t.holds("A222"),
			func(ctx SpecContext, sameSite, query string, header http.Header, attributes string) {
				t.startWith(ctx, func(p *mockserver.Portal) { p.BaseDomain, p.SameSite = "localhost", &sameSite })
				send := func(body string) []string {
					GinkgoHelper()
					a := t.send(ctx, request{method: http.MethodPost, path: "files/share/protected/password" + query, body: body, header: header})
					Expect(a).To(haveStatus(http.StatusOK))
					return a.Header.Values("Set-Cookie")
				}
				cookies := send(rightPassword)
				Expect(cookies).To(HaveLen(2))
				for _, cookie := range cookies {
					Expect(cookie).To(MatchRegexp(`^[^;]+` + regexp.QuoteMeta(attributes) + `(; Partitioned)?$`))
				}
				header = header.Clone()
				if header == nil {
					header = http.Header{}
				}
				header.Set("Cookie", remember+"=stale")
				Expect(send(wrongPassword)[0]).To(Equal(remember + "=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"))
			},
			Entry("over http", "None", "", nil, "; path=/; samesite=strict; httponly"),
			Entry("over https", "None", "", forwarded("https"), "; path=/; secure; samesite=none; httponly"),
			Entry("over https, according to the first of two proxies", "None", "", forwarded("https, http"), "; path=/; secure; samesite=none; httponly"),
			Entry("over another scheme", "None", "", forwarded("gopher"), "; path=/; samesite=strict; httponly"),
			Entry("over https according to origin in the query", "None", "?origin=https://app.example", nil, "; path=/; secure; samesite=none; httponly"),
			Entry("over http according to origin in the query", "None", "?origin=http://app.example", forwarded("https"), "; path=/; samesite=strict; httponly"),
			Entry("Lax", "Lax", "", nil, "; path=/; samesite=lax; httponly"),
			Entry("Lax over https", "Lax", "", forwarded("https"), "; path=/; secure; samesite=lax; httponly"),
			Entry("Strict over https", "Strict", "", forwarded("https"), "; path=/; secure; samesite=strict; httponly"),
			Entry("over http as shipped", "", "", nil, "; path=/; samesite=strict; httponly"),
			Entry("over https as shipped", "", "", forwarded("https"), "; path=/; secure; samesite=strict; httponly"),
			Entry("for a page of the base domain", "None", "", http.Header{"Origin": {"http://app.localhost"}}, "; domain=.localhost; path=/; samesite=strict; httponly"),
			Entry("for a page that only ends with the base domain", "None", "", http.Header{"Origin": {"http://mylocalhost:8080"}}, "; domain=.localhost; path=/; samesite=strict; httponly"),
			Entry("for another page", "None", "", http.Header{"Origin": {"http://app.lab.test"}}, "; path=/; samesite=strict; httponly"),
		)

		if t.partitioned() {
			partitionedCookieSpecs(t, remember)
		}

		It("are set after the deletion of a token that is not valid", t.holds("A221"), func(ctx SpecContext) {
			t.usePortal()
			a := t.postPassword(ctx, "protected", "", rightPassword, http.Header{"Cookie": {"asc_auth_key=bad"}})
			expected := []string{"asc_auth_key", remember, session}
			if t.profile == mockserver.ProfileNext { // leaves the token alone here
				expected = expected[1:]
			}
			Expect(cookieNames(a)).To(Equal(expected))
		})

		It("hold a right password and the visitor's session, in this order", t.holds("A221"), func(ctx SpecContext) {
			t.usePortal()
			a := t.postPassword(ctx, "protected", "", rightPassword)
			Expect(cookieNames(a)).To(Equal([]string{"sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1", "anonymous_session_key"}))
			for _, cookie := range a.Cookies() {
				Expect(cookie.Path).To(Equal(t.base() + "/"))
				Expect(cookie.HttpOnly).To(BeTrue())
				if !strings.HasPrefix(t.url, "https://") {
					Expect(cookie.SameSite).To(Equal(http.SameSiteStrictMode))
					Expect(cookie.Secure).To(BeFalse())
				}
				Expect(cookie.MaxAge).To(BeZero())
				Expect(cookie.Expires.IsZero()).To(BeTrue(), "a session cookie")
			}
		})

		t.itOfFake("are Secure over https", t.holds("A222"), func(ctx SpecContext) {
			a := t.postPassword(ctx, "protected", "", rightPassword, http.Header{"X-Forwarded-Proto": {"https"}})
			Expect(a.Cookies()).To(HaveLen(2))
			for _, cookie := range a.Cookies() {
				Expect(cookie.Secure).To(BeTrue())
			}
			Expect(a).To(haveMember(HavePrefix("https://"), "links", 0, "href"))
		})

		It("give no session to people with an account, nor to visitors who have one", t.holds("A223"), func(ctx SpecContext) {
			t.usePortal()
			for _, token := range t.presentPeople("user-token", "YOUR_API_KEY") {
				Expect(cookieNames(t.postPassword(ctx, "open", token, `{}`))).To(BeEmpty())
			}
			Expect(cookieNames(t.postPassword(ctx, "open", "", `{}`, http.Header{"Cookie": {"anonymous_session_key=x"}}))).To(BeEmpty())
			Expect(cookieNames(t.postPassword(ctx, "open", "", `{}`))).To(Equal([]string{"anonymous_session_key"}))
		})

		It("open a link with the remembered password, whatever is posted", t.holds("A224"), func(ctx SpecContext) {
			t.usePortal()
			cookie := t.postPassword(ctx, "protected", "", rightPassword).Cookies()[0]
			for _, header := range []http.Header{
				{"Cookie": {cookie.Name + "=" + cookie.Value}},
				{http.CanonicalHeaderKey(cookie.Name): {cookie.Value}},
			} {
				for _, body := range []string{`{}`, wrongPassword} {
					a := t.postPassword(ctx, "protected", "", body, header)
					Expect(a).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
					Expect(cookieNames(a)).To(Equal([]string{"anonymous_session_key"}), "the password is remembered already")
				}
			}
		})

		It("are deleted when a wrong password is posted and the remembered one does not match", t.holds("A225"), func(ctx SpecContext) {
			t.usePortal()
			name := "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"
			a := t.postPassword(ctx, "protected", "", wrongPassword, http.Header{"Cookie": {name + "=stale"}})
			Expect(a).To(haveMember(BeEquivalentTo(statusInvalidPassword), "response", "status"))
			Expect(a.Header.Values("Set-Cookie")).To(Equal([]string{name + "=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"}))
		})

		It("open a link only with the password that it has now", t.holds("A224"), func(ctx SpecContext) {
			t.usePortal()
			const name = "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"
			for what, value := range inOrder(map[string]string{
				"another password": t.sign(ctx, "Old-one-123"), "the password itself": "Secret123!", "another portal's": forge(t.rememberedPassword(ctx, "protected", rightPassword)),
			}) {
				for _, header := range []http.Header{{"Cookie": {name + "=" + value}}, {http.CanonicalHeaderKey(name): {value}}} {
					Expect(linkStatus(t.postPassword(ctx, "protected", "", `{}`, header))).To(BeEquivalentTo(statusRequiredPassword), what)
				}
			}
			right := t.rememberedPassword(ctx, "protected", rightPassword)
			other := http.Header{"Cookie": {"sharelink3fa85f64-5717-4562-b3fc-2c963f66afa3=" + right}}
			Expect(linkStatus(t.postPassword(ctx, "protected", "", `{}`, other))).To(BeEquivalentTo(statusRequiredPassword), "another link's cookie")
		})

		It("remember the right password of a protected link", t.holds("A224"), func(ctx SpecContext) {
			t.needsLink()
			t.setSwitch(ctx, "external", true)
			a := t.postPassword(ctx, t.link.key, "", t.link.body())
			Expect(a).To(haveCookieNames(MatchRegexp(`^sharelink[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}, anonymous_session_key$`)))
			Expect(a).To(haveMember(strings.TrimPrefix(cookieNames(a)[0], "sharelink"), "response", "linkId"))
			var sent []string
			for _, cookie := range a.Cookies() {
				sent = append(sent, cookie.Name+"="+cookie.Value)
			}
			again := t.postPassword(ctx, t.link.key, "", `{}`, http.Header{"Cookie": {strings.Join(sent, "; ")}})
			Expect(again).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			Expect(again).To(haveNoHeader("Set-Cookie"))
		})

		It("are hidden from scripts, and only for the portal and the session", t.holds("A221"), func(ctx SpecContext) {
			t.needsLink()
			t.setSwitch(ctx, "external", true)
			attributes := []string{"httponly", "path=" + t.base() + "/", "samesite=strict"}
			if strings.HasPrefix(t.url, "https://") {
				attributes = []string{"httponly", "path=" + t.base() + "/", "samesite=none", "secure"}
				if t.partitioned() {
					attributes = slices.Insert(attributes, 1, "partitioned")
				}
			}
			Expect(t.postPassword(ctx, t.link.key, "", t.link.body())).To(haveCookies(attributes, attributes))
		})
	})
}

// cookieNames are the names of the cookies that an answer sets.
func cookieNames(a answer) []string {
	var names []string
	for _, cookie := range a.Cookies() {
		names = append(names, cookie.Name)
	}
	return names
}

// rememberedPassword is the value of the link's cookie after the right password.
func (t *target) rememberedPassword(ctx SpecContext, key, body string) string {
	GinkgoHelper()
	a := t.postPassword(ctx, key, "", body)
	Expect(cookieNames(a)).NotTo(BeEmpty())
	return a.Cookies()[0].Value
}

// forwarded is the header in which a proxy names the scheme.
func forwarded(proto string) http.Header { return http.Header{"X-Forwarded-Proto": {proto}} }

// partitionedCookieSpecs describe the cookies of the server's next releases.
func partitionedCookieSpecs(t *target, name string) {
	t.tableOfFake("are Partitioned over https with SameSite=None", t.holds("A245"),
		func(ctx SpecContext, sameSite, origin, attributes string) {
			t.startWith(ctx, func(p *mockserver.Portal) { p.SameSite = &sameSite })
			a := t.send(ctx, request{method: http.MethodPost, path: "files/share/protected/password?origin=" + origin, body: rightPassword})
			Expect(a.Header.Values("Set-Cookie")).To(And(HaveLen(2), HaveEach(HaveSuffix(attributes))))
		},
		Entry("None over https", "None", "https://a.example", "; path=/; secure; samesite=none; httponly; Partitioned"),
		Entry("None over http", "None", "http://a.example", "; path=/; samesite=strict; httponly"),
		Entry("Lax over https", "Lax", "https://a.example", "; path=/; secure; samesite=lax; httponly"),
	)

	const before, https = "; expires=Sun, 28 Jun 2026 12:00:00 GMT", "; path=/; secure; samesite=none; Partitioned"
	t.tableOfFake("are deleted in each form that a browser can have", t.holds("A246"),
		func(ctx SpecContext, origin, base string, more ...string) {
			strict := "Strict"
			t.startWith(ctx, func(p *mockserver.Portal) { p.BaseDomain, p.SameSite = base, &strict })
			deleted := []string{name + "=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"}
			for _, attributes := range more {
				deleted = append(deleted, name+"="+attributes)
			}
			path := "files/share/protected/password?origin=" + origin
			a := t.send(ctx, request{method: http.MethodPost, path: path, body: wrongPassword, header: cookie(name + "=stale")})
			Expect(a.Header.Values("Set-Cookie")).To(Equal(deleted))
			a = t.send(ctx, request{method: http.MethodPut, path: "files/settings/external?origin=" + origin, body: `{"set":true}`, header: cookie("asc_auth_key=bad")})
			Expect(a.Header.Values("Set-Cookie")).To(HaveLen(len(deleted)))
		},
		Entry("over http", "http://a.example", ""),
		Entry("over https", "https://a.example", "", before+https),
		Entry("over http with a base domain", "http://a.example", "lab.test", before+"; domain=.lab.test; path=/"),
		Entry("over https with a base domain", "https://a.example", "lab.test", before+https, before+"; domain=.lab.test; path=/", before+"; domain=.lab.test"+https),
	)
}
