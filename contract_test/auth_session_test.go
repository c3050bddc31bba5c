package contract_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// sessionSpecs describe portal tokens, as a header and as a cookie (CookieAuthHandler.cs).
func sessionSpecs(t *target) {
	Describe("credentials: portal tokens", func() {
		DescribeTable("decide what the calls answer:", t.expectCredentials,
			Entry("a portal token as Bearer", t.holds("A402"), atOurPortal, authorization("Bearer YOUR_API_KEY"), ok, ok, ok, nothingElse),
			Entry("a portal token without Bearer", t.holds("A402"), atOurPortal, authorization("YOUR_API_KEY"), ok, ok, ok, nothingElse),
			Entry("a portal token as bearer in lower case", t.holds("A402"), atOurPortal, authorization("bearer YOUR_API_KEY"), asAnonymous, noCredentials, ok, nothingElse),
			Entry("a portal token as cookie", t.holds("A402"), atOurPortal, cookie("asc_auth_key=YOUR_API_KEY"), ok, ok, ok, nothingElse),
			Entry("a cookie before a header", t.holds("A402"), atOurPortal, http.Header{"Cookie": {"asc_auth_key=bad"}, "Authorization": {"Bearer YOUR_API_KEY"}}, asAnonymous, noCredentials, ok, deletesCookie),
			Entry("a cookie that is not valid", t.holds("A404", "A421"), atAnyPortal, cookie("asc_auth_key=bad"), asAnonymous, noCredentials, ok, deletesCookie),
			Entry("a cookie in quotes", t.holds("A418"), atOurPortal, cookie(`asc_auth_key="YOUR_API_KEY"`), asAnonymous, noCredentials, ok, deletesCookie),
			Entry("a cookie with a blank before its value", t.holds("A418"), atOurPortal, cookie("asc_auth_key= bad"), asAnonymous, noCredentials, ok, nothingElse),
			Entry("a cookie without =", t.holds("A418"), atOurPortal, cookie("asc_auth_key"), asAnonymous, noCredentials, ok, nothingElse),
			Entry("an empty cookie", t.holds("A418"), atOurPortal, cookie("asc_auth_key="), asAnonymous, noCredentials, ok, nothingElse),
			Entry("a bad cookie before a good one", t.holds("A418"), atOurPortal, cookie("asc_auth_key=bad; ASC_AUTH_KEY=YOUR_API_KEY"), ok, ok, ok, nothingElse),
			Entry("a good cookie before a bad one", t.holds("A418"), atOurPortal, cookie("ASC_AUTH_KEY=YOUR_API_KEY; asc_auth_key=bad"), asAnonymous, noCredentials, ok, deletesCookie),
			Entry("a good cookie in a second header", t.holds("A418"), atOurPortal, http.Header{"Cookie": {"asc_auth_key=bad", "asc_auth_key=YOUR_API_KEY"}}, ok, ok, ok, nothingElse),
			Entry("a comma between cookies", t.holds("A418"), atOurPortal, cookie("x=1, asc_auth_key=YOUR_API_KEY"), asAnonymous, noCredentials, ok, nothingElse),
			Entry("a token that is not valid", t.holds("A403"), atAnyPortal, authorization("Bearer nope"), asAnonymous, noCredentials, ok, nothingElse),
			t.ofFake(Entry("a token of a disabled user", t.holds("A403"), atOurPortal, authorization("Bearer gone-token"), asAnonymous, noCredentials, ok, nothingElse)),
		)

		DescribeTable("decide what the caller may do:", t.expectRights,
			Entry("a cookie before another user's header", t.holds("A402"), http.Header{"Authorization": {"Bearer user-token"}, "Cookie": {"asc_auth_key=YOUR_API_KEY"}}, ok, ok, ok),
			Entry("an empty cookie with a header", t.holds("A402"), http.Header{"Authorization": {"Bearer YOUR_API_KEY"}, "Cookie": {"asc_auth_key="}}, ok, ok, ok),
			t.ofFake(Entry("another portal token of the same user", t.holds("A402"), authorization("Bearer another-token"), ok, ok, ok)),
			Entry("a portal token with escapes", t.holds("A417"), authorization("Bearer YOUR%5FAPI_KEY"), ok, ok, ok),
			Entry("a cookie with escapes that are escaped", t.holds("A417"), cookie("asc_auth_key=YOUR%255FAPI_KEY"), ok, ok, ok),
			Entry("a cookie with Bearer", t.holds("A417"), cookie("asc_auth_key=Bearer%20YOUR_API_KEY"), ok, ok, ok),
			Entry("a portal token behind seven letters with Bearer", t.holds("A417"), authorization("xBearerYOUR_API_KEY"), ok, ok, ok),
			Entry("a portal token behind two blanks", t.holds("A417"), authorization("Bearer  YOUR_API_KEY"), asAnonymous, noCredentials, ok),
			Entry("a portal token in quotes", t.holds("A417"), authorization(`Bearer "YOUR_API_KEY"`), asAnonymous, noCredentials, ok),
			Entry("a portal token in another case", t.holds("A403"), authorization("Bearer your_api_key"), asAnonymous, noCredentials, ok),
		)

		DescribeTable("that are not valid are deleted from the browser:", t.holds("A404", "A421"),
			func(ctx SpecContext, cookie, authorized string, deleted ...string) {
				t.usePortal()
				for _, r := range []request{
					{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`},
					{path: "files/settings?fields=forcesave"}, {method: http.MethodPost, path: "files/share/nope/password", body: `{}`},
					{path: "files/settings/nope"},
				} {
					r.header = http.Header{"Cookie": {cookie}}
					if authorized != "" {
						r.header.Set("Authorization", authorized)
					}
					var expected []string
					for _, name := range deleted {
						if t.keepsBadSession(r) {
							continue
						}
						expected = append(expected, name+"=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/")
					}
					Expect(t.send(ctx, r).Header.Values("Set-Cookie")).To(Equal(expected), r.path)
				}
			},
			Entry("the token", "asc_auth_key=bad", "", "asc_auth_key"),
			Entry("the token and the socket's", "socketio.sid=x; asc_auth_key=bad", "", "asc_auth_key", "socketio.sid"),
			Entry("the socket's with a bad header", "socketio.sid=x", "Bearer bad", "socketio.sid"),
			Entry("the socket's of a visitor", "socketio.sid=x", "", "socketio.sid"),
			Entry("no other cookie", "other=x; sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1=x", ""),
			Entry("nothing with a valid token", "asc_auth_key=YOUR_API_KEY; socketio.sid=x", ""),
			Entry("the token, whatever its letter case", "ASC_Auth_Key=bad", "", "asc_auth_key"),
			Entry("nothing that is empty", "asc_auth_key=; socketio.sid=", ""),
			Entry("nothing with Basic, which is checked alone", "asc_auth_key=bad; socketio.sid=x", basic("nobody@example.com:x").Get("Authorization")),
			Entry("nothing with an API key, which is checked alone", "asc_auth_key=bad; socketio.sid=x", "Bearer "+unknownAPIKey),
		)
	})
}
