package contract_test

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// Outcomes of the use of a link (ExternalShare.cs).
const (
	statusOK = iota
	statusInvalid
	statusExpired
	statusRequiredPassword
	statusInvalidPassword
	statusExternalAccessDenied
)

// apply posts a body to the password call of a link. token is a portal token, "" for a visitor.
func (t *target) apply(ctx SpecContext, key, token, body string, header ...http.Header) answer {
	GinkgoHelper()
	r := request{method: http.MethodPost, path: "files/share/" + url.PathEscape(key) + "/password", key: token, body: body}
	if len(header) > 0 {
		r.header = header[0]
	}
	return t.send(ctx, r)
}

const (
	rightPassword = `{"password":"Secret123!"}`
	wrongPassword = `{"password":"wrong"}`
)

// passwordSpecs describe POST files/share/{key}/password.
func passwordSpecs(t *target) {
	Describe("applyExternalSharePassword", func() {
		// What is told of the target, by how far the link led: everything, the entry alone, nothing.
		const open, entryOnly, nothing = "open", "entry", "nothing"

		DescribeTable("answers by the link, the portal, the caller and the password",
			func(ctx SpecContext, key, token, body string, status int, told string) {
				t.needsOurPortal()
				a := t.apply(ctx, key, token, body)
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveMember(BeEquivalentTo(status), "response", "status"))
				Expect(a).To(haveMember(token != "", "response", "isAuthenticated"))
				switch told {
				case open:
					Expect(a).To(haveNames(ContainElements("id", "title", "type")))
					Expect(a).To(haveMember(BeEquivalentTo(7), "response", "tenantId"))
					Expect(a).To(haveMember(HavePrefix("3fa85f64-"), "response", "linkId"))
					Expect(a).To(haveMember(token != "", "response", "shared"))
				case entryOnly:
					Expect(a).To(haveNames(ContainElements("id", "title", "type")))
					Expect(a).To(haveMember(BeEquivalentTo(0), "response", "tenantId"))
					Expect(a).To(haveMember("00000000-0000-0000-0000-000000000000", "response", "linkId"))
					Expect(a).To(haveMember(BeFalse(), "response", "shared"))
				case nothing:
					Expect(a).To(haveNames([]string{"status", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
					Expect(a).To(haveMember(BeEquivalentTo(0), "response", "tenantId"))
				}
			},
			Entry("a key that is not known: Invalid, never 404", t.holds("A201"), "nope", "", rightPassword, statusInvalid, nothing),
			Entry("a key that looks like a file: Invalid", t.holds("A201"), "x.json", "", rightPassword, statusInvalid, nothing),
			Entry("a key in another case: Invalid", t.holds("A201"), "OPEN", "", rightPassword, statusInvalid, nothing),
			Entry("an expired link: Expired, even with the right password", t.holds("A202"), "expired", "", rightPassword, statusExpired, nothing),
			Entry("an expired link, with a wrong password: Expired", t.holds("A202"), "expired", "", wrongPassword, statusExpired, nothing),
			Entry("an internal link, visitor: ExternalAccessDenied", t.holds("A203"), "internal", "", `{}`, statusExternalAccessDenied, nothing),
			Entry("an internal link, somebody with an account: Ok", t.holds("A204"), "internal", "user-token", `{}`, statusOK, ""),
			Entry("an internal link with a password, user: InvalidPassword for a wrong one", t.holds("A204"), "internal-protected", "user-token", wrongPassword, statusInvalidPassword, nothing),
			Entry("a link without a password, no password: Ok", t.holds("A205"), "open", "", `{}`, statusOK, open),
			Entry("a link without a password, any password: Ok", t.holds("A205"), "open", "", wrongPassword, statusOK, open),
			Entry("a protected link, right password: Ok", t.holds("A206"), "protected", "", rightPassword, statusOK, open),
			Entry("a protected link, right password, name in another case: Ok", t.holds("A206"), "protected", "", `{"PassWord":"Secret123!"}`, statusOK, open),
			Entry("a protected link, unknown properties beside it: Ok", t.holds("A206"), "protected", "", `{"password":"Secret123!","x":1}`, statusOK, open),
			Entry("a protected link, right password, guest: Ok", t.holds("A206"), "protected", "guest-token", rightPassword, statusOK, open),
			Entry("a protected link, no password: RequiredPassword", t.holds("A208"), "protected", "", `{}`, statusRequiredPassword, entryOnly),
			Entry("a protected link, null: RequiredPassword", t.holds("A208"), "protected", "", `{"password":null}`, statusRequiredPassword, entryOnly),
			Entry("a protected link, empty password: RequiredPassword", t.holds("A208"), "protected", "", `{"password":""}`, statusRequiredPassword, entryOnly),
			Entry("a protected link, blanks: InvalidPassword", t.holds("A207"), "protected", "", `{"password":"   "}`, statusInvalidPassword, nothing),
			Entry("a protected link, right password in another case: InvalidPassword", t.holds("A207"), "protected", "", `{"password":"secret123!"}`, statusInvalidPassword, nothing),
			Entry("a protected link, right password with a blank: InvalidPassword", t.holds("A207"), "protected", "", `{"password":"Secret123! "}`, statusInvalidPassword, nothing),
			Entry("a protected room, no password, member: Ok, without the link", t.holds("A209"), "protected", "user-token", `{}`, statusOK, entryOnly),
			Entry("a protected room, no password, who is no member: RequiredPassword", t.holds("A209"), "protected", "guest-token", `{}`, statusRequiredPassword, entryOnly),
			Entry("a protected file, no password, its creator: RequiredPassword", t.holds("A209"), "protected-file", "YOUR_API_KEY", `{}`, statusRequiredPassword, entryOnly),
			Entry("a link whose entry is gone: Invalid", t.holds("A210"), "orphan", "", `{}`, statusInvalid, nothing),
			Entry("a link whose entry is in the trash: Invalid, with the entry", t.holds("A211"), "trashed", "", rightPassword, statusInvalid, entryOnly),
			Entry("a link whose entry is in the trash, no password: Invalid, with the entry", t.holds("A211"), "trashed", "", `{}`, statusInvalid, entryOnly),
			Entry("a link whose entry is in the trash, wrong password: InvalidPassword", t.holds("A211"), "trashed", "", wrongPassword, statusInvalidPassword, nothing),
			Entry("a link whose entry is in the archive: Invalid, with the entry", t.holds("A211"), "archived", "", `{}`, statusInvalid, entryOnly),
			Entry("a key of any letters: Ok", t.holds("A205"), "a/b c%3F#ü", "", `{}`, statusOK, ""),
		)

		It("answers the whole of an open link in the server's order", t.holds("A212"), func(ctx SpecContext) {
			t.needsOurPortal()
			a := t.apply(ctx, "open", "user-token", `{}`)
			Expect(string(a.body)).To(Equal(`{"response":{"status":0,"id":"10","title":"Marketing","type":1,"tenantId":7,"isRoom":true,` +
				`"shared":true,"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa0","isAuthenticated":true,"isRoomMember":true},"count":1,` +
				`"links":[{"href":"` + t.url + `/api/2.0/files/share/open/password","action":"POST"}],"status":0,"statusCode":200}`))
			Expect(a).To(haveHeader("Api-Supported-Versions", "2.0"))
		})

		It("tells folders and files from rooms, and escapes nothing in titles", t.holds("A213"), func(ctx SpecContext) {
			t.needsOurPortal()
			folder := t.apply(ctx, "open-folder", "", `{}`)
			Expect(folder).To(haveMember(BeEquivalentTo(1), "response", "type"))
			Expect(folder).To(haveMember(BeFalse(), "response", "isRoom"))
			file := t.apply(ctx, "protected-file", "", rightPassword)
			Expect(file).To(haveMember(BeEquivalentTo(2), "response", "type"))
			Expect(file).NotTo(haveNames(ContainElement("isRoom")))
			Expect(file).To(haveBody(ContainSubstring(`"title":"Größe & <Maß>.docx"`)))
		})

		It("is a member's room only for its members", t.holds("A214"), func(ctx SpecContext) {
			t.needsOurPortal()
			Expect(t.apply(ctx, "open", "user-token", `{}`)).To(haveMember(BeTrue(), "response", "isRoomMember"))
			Expect(t.apply(ctx, "open", "guest-token", `{}`)).To(haveMember(BeFalse(), "response", "isRoomMember"))
			Expect(t.apply(ctx, "open", "", `{}`)).To(haveMember(BeFalse(), "response", "isRoomMember"))
		})

		DescribeTable("refuses bodies that it cannot read, without counting an attempt", t.holds("A216", "A215"),
			func(ctx SpecContext, body, key string) {
				refused := func(link string) {
					GinkgoHelper()
					t.expectBadRequest(t.send(ctx, request{method: http.MethodPost, path: "files/share/" + url.PathEscape(link) + "/password", body: body, off: true}), key)
				}
				if t.live && (t.link.password == "" || !given.Destructive) { // if such bodies were counted, this would lock the link
					refused("no-such-key")
					return
				}
				for range 6 {
					refused(t.link.key)
				}
				Expect(t.apply(ctx, t.link.key, "", t.link.body())).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			},
			Entry("a number", `{"password":123}`, "$.password"),
			Entry("true", `{"password":true}`, "$.password"),
			Entry("an object", `{"password":{}}`, "$.password"),
			Entry("half a surrogate pair", `{"password":"\ud800"}`, "$.password"),
			Entry("a list", `[]`, "$"),
			Entry("an open brace", `{"password"`, "$"),
			Entry("null", `null`, "RequestParam"),
			Entry("nothing", ``, "RequestParam"),
		)

		It("wants JSON", t.holds("A117", "A116"), func(ctx SpecContext) {
			t.expectUnsupportedMediaType(t.send(ctx, request{method: http.MethodPost, path: "files/share/x/password", body: rightPassword, media: "-", off: true}))
			t.expectUnsupportedMediaType(t.send(ctx, request{method: http.MethodPost, path: "files/share/x/password", body: "password=x", media: "application/x-www-form-urlencoded", off: true}))
		})

		It("leaves of the answer what `fields` names", t.holds("A217"), func(ctx SpecContext) {
			t.needsOurPortal()
			a := t.send(ctx, request{method: http.MethodPost, path: "files/share/open/password?fields=status,title,tenantId,shared,linkId,isAuthenticated,isRoomMember", body: `{}`})
			Expect(a).To(haveNames([]string{"status", "title", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
		})

		When("external sharing is off", func() {
			BeforeEach(func(ctx SpecContext) {
				t.needsOurPortal()
				t.setFlag(ctx, "external", false)
			})

			It("denies visitors links that are open, and tells the entry", t.holds("A218"), func(ctx SpecContext) {
				for _, key := range []string{"open", "open-folder"} {
					a := t.apply(ctx, key, "", `{}`)
					Expect(a).To(haveMember(BeEquivalentTo(statusExternalAccessDenied), "response", "status"))
					Expect(a).To(haveNames(ContainElements("id", "title")))
					Expect(a).To(haveMember(BeEquivalentTo(0), "response", "tenantId"))
					Expect(a.Header.Values("Set-Cookie")).To(BeEmpty())
				}
			})

			It("denies visitors after the right password, which is remembered all the same", t.holds("A219"), func(ctx SpecContext) {
				a := t.apply(ctx, "protected", "", rightPassword)
				Expect(a).To(haveMember(BeEquivalentTo(statusExternalAccessDenied), "response", "status"))
				Expect(cookieNames(a)).To(Equal([]string{"sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"}))
			})

			It("still asks for the password first", t.holds("A219"), func(ctx SpecContext) {
				Expect(t.apply(ctx, "protected", "", `{}`)).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
				Expect(t.apply(ctx, "protected", "", wrongPassword)).To(haveMember(BeEquivalentTo(statusInvalidPassword), "response", "status"))
			})

			It("does not restrict people with an account", t.holds("A220"), func(ctx SpecContext) {
				Expect(t.apply(ctx, "open", "guest-token", `{}`)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			})
		})

		Describe("cookies", func() {
			BeforeEach(t.needsOurPortal)

			It("remembers a right password and a visitor, in this order", t.holds("A221"), func(ctx SpecContext) {
				a := t.apply(ctx, "protected", "", rightPassword)
				Expect(cookieNames(a)).To(Equal([]string{"sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1", "anonymous_session_key"}))
				for _, cookie := range a.Cookies() {
					Expect(cookie.Path).To(Equal("/"))
					Expect(cookie.HttpOnly).To(BeTrue())
					Expect(cookie.SameSite).To(Equal(http.SameSiteStrictMode))
					Expect(cookie.Secure).To(BeFalse())
					Expect(cookie.MaxAge).To(BeZero())
					Expect(cookie.Expires.IsZero()).To(BeTrue(), "a session cookie")
				}
			})

			It("sets them secure over https", t.holds("A222"), func(ctx SpecContext) {
				a := t.apply(ctx, "protected", "", rightPassword, http.Header{"X-Forwarded-Proto": {"https"}})
				Expect(a.Cookies()).To(HaveLen(2))
				for _, cookie := range a.Cookies() {
					Expect(cookie.Secure).To(BeTrue())
				}
				Expect(a).To(haveMember(HavePrefix("https://"), "links", 0, "href"))
			})

			It("gives no session to people with an account, nor to who has one", t.holds("A223"), func(ctx SpecContext) {
				Expect(cookieNames(t.apply(ctx, "open", "user-token", `{}`))).To(BeEmpty())
				Expect(cookieNames(t.apply(ctx, "open", "", `{}`, http.Header{"Cookie": {"anonymous_session_key=x"}}))).To(BeEmpty())
				Expect(cookieNames(t.apply(ctx, "open", "", `{}`))).To(Equal([]string{"anonymous_session_key"}))
			})

			It("lets in who brings the remembered password, whatever is posted", t.holds("A224"), func(ctx SpecContext) {
				cookie := t.apply(ctx, "protected", "", rightPassword).Cookies()[0]
				for _, header := range []http.Header{
					{"Cookie": {cookie.Name + "=" + cookie.Value}},
					{http.CanonicalHeaderKey(cookie.Name): {cookie.Value}},
				} {
					for _, body := range []string{`{}`, wrongPassword} {
						a := t.apply(ctx, "protected", "", body, header)
						Expect(a).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
						Expect(cookieNames(a)).To(Equal([]string{"anonymous_session_key"}), "nothing new to remember")
					}
				}
			})

			It("takes back a remembered password that does not fit, with a wrong one", t.holds("A225"), func(ctx SpecContext) {
				name := "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"
				a := t.apply(ctx, "protected", "", wrongPassword, http.Header{"Cookie": {name + "=stale"}})
				Expect(a).To(haveMember(BeEquivalentTo(statusInvalidPassword), "response", "status"))
				Expect(a.Header.Values("Set-Cookie")).To(Equal([]string{name + "=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"}))
			})
		})

		Describe("the password of the owner and of administrators", func() {
			BeforeEach(t.needsOurPortal)

			DescribeTable("is set (documented) or checked like anybody's (v3.7.2)",
				func(ctx SpecContext, token string, sets bool) {
					a := t.apply(ctx, "protected", token, `{"password":"Another456!"}`)
					sets = sets && t.documented()
					if sets {
						Expect(a).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
						Expect(t.apply(ctx, "protected", "", rightPassword)).To(haveMember(BeEquivalentTo(statusInvalidPassword), "response", "status"), "the old one is replaced")
						Expect(t.apply(ctx, "protected", "", `{"password":"Another456!"}`)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
						return
					}
					Expect(a).To(haveMember(BeEquivalentTo(statusInvalidPassword), "response", "status"))
					Expect(t.apply(ctx, "protected", "", rightPassword)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
				},
				Entry("owner", t.holds("A226", "A227"), "YOUR_API_KEY", true),
				Entry("DocSpace administrator", t.holds("A226", "A227"), "admin-token", true),
				Entry("room administrator", t.holds("A228"), "room-admin-token", false),
				Entry("user", t.holds("A228"), "user-token", false),
				Entry("guest", t.holds("A228"), "guest-token", false),
				Entry("visitor", t.holds("A228"), "", false),
			)

			It("protects a link that had none (documented), or does not (v3.7.2)", t.holds("A226", "A227"), func(ctx SpecContext) {
				a := t.apply(ctx, "open", "YOUR_API_KEY", rightPassword)
				Expect(a).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
				Expect(a).NotTo(haveHeader("X-Mock-Hint", BeEmpty()))
				expected := statusOK
				if t.documented() {
					expected = statusRequiredPassword
				}
				Expect(t.apply(ctx, "open", "", `{}`)).To(haveMember(BeEquivalentTo(expected), "response", "status"))
			})

			It("does not remove a password when none is sent", t.holds("A229"), func(ctx SpecContext) {
				t.apply(ctx, "protected", "YOUR_API_KEY", `{"password":""}`)
				Expect(t.apply(ctx, "protected", "", `{}`)).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
			})
		})

		It("opens a protected link to the right password alone", t.holds("A206"), func(ctx SpecContext) {
			t.needsLink()
			t.setFlag(ctx, "external", true)
			Expect(t.apply(ctx, t.link.key, "", `{}`)).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
			a := t.apply(ctx, t.link.key, "", t.link.body())
			Expect(a).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			Expect(a).To(haveNames(BeElementOf([]any{
				[]string{"status", "id", "title", "type", "tenantId", "isRoom", "shared", "linkId", "isAuthenticated", "isRoomMember"},
				[]string{"status", "id", "title", "type", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}, // a file
			})))
			Expect(a).To(haveMember(BeFalse(), "response", "isAuthenticated"))
			Expect(a).To(haveHeader("Content-Type", "application/json; charset=utf-8"))
		})

		It("remembers the right password of a protected link", t.holds("A224"), func(ctx SpecContext) {
			t.needsLink()
			t.setFlag(ctx, "external", true)
			a := t.apply(ctx, t.link.key, "", t.link.body())
			Expect(a).To(haveCookieNames(MatchRegexp(`^sharelink[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}, anonymous_session_key$`)))
			Expect(a).To(haveMember(strings.TrimPrefix(cookieNames(a)[0], "sharelink"), "response", "linkId"))
			var sent []string
			for _, cookie := range a.Cookies() {
				sent = append(sent, cookie.Name+"="+cookie.Value)
			}
			again := t.apply(ctx, t.link.key, "", `{}`, http.Header{"Cookie": {strings.Join(sent, "; ")}})
			Expect(again).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			Expect(again).To(haveNoHeader("Set-Cookie"))
		})

		It("sets cookies that no script reads, for the portal and the session alone", t.holds("A221"), func(ctx SpecContext) {
			t.needsLink()
			t.setFlag(ctx, "external", true)
			attributes := []string{"httponly", "path=" + t.base() + "/", "samesite=strict"}
			if strings.HasPrefix(t.url, "https://") {
				attributes = []string{"httponly", "path=" + t.base() + "/", "samesite=strict", "secure"}
			}
			Expect(t.apply(ctx, t.link.key, "", t.link.body())).To(haveCookies(attributes, attributes))
		})

		It("tells what a link leads to that wants a password", t.holds("A208"), func(ctx SpecContext) {
			t.needsLink()
			t.setFlag(ctx, "external", true)
			a := t.apply(ctx, t.link.key, "", `{}`)
			Expect(a).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
			Expect(a).To(lackNoneOf([]string{"status", "id", "title", "type", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
		})

		It("tells what a link is in an envelope, whatever it is", t.holds("A212"), func(ctx SpecContext) {
			if t.link.key == "" {
				Skip("needs a share link, DOCSPACE_SHARE_KEY")
			}
			a := t.apply(ctx, t.link.key, "", `{}`)
			Expect(a).To(haveStatus(http.StatusOK))
			Expect(a).To(haveEnvelope("response", "count", "links", "status", "statusCode"))
			Expect(a).To(lackNoneOf([]string{"status", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
			Expect(a).To(haveMember(BeElementOf(0., 1., 2., 3., 4., 5.), "response", "status"))
			Expect(a).To(haveMember(BeEquivalentTo(1), "count"))
			Expect(a).To(haveMember("POST", "links", 0, "action"))
			Expect(a).To(haveHeader("Content-Type", "application/json; charset=utf-8"))
			Expect(a).To(haveHeader("Api-Supported-Versions", "2.0"))
		})

		It("answers Invalid for a key that no portal has", t.holds("A201"), func(ctx SpecContext) {
			a := t.apply(ctx, "no-such-key", "", rightPassword)
			Expect(a).To(haveMember(BeEquivalentTo(statusInvalid), "response", "status"))
		})
	})
}

// limiterSpecs describe what happens after too many wrong passwords.
func limiterSpecs(t *target) {
	Describe("applyExternalSharePassword, too often", func() {
		BeforeEach(func() {
			t.needsConsent()
			if t.live {
				t.needsLink()
			}
		})

		wrong := func(ctx SpecContext, times int, header ...http.Header) {
			GinkgoHelper()
			for range times {
				Expect(t.apply(ctx, "protected", "", wrongPassword, header...)).To(haveMember(BeEquivalentTo(statusInvalidPassword), "response", "status"))
			}
		}
		status := func(ctx SpecContext, body string) any {
			GinkgoHelper()
			return t.apply(ctx, "protected", "", body).member("response", "status")
		}

		It("refuses the sixth attempt, even with the right password: 403 (v3.7.2) or 429 (documented)", t.holds("A302", "A301"), func(ctx SpecContext) {
			t.setFlag(ctx, "external", true)
			for range 5 {
				Expect(t.apply(ctx, t.link.key, "", link{password: "not " + t.link.password}.body())).To(haveMember(BeEquivalentTo(statusInvalidPassword), "response", "status"))
			}
			t.expectTooManyAttempts(t.apply(ctx, t.link.key, "", t.link.body()))
		})

		if t.live {
			return // one lock is enough, and the others need links or a clock of ours
		}

		It("refuses any further call, also without a password", t.holds("A302", "A301"), func(ctx SpecContext) {
			wrong(ctx, 5)
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", `{}`))
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword))
		})

		It("counts nothing but wrong passwords", t.holds("A303"), func(ctx SpecContext) {
			wrong(ctx, 4)
			for range 10 {
				Expect(status(ctx, `{}`)).To(BeEquivalentTo(statusRequiredPassword))
				Expect(status(ctx, rightPassword)).To(BeEquivalentTo(statusOK))
			}
			wrong(ctx, 1)
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword))
		})

		It("counts for each link", t.holds("A304"), func(ctx SpecContext) {
			wrong(ctx, 5)
			Expect(t.apply(ctx, "protected-file", "", rightPassword)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
		})

		It("counts a key in any case as the same", t.holds("A304"), func(ctx SpecContext) {
			wrong(ctx, 5)
			t.expectTooManyAttempts(t.apply(ctx, "PROTECTED", "", `{}`))
		})

		It("counts for each client address", t.holds("A305"), func(ctx SpecContext) {
			other := http.Header{"X-Forwarded-For": {"203.0.113.9"}}
			wrong(ctx, 5)
			Expect(t.apply(ctx, "protected", "", rightPassword, other)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			wrong(ctx, 5, other)
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword, other))
		})

		It("believes the address in request-x-real-ip", t.holds("A306"), func(ctx SpecContext) {
			wrong(ctx, 5)
			a := t.send(ctx, request{method: http.MethodPost, path: "files/share/protected/password?request-x-real-ip=198.51.100.1", body: rightPassword})
			Expect(a).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			t.expectTooManyAttempts(t.send(ctx, request{method: http.MethodPost, path: "files/share/protected/password?request-x-real-ip=", body: rightPassword}))
		})

		It("blocks for 60 seconds, which further calls do not extend", t.holds("A307"), func(ctx SpecContext) {
			t.needsClock()
			wrong(ctx, 5)
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword))
			t.advance(59 * time.Second)
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword))
			t.advance(2 * time.Second)
			Expect(status(ctx, rightPassword)).To(BeEquivalentTo(statusOK))
			wrong(ctx, 5) // from zero again
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword))
		})

		It("forgets a wrong password after 60 seconds", t.holds("A308"), func(ctx SpecContext) {
			t.needsClock()
			wrong(ctx, 1)
			t.advance(30 * time.Second)
			wrong(ctx, 4)
			t.advance(31 * time.Second)
			Expect(status(ctx, rightPassword)).To(BeEquivalentTo(statusOK))
			wrong(ctx, 1)
			t.expectTooManyAttempts(t.apply(ctx, "protected", "", rightPassword))
		})
	})
}

// expectTooManyAttempts expects the refusal of the profile.
func (t *target) expectTooManyAttempts(a answer) {
	GinkgoHelper()
	status := http.StatusForbidden
	if t.documented() {
		status = http.StatusTooManyRequests
		Expect(a).To(haveHeader("Retry-After", MatchRegexp(`^([1-9]|[1-5]\d|60)$`)))
	} else {
		Expect(a).To(haveNoHeader("Retry-After"))
	}
	Expect(a).To(haveStatus(status))
	Expect(string(a.body)).To(Equal(strings.ReplaceAll(`{"error":{"message":"You have tried too many times to enter your password. Please try again later","type":null,"stack":null,"hresult":0},"status":1,"statusCode":STATUS}`,
		"STATUS", a.Status[:3])))
	Expect(a).To(haveHeader("Cache-Control", "no-cache,no-store"))
}

// body is what opens the link.
func (l link) body() string { return `{"password":` + quote(l.password) + `}` }

func cookieNames(a answer) []string {
	var names []string
	for _, cookie := range a.Cookies() {
		names = append(names, cookie.Name)
	}
	return names
}
