package contract_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// schemeSpecs describe the finer points of credentials (*AuthHandler.cs, BaseStartup.cs).
func schemeSpecs(t *target) {
	Describe("credentials, looked at closely", func() {
		BeforeEach(t.needsOurPortal)

		authorization := func(value string) http.Header { return http.Header{"Authorization": {value}} }
		basic := func(user string) http.Header {
			return authorization("Basic " + base64.StdEncoding.EncodeToString([]byte(user)))
		}
		jwt := func(claims string) http.Header {
			encode := base64.RawURLEncoding.EncodeToString
			return authorization("Bearer " + encode([]byte(`{"alg":"RS256"}`)) + "." + encode([]byte(claims)) + ".c2ln")
		}
		key := func(permissions ...string) http.Header {
			return authorization("Bearer sk-" + strings.Join(permissions, "-"))
		}
		const (
			noRole = "403 for the role"
			nobody = asAnonymous
		)

		DescribeTable("are worth this to read, to change, and to visitors",
			func(ctx SpecContext, header http.Header, read, change, visit string) {
				for _, call := range []struct {
					request  request
					expected string
				}{
					{request{path: "files/settings?fields=forcesave"}, read},
					{request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`}, change},
					{request{method: http.MethodPut, path: "files/settings/externalsocialmedia", body: `{"set":true}`}, change},
					{request{method: http.MethodPost, path: "files/share/open/password", body: `{}`}, visit},
				} {
					By(call.request.method + " " + call.request.path)
					call.request.header = header
					a := t.send(ctx, call.request)
					if call.expected == noRole {
						Expect(a).To(haveStatus(http.StatusForbidden))
						Expect(a).To(haveMember(Equal("System.InvalidOperationException"), "error", "type"))
						continue
					}
					t.expectAdmission(a, call.expected, call.request.method == "")
				}
			},
			Entry("an API key that may read everything", t.holds("A408"), key("*:read"), ok, noScope, noScopeProblem),
			Entry("an API key that may write everything", t.holds("A408"), key("*:write"), ok, ok, ok),
			Entry("an API key that may read and write files", t.holds("A408"), key("files:read", "files:write"), ok, ok, ok),
			Entry("an API key that may do something, and everything", t.holds("A408"), key("rooms:read", "*"), ok, ok, ok),
			Entry("an API key with a permission that is none", t.holds("A408"), key("files:*"), noScopeProblem, noScope, noScopeProblem),
			Entry("an API key for accounts", t.holds("A408"), key("accounts:write"), noScopeProblem, noScope, noScopeProblem),
			Entry("an API key of a user", t.holds("A407"), authorization("Bearer "+userAPIKey), ok, noRole, ok),
			Entry("an API key as cookie", t.holds("A407"), http.Header{"Cookie": {"asc_auth_key=" + ownerAPIKey}}, nobody, noCredentials, ok),
			Entry("an API key that is not valid, before a cookie that is", t.holds("A409"), http.Header{"Authorization": {"Bearer " + unknownAPIKey}, "Cookie": {"asc_auth_key=YOUR_API_KEY"}}, problemOr401, noCredentials, noScopeProblem),
			Entry("Basic that is not valid, before a cookie that is", t.holds("A405"), http.Header{"Authorization": basic("owner@example.com:x")["Authorization"], "Cookie": {"asc_auth_key=YOUR_API_KEY"}}, nobody, noCredentials, ok),
			Entry("basic in lower case", t.holds("A402"), authorization("basic "+base64.StdEncoding.EncodeToString([]byte("owner@example.com:Owner-pass-1"))), nobody, noCredentials, ok),
			Entry("Basic with the password in another case", t.holds("A405"), basic("owner@example.com:owner-pass-1"), nobody, noCredentials, ok),
			Entry("Basic with a password with colons", t.holds("A405"), basic("colon@example.com:a:b:c"), ok, ok, ok),
			Entry("Basic of a user", t.holds("A405"), basic("user@example.com:User-pass-1"), ok, noRole, ok),
			Entry("a cookie before another user's header", t.holds("A402"), http.Header{"Authorization": {"Bearer user-token"}, "Cookie": {"asc_auth_key=YOUR_API_KEY"}}, ok, ok, ok),
			Entry("an empty cookie beside a header", t.holds("A402"), http.Header{"Authorization": {"Bearer YOUR_API_KEY"}, "Cookie": {"asc_auth_key="}}, ok, ok, ok),
			Entry("another portal token of the same user", t.holds("A402"), authorization("Bearer another-token"), ok, ok, ok),
			Entry("a portal token in another case", t.holds("A403"), authorization("Bearer your_api_key"), nobody, noCredentials, ok),
			Entry("an access token with its scopes in a text", t.holds("A413"), jwt(`{"sub":"`+ownerID+`","scope":"openid files:write"}`), ok, ok, ok),
			Entry("an access token for everything", t.holds("A411"), jwt(`{"sub":"`+ownerID+`","scope":["*:write"]}`), ok, ok, ok),
			Entry("an access token that may read everything", t.holds("A411"), jwt(`{"sub":"`+ownerID+`","scope":["*:read"]}`), ok, noScope, ok),
			Entry("an access token that may read files", t.holds("A411"), jwt(`{"sub":"`+ownerID+`","scope":["files:read"]}`), ok, noScope, ok),
			Entry("an access token without scopes", t.holds("A411"), jwt(`{"sub":"`+ownerID+`"}`), ok, noScope, ok),
			Entry("an access token of a user", t.holds("A411"), jwt(`{"sub":"`+userID+`","scope":["files:write"]}`), ok, noRole, ok),
			Entry("an access token with the subject in capitals", t.holds("A410"), jwt(`{"sub":"`+strings.ToUpper(ownerID)+`","scope":["files:write"]}`), ok, ok, ok),
			Entry("an access token of somebody unknown", t.holds("A414"), jwt(`{"sub":"00000000-0000-0000-0000-000000000001","scope":["files:write"]}`), nobody, noCredentials, ok),
			Entry("an access token of a disabled user", t.holds("A414"), jwt(`{"sub":"`+goneID+`","scope":["files:write"]}`), nobody, noCredentials, ok),
			Entry("an access token that is over", t.holds("A414"), jwt(fmt.Sprintf(`{"sub":%q,"scope":["files:write"],"exp":%d}`, ownerID, beginning.Add(-time.Minute).Unix())), nobody, noCredentials, ok),
			Entry("an access token at the second of its end", t.holds("A414"), jwt(fmt.Sprintf(`{"sub":%q,"scope":["files:write"],"exp":%d}`, ownerID, beginning.Unix())), nobody, noCredentials, ok),
			Entry("an access token a second before its end", t.holds("A414"), jwt(fmt.Sprintf(`{"sub":%q,"scope":["files:write"],"exp":%d}`, ownerID, beginning.Unix()+1)), ok, ok, ok),
			Entry("an access token that is not over", t.holds("A414"), jwt(fmt.Sprintf(`{"sub":%q,"scope":["files:write"],"exp":%d}`, ownerID, beginning.Add(time.Minute).Unix())), ok, ok, ok),
			Entry("three parts that are no access token", t.holds("A402"), authorization("Bearer a.b.c"), nobody, noCredentials, ok),
		)

		It("of an API key end at their time", t.holds("A409"), func(ctx SpecContext) {
			const lasting = "sk-lasting"
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.APIKeys = append(p.APIKeys, mockserver.APIKey{Key: lasting, User: "owner@example.com", Expires: beginning.Add(time.Hour)})
			})
			put := request{method: http.MethodPut, path: "files/settings/external", key: lasting, body: `{"set":true}`}
			t.advance(time.Hour - time.Second)
			Expect(t.send(ctx, put)).To(haveStatus(http.StatusOK))
			t.advance(time.Second)
			t.expectEmpty(t.send(ctx, put), http.StatusUnauthorized)
		})

		DescribeTable("that are no good are taken out of the browser", t.holds("A404"),
			func(ctx SpecContext, cookie, authorized string, deleted ...string) {
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
						expected = append(expected, name+"=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/")
					}
					Expect(t.send(ctx, r).Header.Values("Set-Cookie")).To(Equal(expected), r.path)
				}
			},
			Entry("the token", "asc_auth_key=bad", "", "asc_auth_key"),
			Entry("the token and the socket's", "socketio.sid=x; asc_auth_key=bad", "", "asc_auth_key", "socketio.sid"),
			Entry("the socket's beside a bad header", "socketio.sid=x", "Bearer bad", "socketio.sid"),
			Entry("the socket's of a visitor", "socketio.sid=x", "", "socketio.sid"),
			Entry("nothing that is none of them", "other=x; sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1=x", ""),
			Entry("nothing beside a good token", "asc_auth_key=YOUR_API_KEY; socketio.sid=x", ""),
			Entry("nothing beside an API key, which is looked at alone", "asc_auth_key=bad; socketio.sid=x", "Bearer "+unknownAPIKey),
		)

		DescribeTable("that cannot be read are answered before anything else is looked at",
			func(ctx SpecContext, header http.Header, status int) {
				for _, r := range []request{
					{path: "files/settings"}, {path: "files/settings/nope"}, {method: http.MethodDelete, path: "files/settings"}, {path: "/"},
					{method: http.MethodPut, path: "files/settings/external", body: `{`}, {method: http.MethodPost, path: "files/share/nope/password", body: `x`, media: "text/plain"},
				} {
					r.header, r.off = header.Clone(), true
					r.header.Set("Origin", "https://app.example")
					a := t.send(ctx, r)
					Expect(a).To(haveStatus(status), r.path)
					Expect(a).To(haveHeader("Content-Type", "application/json; charset=utf-8"))
					Expect(propertyNames(a.body)).To(Equal([]string{"error", "status", "statusCode"}))
					Expect(a).To(haveMember(BeEquivalentTo(1), "status"))
					Expect(a).To(haveMember(BeEquivalentTo(status), "statusCode"))
					expectNoCache(a)
					Expect(a).To(haveNoHeader("Www-Authenticate"))
					Expect(a).To(haveNoHeader("Allow"))
					Expect(a).To(haveHeader("Access-Control-Allow-Origin", "*"))
				}
			},
			Entry("Basic that is no base64", t.holds("A406"), authorization("Basic %%%"), http.StatusInternalServerError),
			Entry("Basic without a colon", t.holds("A406"), basic("owner@example.com"), http.StatusInternalServerError),
			Entry("Basic without anything", t.holds("A406"), authorization("Basic "+base64.StdEncoding.EncodeToString([]byte("x"))), http.StatusInternalServerError),
			Entry("an access token without a subject", t.holds("A410"), jwt(`{"scope":["files:write"]}`), http.StatusUnauthorized),
			Entry("an access token whose subject is a number", t.holds("A410"), jwt(`{"sub":1}`), http.StatusUnauthorized),
		)

		It("of Basic that cannot be read are told as .NET does", t.holds("A406"), func(ctx SpecContext) {
			for payload, expected := range map[string]string{
				"%%%":  `{"error":{"message":"The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.","type":"System.FormatException","stack":"   at ASC.Api.Core.Auth.BasicAuthHandler.HandleAuthenticateAsync()","hresult":-2146233033},"status":1,"statusCode":500}`,
				"eA==": `{"error":{"message":"Index was outside the bounds of the array.","type":"System.IndexOutOfRangeException","stack":"   at ASC.Api.Core.Auth.BasicAuthHandler.HandleAuthenticateAsync()","hresult":-2146233080},"status":1,"statusCode":500}`,
			} {
				a := t.send(ctx, request{path: "files/settings", header: authorization("Basic " + payload)})
				Expect(a).To(haveBody(expected))
			}
		})

		It("are challenged by Basic with every answer but that of an exception", t.holds("A405"), func(ctx SpecContext) {
			challenge := func(user string, r request) string {
				r.header, r.off = basic(user), true
				return t.send(ctx, r).Header.Get("WWW-Authenticate")
			}
			put := request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`}
			Expect(challenge("owner@example.com:Owner-pass-1", put)).To(Equal("Basic"))
			Expect(challenge("owner@example.com:Owner-pass-1", request{path: "files/settings/nope"})).To(Equal("Basic"))
			Expect(challenge("owner@example.com:Owner-pass-1", request{method: http.MethodDelete, path: "files/settings"})).To(Equal("Basic"))
			put.body = `{"set":1}`
			Expect(challenge("owner@example.com:Owner-pass-1", put)).To(Equal("Basic"))
			put.body = `{"set":true}`
			Expect(challenge("user@example.com:User-pass-1", put)).To(BeEmpty(), "403 for the role")
			Expect(challenge("user@example.com:User-pass-1", request{path: "files/nope"})).To(BeEmpty(), "404 of the folder")
		})
	})
}

// expectNoCache expects the headers of the exception handler.
func expectNoCache(a answer) {
	GinkgoHelper()
	Expect(a).To(haveNoHeader("Api-Supported-Versions"))
	Expect([]string{a.Header.Get("Cache-Control"), a.Header.Get("Pragma"), a.Header.Get("Expires")}).To(Equal([]string{"no-cache,no-store", "no-cache", "-1"}))
}
