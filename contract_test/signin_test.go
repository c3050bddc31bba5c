package contract_test

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

const (
	rightLogin = `{"userName":"owner@example.com","password":"Owner-pass-1"}`
	wrongLogin = `{"userName":"owner@example.com","password":"no"}`
)

// signInSpecs describe the calls that sign people in and out (AuthenticationController.cs), and the one that says who the caller is
// (UserController.cs).
func signInSpecs(t *target) {
	login := func(ctx SpecContext, body string, header ...http.Header) answer {
		GinkgoHelper()
		r := request{method: http.MethodPost, path: "authentication", body: body, off: true}
		if len(header) > 0 {
			r.header = header[0]
		}
		return t.send(ctx, r)
	}
	cookie := func(token string) http.Header {
		return http.Header{"Cookie": {"asc_auth_key=" + url.QueryEscape(token)}}
	}
	whoIs := func(ctx SpecContext, header http.Header) answer {
		GinkgoHelper()
		return t.send(ctx, request{path: "people/@self", header: header, off: header == nil})
	}
	isSignedIn := func(ctx SpecContext, header http.Header) any {
		GinkgoHelper()
		a := t.send(ctx, request{path: "authentication", header: header})
		Expect(a).To(haveStatus(http.StatusOK))
		answer, _ := a.find("response")
		return answer
	}
	logOut := func(ctx SpecContext, header http.Header) answer {
		GinkgoHelper()
		a := t.send(ctx, request{method: http.MethodPost, path: "authentication/logout", header: header, media: "-"})
		Expect(a).To(haveStatus(http.StatusOK))
		Expect(a).To(haveEnvelope("count", "links", "status", "statusCode"))
		return a
	}
	expectFailed := func(a answer) {
		GinkgoHelper()
		Expect(a).To(haveStatus(http.StatusUnauthorized))
		Expect(a).To(haveMember(Equal("User authentication failed"), "error", "message"))
		Expect(a).To(haveMember(BeNil(), "error", "type"))
		Expect(a).To(haveNoHeader("Set-Cookie"))
		Expect(a).To(haveNoHeader("WWW-Authenticate"))
	}
	expectBlocked := func(a answer) {
		GinkgoHelper()
		Expect(a).To(haveStatus(http.StatusForbidden))
		Expect(a).To(haveMember(Equal("Too many login attempts. Please try again later"), "error", "message"))
		Expect(a).To(haveNoHeader("Retry-After"))
	}
	failTimes := func(ctx SpecContext, times int, header ...http.Header) {
		GinkgoHelper()
		for range times {
			expectFailed(login(ctx, wrongLogin, header...))
		}
	}

	Describe("authenticateMe", func() {
		t.itOfFake("answers a session, and sets its cookie for a year", t.holds("A1301"), func(ctx SpecContext) {
			a := login(ctx, rightLogin)
			Expect(a.names()).To(Equal([]string{"token", "expires", "sms", "tfa"}))
			token := tokenOf(a)
			Expect(a).To(haveMember(Equal("2027-07-01T12:00:00Z"), "response", "expires"))
			Expect(a).To(haveMember(BeFalse(), "response", "tfa"))
			Expect(a).To(haveHeader("Set-Cookie", "asc_auth_key="+url.QueryEscape(token)+"; expires=Thu, 01 Jul 2027 12:00:00 GMT; path=/; samesite=strict; httponly"))
			Expect(whoIs(ctx, cookie(token))).To(haveMember(Equal("owner@example.com"), "response", "email"))
		})

		t.itOfFake("lets the cookie end with the browser's session", t.holds("A1308"), func(ctx SpecContext) {
			a := login(ctx, `{"userName":"owner@example.com","password":"Owner-pass-1","session":true}`)
			Expect(a).To(haveMember(Equal("0001-01-01T00:00:00"), "response", "expires"))
			Expect(a).To(haveHeader("Set-Cookie", MatchRegexp(`^asc_auth_key=[^;]+; path=/; samesite=strict; httponly$`)))
			t.advance(364 * 24 * time.Hour)
			Expect(isSignedIn(ctx, cookie(tokenOf(a)))).To(BeTrue(), "the token is good for a year")
		})

		t.itOfFake("marks the cookie as the portal's others", t.holds("A1315"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) { p.BaseDomain = "portal.example" })
			a := login(ctx, rightLogin, http.Header{"X-Forwarded-Proto": {"https"}, "Origin": {"https://app.portal.example"}})
			want := `; expires=Thu, 01 Jul 2027 12:00:00 GMT; domain=.portal.example; path=/; secure; samesite=none; httponly`
			if t.partitioned() {
				want += "; Partitioned"
			}
			Expect(a).To(haveHeader("Set-Cookie", HaveSuffix(want)))
		})

		t.tableOfFake("takes",
			func(ctx SpecContext, body string) { tokenOf(login(ctx, body)) },
			Entry("an address in another letter case", t.holds("A1301"), `{"userName":"OWNER@Example.com","password":"Owner-pass-1"}`),
			Entry("blanks after the address", t.holds("A1303"), `{"userName":"owner@example.com  ","password":"Owner-pass-1"}`),
			Entry("an address with an accent more", t.holds("A1301"), `{"userName":"ówner@example.com","password":"Owner-pass-1"}`),
			Entry("an ID", t.holds("A1302"), `{"userName":"{`+strings.ToUpper(ownerID)+`}","password":"Owner-pass-1"}`),
			Entry("blanks around the password", t.holds("A1303"), `{"userName":"owner@example.com","password":"\t Owner-pass-1\u00a0\n"}`),
			Entry("an empty hash beside the password", t.holds("A1307"), `{"userName":"owner@example.com","password":"Owner-pass-1","passwordHash":" "}`),
			Entry("a service that is the portal", t.holds("A1312"), `{"userName":"owner@example.com","password":"Owner-pass-1","provider":"email","serializedProfile":"x"}`),
			Entry("an answer to a captcha", t.holds("A1312"), `{"userName":"owner@example.com","password":"Owner-pass-1","recaptchaType":99,"recaptchaResponse":"x"}`),
			Entry("names in other letter case, the last of which counts", t.holds("A1301"), `{"USERNAME":"nobody","Password":"Owner-pass-1","username":"owner@example.com"}`),
			Entry("no confirmation", t.holds("A1312"), `{"userName":"owner@example.com","password":"Owner-pass-1","confirmData":null}`),
		)

		t.tableOfFake("fails alike for",
			func(ctx SpecContext, body string) { expectFailed(login(ctx, body)) },
			Entry("a wrong password", t.holds("A1304"), wrongLogin),
			Entry("somebody unknown", t.holds("A1304"), `{"userName":"nobody@example.com","password":"Owner-pass-1"}`),
			Entry("somebody disabled with a wrong password", t.holds("A1304"), `{"userName":"gone@example.com","password":"no"}`),
			Entry("somebody without a password", t.holds("A1304"), `{"userName":"admin@example.com","password":"x"}`),
			Entry("a login name", t.holds("A1302"), `{"userName":"owner","password":"Owner-pass-1"}`),
			Entry("a blank before the address", t.holds("A1303"), `{"userName":" owner@example.com","password":"Owner-pass-1"}`),
			Entry("no name", t.holds("A1306"), `{"password":"Owner-pass-1"}`),
			Entry("no password", t.holds("A1306"), `{"userName":"owner@example.com"}`),
			Entry("nothing", t.holds("A1306"), `{}`),
			Entry("a wrong hash beside the right password", t.holds("A1307"), `{"userName":"owner@example.com","password":"Owner-pass-1","passwordHash":"00"}`),
			Entry("the password as a hash", t.holds("A1307"), `{"userName":"owner@example.com","passwordHash":"Owner-pass-1"}`),
			Entry("another service", t.holds("A1312"), `{"userName":"owner@example.com","password":"Owner-pass-1","provider":"google"}`),
			Entry("a confirmation without a key", t.holds("A1312"), `{"userName":"owner@example.com","password":"Owner-pass-1","confirmData":{"first":true}}`),
		)

		t.itOfFake("takes the ID of a person in each form of .NET, and in no other", t.holds("A1302"), func(ctx SpecContext) {
			named := func(name string) answer {
				GinkgoHelper()
				return login(ctx, `{"userName":`+quote(name)+`,"password":"Owner-pass-1"}`)
			}
			plain, numbers := strings.ReplaceAll(ownerID, "-", ""), "0x66faa6e4,0xf133,0x11ea,{0xb1,0x26,0x0,0x00ff,0xee,0xc8,0xb4,0xef}"
			for _, name := range []string{ownerID, plain, "(" + ownerID + ")", "{" + numbers + "}", "{" + strings.ReplaceAll(strings.ToUpper(numbers), ",", ", ") + "}"} {
				tokenOf(named(name))
			}
			for _, name := range []string{
				ownerID[1:], "{" + plain + "}", "(" + plain + ")", "{" + ownerID + ")", "{" + ownerID, numbers, "{" + strings.Replace(numbers, "0xf133", "0xff133", 1) + "}",
				"{" + strings.Replace(numbers, "0x00ff", "0x1ff", 1) + "}", "{" + strings.Replace(numbers, ",0xef", "", 1) + "}",
			} {
				expectFailed(named(name))
			}
		})

		t.itOfFake("takes the hash of the password, in lower case", t.holds("A1307"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) { p.PasswordSalt = "salt of this portal" })
			hashOf := func(password string) string {
				key, err := pbkdf2.Key(sha256.New, password, []byte("salt of this portal"), 1, 32)
				Expect(err).NotTo(HaveOccurred())
				return hex.EncodeToString(key)
			}
			hash := hashOf("Owner-pass-1")
			tokenOf(login(ctx, `{"userName":"owner@example.com","password":"no","passwordHash":" `+hash+` "}`))
			expectFailed(login(ctx, `{"userName":"owner@example.com","passwordHash":"`+strings.ToUpper(hash)+`"}`))
			expectFailed(login(ctx, `{"userName":"admin@example.com","passwordHash":"`+hashOf("")+`"}`)) // who has no password
		})

		t.itOfFake("says that passwords are hashed otherwise here", t.holds("A1337"), func(ctx SpecContext) {
			Expect(login(ctx, rightLogin)).To(haveHeader("X-Mock-Hint", "--password-rounds: passwords are hashed 1 times here, and on a portal 100000 times, also for passwordHash"))
		})

		t.tableOfFake("hints at what a portal could do with", t.holds("A1338"),
			func(ctx SpecContext, more, hint string) {
				a := login(ctx, `{"userName":"owner@example.com","password":"Owner-pass-1",`+more+`}`)
				Expect(a).To(haveHeader("X-Mock-Hint", HavePrefix("mock-docspace has no "+hint)))
			},
			Entry("another service", `"provider":"google"`, "other service to sign in with"),
			Entry("a token of another service", `"accessToken":"x"`, "other service to sign in with"),
			Entry("a code", `"code":"123456"`, "second factor"),
			Entry("a key for codes", `"tfaKey":"x"`, "second factor"),
			Entry("a captcha", `"recaptchaResponse":"x"`, "captcha"),
		)

		t.itOfFake("tells who is disabled, when the password is right", t.holds("A1305"), func(ctx SpecContext) {
			for range 7 {
				a := login(ctx, `{"userName":"`+goneID+`","password":"Gone-pass-1"}`)
				Expect(a).To(haveStatus(http.StatusForbidden))
				Expect(a).To(haveMember(Equal("User disabled"), "error", "message"))
			}
		})

		DescribeTable("refuses a body that cannot be read",
			func(ctx SpecContext, body, key string) {
				a := login(ctx, body)
				if body == "" && t.documented() {
					expectFailed(a)
					return
				}
				Expect(a).To(haveStatus(http.StatusBadRequest))
				if t.documented() {
					Expect(a).To(haveMember(HavePrefix("Body: "), "error", "message"))
				} else {
					Expect(a).To(haveMember(HaveKey(key), "response", "errors"))
				}
			},
			Entry("with a session that is a text", t.holds("A1309"), `{"session":"true"}`, "$.session"),
			Entry("with a session that is null", t.holds("A1309"), `{"session":null}`, "$.session"),
			Entry("with a name that is a number", t.holds("A1309"), `{"userName":1}`, "$.userName"),
			Entry("with a hash that is a list", t.holds("A1309"), `{"passwordHash":["x"]}`, "$.passwordHash"),
			Entry("with a captcha of a kind that is a text", t.holds("A1309"), `{"recaptchaType":"1"}`, "$.recaptchaType"),
			Entry("with a confirmation that is a text", t.holds("A1309"), `{"confirmData":"x"}`, "$.confirmData"),
			Entry("with a key that is a number", t.holds("A1309"), `{"confirmData":{"key":1}}`, "$.confirmData.key"),
			Entry("with an address that is a number", t.holds("A1309"), `{"confirmData":{"Email":1}}`, "$.confirmData.Email"),
			Entry("with a first time that is a text", t.holds("A1309"), `{"confirmData":{"first":"true"}}`, "$.confirmData.first"),
			Entry("with a mistake behind a confirmation", t.holds("A1309"), `{"confirmData":{"key":"x","more":{"a":[1]}},"userName":1}`, "$.userName"),
			Entry("with a confirmation of no address", t.holds("A1309"), `{"confirmData":{"email":"not mail"}}`, "ConfirmData.Email"),
			Entry("that is missing", t.holds("A1310", "A1311"), ``, ""),
			Entry("that is null", t.holds("A1309"), `null`, ""),
		)

		t.itOfFake("knows no key from a mail", t.holds("A1312"), func(ctx SpecContext) {
			a := login(ctx, `{"userName":"owner@example.com","password":"no","confirmData":{"email":"owner@example.com","key":"x"}}`)
			Expect(a).To(haveStatus(http.StatusNotFound))
			Expect(a).To(haveMember(Equal("The user could not be found"), "error", "message"))
			Expect(a).To(haveHeader("X-Mock-Hint", HavePrefix("mock-docspace mails no keys")))
		})

		t.itOfFake("deletes a bad cookie before it sets the new one", t.holds("A1313"), func(ctx SpecContext) {
			a := login(ctx, rightLogin, http.Header{"Cookie": {"asc_auth_key=bad"}})
			set := a.Header.Values("Set-Cookie")
			Expect(set[len(set)-1]).To(HavePrefix("asc_auth_key=" + url.QueryEscape(tokenOf(a))))
			for _, deleted := range set[:len(set)-1] {
				Expect(deleted).To(HavePrefix("asc_auth_key=; expires=Thu, 01 Jan 1970"))
			}
			Expect(set).To(HaveLen(map[bool]int{true: 1, false: 2}[t.keepsBadSession(request{path: "authentication"})]))
		})

		t.itOfFake("makes a session more for each log in", t.holds("A1325"), func(ctx SpecContext) {
			first := tokenOf(login(ctx, rightLogin))
			second := tokenOf(login(ctx, `{"userName":"user@example.com","password":"User-pass-1"}`, cookie(first)))
			Expect(second).NotTo(Equal(first))
			Expect(whoIs(ctx, cookie(first))).To(haveMember(Equal("owner@example.com"), "response", "email"))
			Expect(whoIs(ctx, cookie(second))).To(haveMember(Equal("user@example.com"), "response", "email"))
		})

		t.itOfFake("gives a token that all calls take", t.holds("A1324"), func(ctx SpecContext) {
			token := tokenOf(login(ctx, rightLogin))
			for _, header := range []http.Header{
				cookie(token), {"Cookie": {"ASC_auth_key=" + token}}, {"Authorization": {token}}, {"Authorization": {url.QueryEscape(token)}},
				{"Authorization": {"Bearer " + token}}, {"Authorization": {"Bearer " + url.QueryEscape(token)}},
			} {
				Expect(whoIs(ctx, header)).To(haveMember(Equal("owner@example.com"), "response", "email"))
				Expect(isSignedIn(ctx, header)).To(BeTrue())
				change := t.switchOff()
				change.key, change.header = "", header
				Expect(t.send(ctx, change)).To(haveStatus(http.StatusOK))
			}
			for _, header := range []http.Header{
				{"Cookie": {`asc_auth_key="` + token + `"`}}, {"Asc_auth_key": {token}}, {"Authorization": {"bearer " + token}},
			} {
				Expect(isSignedIn(ctx, header)).To(BeFalse())
			}
		})

		t.itOfFake("keeps properties of the answer", t.holds("A1316"), func(ctx SpecContext) {
			a := t.send(ctx, request{method: http.MethodPost, path: "authentication?fields=expires", body: rightLogin})
			Expect(a.names()).To(Equal([]string{"expires"}))
			Expect(a).To(haveHeader("Set-Cookie", HavePrefix("asc_auth_key=")))
		})

		t.tableOfFake("as a language keeps", t.holds("A1335"),
			func(ctx SpecContext, culture, want string) {
				token := tokenOf(login(ctx, `{"userName":"owner@example.com","password":"Owner-pass-1","culture":`+quote(culture)+`}`))
				a := whoIs(ctx, cookie(token))
				if want == "" {
					Expect(a.names()).NotTo(ContainElement("cultureName"))
					return
				}
				Expect(a).To(haveMember(Equal(want), "response", "cultureName"))
			},
			Entry("one of the portal", "de", "de"),
			Entry("one in other letter case, as it is", "EN-us", "EN-us"),
			Entry("none that it does not have", "de-DE", ""),
			Entry("none with a blank", " de", ""),
		)

		t.itOfFake("is over when it ends, and with its person", t.holds("A1336"), func(ctx SpecContext) {
			token := tokenOf(login(ctx, rightLogin))
			other := tokenOf(login(ctx, `{"userName":"user@example.com","password":"User-pass-1"}`))
			t.control(ctx, http.MethodPatch, "users/"+userID, `{"disabled":true}`)
			Expect(isSignedIn(ctx, cookie(other))).To(BeFalse(), "disabled")
			t.control(ctx, http.MethodDelete, "users/"+userID, "")
			Expect(isSignedIn(ctx, cookie(other))).To(BeFalse(), "gone")
			t.advance(365*24*time.Hour - time.Second)
			Expect(isSignedIn(ctx, cookie(token))).To(BeTrue())
			t.advance(time.Second)
			Expect(isSignedIn(ctx, cookie(token))).To(BeFalse(), "ended")
		})

		t.tableOfFake("is for an API key", t.holds("A1314"),
			func(ctx SpecContext, key string, status int) {
				a := t.send(ctx, request{method: http.MethodPost, path: "authentication", key: key, body: rightLogin})
				Expect(a).To(haveStatus(status))
			},
			Entry("that may do everything", ownerAPIKey, http.StatusOK),
			Entry("that may write everything", "sk-*:write", http.StatusOK),
			Entry("not for one that only reads", "sk-*:read", http.StatusForbidden),
			Entry("not for one of files", writeAPIKey, http.StatusForbidden),
			Entry("not for an unknown one", unknownAPIKey, http.StatusForbidden),
		)
	})

	Describe("too many wrong log ins", func() {
		t.itOfFake("refuse the sixth, also a right one", t.holds("A1317"), func(ctx SpecContext) {
			failTimes(ctx, 5)
			expectBlocked(login(ctx, rightLogin))
		})

		t.itOfFake("are counted for the name as it was sent, and for the address", t.holds("A1318"), func(ctx SpecContext) {
			failTimes(ctx, 5)
			expectBlocked(login(ctx, `{"userName":"OWNER@example.com","password":"Owner-pass-1"}`))
			tokenOf(login(ctx, `{"userName":"owner@example.com ","password":"Owner-pass-1"}`))
			tokenOf(login(ctx, `{"userName":"`+ownerID+`","password":"Owner-pass-1"}`))
			tokenOf(login(ctx, rightLogin, http.Header{"X-Forwarded-For": {"203.0.113.9"}}))
			tokenOf(login(ctx, `{"userName":"user@example.com","password":"User-pass-1"}`))
		})

		t.itOfFake("do not count right ones, and keep counting", t.holds("A1319"), func(ctx SpecContext) {
			failTimes(ctx, 4)
			tokenOf(login(ctx, rightLogin))
			tokenOf(login(ctx, rightLogin))
			failTimes(ctx, 1)
			expectBlocked(login(ctx, rightLogin))
		})

		t.tableOfFake("do not count", t.holds("A1320"),
			func(ctx SpecContext, body string, status int) {
				for range 7 {
					Expect(login(ctx, body)).To(haveStatus(status))
				}
				tokenOf(login(ctx, rightLogin))
				failTimes(ctx, 5)
				expectBlocked(login(ctx, rightLogin))
				Expect(login(ctx, body)).To(haveStatus(status))
			},
			Entry("a missing password", `{"userName":"owner@example.com"}`, http.StatusUnauthorized),
			Entry("an empty password", `{"userName":"owner@example.com","password":""}`, http.StatusUnauthorized),
			Entry("another service", `{"userName":"owner@example.com","password":"x","provider":"nope"}`, http.StatusUnauthorized),
			Entry("a key from a mail", `{"userName":"owner@example.com","password":"x","confirmData":{"key":"x"}}`, http.StatusNotFound),
			Entry("a malformed body", `{"userName":"owner@example.com"`, http.StatusBadRequest),
		)

		t.itOfFake("count an empty hash beside an empty password", t.holds("A1321"), func(ctx SpecContext) {
			const empty = `{"userName":"owner@example.com","password":"","passwordHash":""}`
			for range 5 {
				expectFailed(login(ctx, empty))
			}
			expectBlocked(login(ctx, empty))
		})

		t.itOfFake("block for 60 seconds, which further calls do not lengthen", t.holds("A1322"), func(ctx SpecContext) {
			failTimes(ctx, 5)
			expectBlocked(login(ctx, rightLogin))
			t.advance(59 * time.Second)
			expectBlocked(login(ctx, rightLogin))
			t.advance(2 * time.Second)
			failTimes(ctx, 4)
			tokenOf(login(ctx, rightLogin))
			t.advance(61 * time.Second)
			failTimes(ctx, 5) // the others are forgotten
			expectBlocked(login(ctx, rightLogin))
		})

		t.itOfFake("at the same time are five, and right ones all pass", t.holds("A1323"), func(ctx SpecContext) {
			count := func(body string) map[int]int {
				var together sync.WaitGroup
				var mu sync.Mutex
				statuses := map[int]int{}
				for range 20 {
					together.Go(func() {
						defer GinkgoRecover()
						status := login(ctx, body).StatusCode
						mu.Lock()
						defer mu.Unlock()
						statuses[status]++
					})
				}
				together.Wait()
				return statuses
			}
			Expect(count(rightLogin)).To(Equal(map[int]int{http.StatusOK: 20}))
			Expect(count(wrongLogin)).To(Equal(map[int]int{http.StatusUnauthorized: 5, http.StatusForbidden: 15}))
		})
	})

	Describe("logout", func() {
		t.itOfFake("ends the session of the cookie and no other one", t.holds("A1327"), func(ctx SpecContext) {
			token, other := tokenOf(login(ctx, rightLogin)), tokenOf(login(ctx, rightLogin))
			a := logOut(ctx, http.Header{"Cookie": {"asc_auth_key=" + url.QueryEscape(token) + "; socketio.sid=x"}, "Authorization": {other}})
			Expect(a.Header.Values("Set-Cookie")).To(ContainElements(
				"asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/", "socketio.sid=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"))
			for _, header := range []http.Header{cookie(token), {"Authorization": {token}}, {"Authorization": {"Bearer " + token}}} {
				Expect(isSignedIn(ctx, header)).To(BeFalse())
				Expect(whoIs(ctx, header)).To(haveStatus(http.StatusUnauthorized))
			}
			Expect(isSignedIn(ctx, cookie(other))).To(BeTrue())
			logOut(ctx, cookie(token))
		})

		t.itOfFake("ends the session of Authorization alone where the reference says so", t.holds("A1328", "A1329"), func(ctx SpecContext) {
			for _, prefix := range []string{"", "Bearer "} {
				token := tokenOf(login(ctx, rightLogin))
				a := logOut(ctx, http.Header{"Authorization": {prefix + token}})
				Expect(a).To(haveNoHeader("Set-Cookie"))
				if t.documented() {
					Expect(a).To(haveHeader("X-Mock-Hint", "profiles v3.7.2, v3.8 and next end no session here, because no cookie has its token"))
				} else {
					Expect(a).To(haveHeader("X-Mock-Hint", "profile documented ends the session of the token in Authorization"))
				}
				Expect(isSignedIn(ctx, cookie(token))).To(Equal(!t.documented()))
			}
		})

		t.itOfFake("is 200 for everybody, with any body", t.holds("A1326"), func(ctx SpecContext) {
			for _, header := range []http.Header{nil, {"Cookie": {"asc_auth_key=bad"}}, {"Authorization": {"Basic bm9ib2R5Om5v"}}, {"Authorization": {"Bearer " + ownerAPIKey}}, cookie("YOUR_API_KEY")} {
				logOut(ctx, header)
			}
			Expect(t.send(ctx, request{method: http.MethodPost, path: "authentication/logout", header: http.Header{"Cookie": {"asc_auth_key=bad"}}, media: "-"})).To(haveNoHeader("X-Mock-Hint"), "all profiles do the same")
			for media, body := range map[string]string{"application/json": `{`, "text/plain": "x", "-": ""} {
				Expect(t.send(ctx, request{method: http.MethodPost, path: "authentication/logout", media: media, body: body, off: true})).To(haveStatus(http.StatusOK))
			}
			Expect(t.send(ctx, request{method: http.MethodPost, path: "authentication/logout", key: roomsAPIKey, media: "-"})).To(haveStatus(http.StatusForbidden))
			Expect(isSignedIn(ctx, cookie("YOUR_API_KEY"))).To(BeTrue(), "a token without a session lives")
		})
	})

	Describe("getSelfProfile", func() {
		It("tells one role of whoever calls", t.holds("A1331"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "people/@self", key: t.owner})
			Expect(a).To(haveStatus(http.StatusOK))
			roles := 0
			for _, name := range []string{"isOwner", "isAdmin", "isRoomAdmin", "isCollaborator", "isVisitor"} {
				if a.member("response", name) == true {
					roles++
				}
			}
			Expect(roles).To(Equal(1))
		})

		t.tableOfFake("tells the role of", t.holds("A1331"),
			func(ctx SpecContext, token, role string) {
				a := whoIs(ctx, cookie(token))
				Expect(a.names()).To(Equal(strings.Fields("firstName lastName userName email status activationStatus department isAdmin isRoomAdmin isLDAP isOwner isVisitor " +
					"isCollaborator mobilePhoneActivationStatus isSSO theme usedSpace loginEventId registrationDate hasPersonalFolder id displayName avatar " +
					"avatarOriginal avatarMax avatarMedium avatarSmall profileUrl hasAvatar isAnonim")))
				for _, name := range []string{"isOwner", "isAdmin", "isRoomAdmin", "isCollaborator", "isVisitor"} {
					Expect(a).To(haveMember(Equal(name == role), "response", name))
				}
				Expect(a).To(haveMember(Equal(role != "isVisitor"), "response", "hasPersonalFolder"))
			},
			Entry("the owner", "YOUR_API_KEY", "isOwner"),
			Entry("an administrator", "admin-token", "isAdmin"),
			Entry("a room administrator", "room-admin-token", "isRoomAdmin"),
			Entry("a user", "user-token", "isCollaborator"),
			Entry("a guest", "guest-token", "isVisitor"),
		)

		t.itOfFake("tells names as the portal has them", t.holds("A1331"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) { p.Users[0].FirstName, p.Users[0].LastName = "Olga", "<Owner>" })
			a := whoIs(ctx, cookie("YOUR_API_KEY"))
			Expect(a).To(haveMember(Equal("<Owner>"), "response", "lastName"))
			Expect(a).To(haveMember(Equal("Olga &lt;Owner&gt;"), "response", "displayName"))
		})

		t.itOfFake("tells the number of the log in with its cookie only", t.holds("A1332"), func(ctx SpecContext) {
			login(ctx, rightLogin)
			token := tokenOf(login(ctx, rightLogin))
			a := whoIs(ctx, cookie(token))
			Expect(a).To(haveMember(BeEquivalentTo(2), "response", "loginEventId"))
			Expect(a.names()).NotTo(ContainElement("authCookieLifetime"))
			Expect(whoIs(ctx, http.Header{"Authorization": {token}})).To(haveMember(BeEquivalentTo(0), "response", "loginEventId"))
			t.advance(364*24*time.Hour + time.Minute)
			Expect(whoIs(ctx, cookie(token))).To(haveMember(BeEquivalentTo(24*3600-60), "response", "authCookieLifetime"))
			Expect(whoIs(ctx, http.Header{"Authorization": {token}}).names()).NotTo(ContainElement("authCookieLifetime"))
		})

		t.tableOfFake("is for an API key", t.holds("A1333"),
			func(ctx SpecContext, key string, status int) {
				Expect(t.send(ctx, request{path: "people/@self", key: key})).To(haveStatus(status))
			},
			Entry("that may do everything", userAPIKey, http.StatusOK),
			Entry("that may read everything", "sk-*:read", http.StatusOK),
			Entry("not for one of accounts", "sk-accounts:write", http.StatusForbidden),
			Entry("not for one of files", readAPIKey, http.StatusForbidden),
			Entry("not for an unknown one", unknownAPIKey, http.StatusUnauthorized),
			Entry("not for nobody", "", http.StatusUnauthorized),
		)

		t.itOfFake("keeps properties", t.holds("A1334"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "people/@self?fields=email,id,Nope", key: ownerAPIKey})
			Expect(a.names()).To(Equal([]string{"email", "id"}))
		})
	})

	DescribeTable("getIsAuthentificated answers", t.holds("A1330"),
		func(ctx SpecContext, header http.Header, want bool) {
			Expect(isSignedIn(ctx, header)).To(Equal(want))
		},
		Entry("nobody", nil, false),
		Entry("a bad cookie", http.Header{"Cookie": {"asc_auth_key=bad"}}, false),
		Entry("a bad password", http.Header{"Authorization": {"Basic b3duZXJAZXhhbXBsZS5jb206bm8="}}, false),
		Entry("the key of a link", http.Header{"Request-Token": {"open"}}, false),
		t.ofFake(
			Entry("a token", http.Header{"Authorization": {"YOUR_API_KEY"}}, true),
			Entry("a password", http.Header{"Authorization": {"Basic b3duZXJAZXhhbXBsZS5jb206T3duZXItcGFzcy0x"}}, true),
			Entry("an API key for everything", http.Header{"Authorization": {"Bearer " + ownerAPIKey}}, true),
		),
	)
}

// tokenOf is the token of a log in.
func tokenOf(a answer) string {
	GinkgoHelper()
	Expect(a).To(haveStatus(http.StatusOK))
	token, _ := a.find("response", "token")
	Expect(token).To(MatchRegexp(`^[A-Za-z0-9+/]{149}[A-Za-z0-9+/=]{3}$`))
	return token.(string)
}
