package contract_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// What a call answers to a kind of credentials.
const (
	ok              = "200"
	noCredentials   = "401"
	noScope         = "403 without a body"
	noScopeProblem  = "403 as a problem"
	noSubject       = "401 with a body"
	unreadable      = "500"
	asAnonymous     = "as anonymous: 200, or 401 at the settings of documented"
	problemOr401    = "403 as a problem, or 401 at the settings of documented"
	deletesCookie   = "asc_auth_key"
	challengesBasic = "Basic"
	nothingElse     = ""
)

// credentialSpecs describe who may call what (BaseStartup.cs, AuthorizationExtension.cs, ApiKeyScopesFilter.cs).
func credentialSpecs(t *target) {
	Describe("credentials", func() {
		const anywhere, hereAlone = true, false // whether any portal has what an entry needs

		authorization := func(value string) http.Header { return http.Header{"Authorization": {value}} }
		cookie := func(value string) http.Header { return http.Header{"Cookie": {value}} }
		basic := func(user string) http.Header {
			return authorization("Basic " + base64.StdEncoding.EncodeToString([]byte(user)))
		}
		jwt := func(claims string) http.Header {
			encode := base64.RawURLEncoding.EncodeToString
			return authorization("Bearer " + encode([]byte(`{"alg":"RS256"}`)) + "." + encode([]byte(claims)) + ".c2ln")
		}

		DescribeTable("are taken, or not, as",
			func(ctx SpecContext, where bool, header http.Header, read, change, visit, also string) {
				if where == hereAlone {
					t.needsOurPortal()
				}
				for _, call := range []struct {
					request  request
					expected string
				}{
					{request{path: "files/settings"}, read},
					{request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`}, change},
					{request{method: http.MethodPut, path: "files/settings/externalsocialmedia", body: `{"set":true}`}, change},
					{request{method: http.MethodPost, path: "files/share/none/password", body: `{}`}, visit},
				} {
					By(call.request.method + " " + call.request.path)
					call.request.header = header
					a := t.send(ctx, call.request)
					t.expectAdmission(a, call.expected, call.request.path == "files/settings")
					switch {
					case also == deletesCookie:
						Expect(a).To(haveDeletedCookies("asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=" + t.base() + "/"))
					case also == challengesBasic && a.StatusCode < 500:
						Expect(a).To(haveHeader("WWW-Authenticate", "Basic"))
					default:
						Expect(a).To(haveNoHeader("Set-Cookie"))
						Expect(a).To(haveNoHeader("WWW-Authenticate"))
					}
				}
			},
			Entry("none", t.holds("A401"), anywhere, http.Header{}, asAnonymous, noCredentials, ok, nothingElse),
			Entry("a portal token as Bearer", t.holds("A402"), hereAlone, authorization("Bearer YOUR_API_KEY"), ok, ok, ok, nothingElse),
			Entry("a portal token without Bearer", t.holds("A402"), hereAlone, authorization("YOUR_API_KEY"), ok, ok, ok, nothingElse),
			Entry("a portal token as bearer in lower case", t.holds("A402"), hereAlone, authorization("bearer YOUR_API_KEY"), asAnonymous, noCredentials, ok, nothingElse),
			Entry("a portal token as cookie", t.holds("A402"), hereAlone, cookie("asc_auth_key=YOUR_API_KEY"), ok, ok, ok, nothingElse),
			Entry("a cookie before a header", t.holds("A402"), hereAlone, http.Header{"Cookie": {"asc_auth_key=bad"}, "Authorization": {"Bearer YOUR_API_KEY"}}, asAnonymous, noCredentials, ok, deletesCookie),
			Entry("a cookie that is not valid", t.holds("A404"), anywhere, cookie("asc_auth_key=bad"), asAnonymous, noCredentials, ok, deletesCookie),
			Entry("a token that is not valid", t.holds("A403"), anywhere, authorization("Bearer nope"), asAnonymous, noCredentials, ok, nothingElse),
			Entry("a token of a disabled user", t.holds("A403"), hereAlone, authorization("Bearer gone-token"), asAnonymous, noCredentials, ok, nothingElse),
			Entry("Basic", t.holds("A405"), hereAlone, basic("owner@example.com:Owner-pass-1"), ok, ok, ok, challengesBasic),
			Entry("Basic with the address in another case", t.holds("A405"), hereAlone, basic("OWNER@example.com:Owner-pass-1"), ok, ok, ok, challengesBasic),
			Entry("Basic with a wrong password", t.holds("A405"), hereAlone, basic("owner@example.com:nope"), asAnonymous, noCredentials, ok, challengesBasic),
			Entry("Basic with an unknown user", t.holds("A405"), anywhere, basic("nobody@example.com:x"), asAnonymous, noCredentials, ok, challengesBasic),
			Entry("Basic of a user without a password", t.holds("A405"), hereAlone, basic("guest@example.com:"), asAnonymous, noCredentials, ok, challengesBasic),
			Entry("Basic of a disabled user", t.holds("A405"), hereAlone, basic("gone@example.com:Gone-pass-1"), asAnonymous, noCredentials, ok, challengesBasic),
			Entry("Basic that is no base64", t.holds("A406"), anywhere, authorization("Basic %%%"), unreadable, unreadable, unreadable, nothingElse),
			Entry("Basic without a colon", t.holds("A406"), anywhere, basic("owner@example.com"), unreadable, unreadable, unreadable, nothingElse),
			Entry("an API key", t.holds("A407"), anywhere, authorization("Bearer "+t.owner), ok, ok, ok, nothingElse),
			Entry("an API key with every permission", t.holds("A407"), hereAlone, authorization("Bearer "+adminAPIKey), ok, ok, ok, nothingElse),
			Entry("an API key without Bearer", t.holds("A407"), hereAlone, authorization(ownerAPIKey), asAnonymous, noCredentials, ok, nothingElse),
			Entry("an API key that may read files", t.holds("A408"), hereAlone, authorization("Bearer "+readAPIKey), ok, noScope, noScopeProblem, nothingElse),
			Entry("an API key that may write files", t.holds("A408"), hereAlone, authorization("Bearer "+writeAPIKey), ok, ok, ok, nothingElse),
			Entry("an API key for rooms", t.holds("A408"), hereAlone, authorization("Bearer "+roomsAPIKey), noScopeProblem, noScope, noScopeProblem, nothingElse),
			Entry("an API key that is not known", t.holds("A409"), anywhere, authorization("Bearer "+unknownAPIKey), problemOr401, noCredentials, noScopeProblem, nothingElse),
			Entry("an API key that has expired", t.holds("A409"), hereAlone, authorization("Bearer "+expiredAPIKey), problemOr401, noCredentials, noScopeProblem, nothingElse),
			Entry("an API key that is not active", t.holds("A409"), hereAlone, authorization("Bearer "+inactiveAPIKey), problemOr401, noCredentials, noScopeProblem, nothingElse),
			Entry("an API key of a disabled user", t.holds("A409"), hereAlone, authorization("Bearer "+disabledAPIKey), problemOr401, noCredentials, noScopeProblem, nothingElse),
			Entry("an access token without a subject", t.holds("A410"), anywhere, jwt(`{}`), noSubject, noSubject, noSubject, nothingElse),
			Entry("an access token whose subject is no GUID", t.holds("A410"), anywhere, jwt(`{"sub":"owner"}`), noSubject, noSubject, noSubject, nothingElse),
			Entry("an access token with the scope", t.holds("A411"), hereAlone, jwt(`{"sub":"`+ownerID+`","scope":["files:write"]}`), ok, ok, ok, nothingElse),
			Entry("an access token without the scope: looked at only where nobody anonymous may call", t.holds("A411"), hereAlone, jwt(`{"sub":"`+ownerID+`","scope":["rooms:read"]}`), ok, noScope, ok, nothingElse),
		)

		It("counts a read scope for reading alone", t.holds("A411"), func(ctx SpecContext) {
			t.needsOurPortal()
			a := t.send(ctx, request{path: "files/settings", header: jwt(`{"sub":"` + userID + `","scope":["*:read"]}`)})
			Expect(a).To(haveStatus(http.StatusOK))
		})

		It("are checked before the body is read", t.holds("A412"), func(ctx SpecContext) {
			a := t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", body: `{"set":`, off: true})
			t.expectAdmission(a, noCredentials, false)
		})

		It("hint where the other profile would have answered otherwise, and only there", t.holds("A601"), func(ctx SpecContext) {
			t.needsOurPortal()
			Expect(t.send(ctx, request{path: "files/settings"})).NotTo(haveHeader("X-Mock-Hint", BeEmpty()))
			Expect(t.send(ctx, request{path: "files/settings", key: unknownAPIKey})).NotTo(haveHeader("X-Mock-Hint", BeEmpty()))
			Expect(t.send(ctx, request{path: "files/settings", key: t.owner})).To(haveNoHeader("X-Mock-Hint"))
			Expect(t.send(ctx, request{path: "files/settings", key: roomsAPIKey})).To(haveNoHeader("X-Mock-Hint"))
		})
	})
}

// expectAdmission expects what a call answers to a kind of credentials.
func (t *target) expectAdmission(a answer, expected string, settings bool) {
	GinkgoHelper()
	refusesAnonymous := settings && t.documented()
	switch {
	case expected == asAnonymous && refusesAnonymous, expected == problemOr401 && refusesAnonymous:
		expected = noCredentials
	case expected == asAnonymous:
		expected = ok
	case expected == problemOr401:
		expected = noScopeProblem
	}
	switch expected {
	case ok:
		Expect(a).To(haveStatus(http.StatusOK))
	case noCredentials:
		t.expectEmpty(a, http.StatusUnauthorized)
	case noScope:
		Expect(a).To(haveStatus(http.StatusForbidden))
		t.expectNothing(a)
	case noScopeProblem:
		Expect(a).To(haveStatus(http.StatusForbidden))
		Expect(a).To(haveHeader("Content-Type", "application/problem+json; charset=utf-8"))
		Expect(a).To(haveEnvelope("type", "title", "status", "traceId"))
		Expect(a).To(haveMember("https://tools.ietf.org/html/rfc9110#section-15.5.4", "type"))
		Expect(a).To(haveMember("Forbidden", "title"))
		Expect(a).To(haveMember(MatchRegexp(`^00-[0-9a-f]{32}-[0-9a-f]{16}-00$`), "traceId"))
	case noSubject:
		Expect(a).To(haveStatus(http.StatusUnauthorized))
		Expect(a).To(haveBody(`{"error":{"message":"Claim 'sub' is not present in JWT","type":null,"stack":null,"hresult":0},"status":1,"statusCode":401}`))
	case unreadable:
		Expect(a).To(haveStatus(http.StatusInternalServerError))
		Expect(a).To(haveMember(BeEquivalentTo(500), "statusCode"))
		Expect(a).NotTo(haveMember(BeNil(), "error", "type"))
	default:
		Fail(fmt.Sprintf("no expectation %q", expected))
	}
}

// expectEmpty expects a refusal that the server sends without a body, and documented with a message.
func (t *target) expectEmpty(a answer, status int) {
	GinkgoHelper()
	Expect(a).To(haveStatus(status))
	if t.documented() {
		Expect(a).To(haveHeader("Content-Type", "application/json; charset=utf-8"))
		Expect(a).NotTo(haveMember(BeEmpty(), "error", "message"))
		Expect(a).To(haveMember(BeEquivalentTo(status), "statusCode"))
		return
	}
	t.expectNothing(a)
	Expect(a).To(haveNoHeader("Content-Type"))
}

func (t *target) expectNothing(a answer) {
	GinkgoHelper()
	Expect(a).To(haveBody(BeEmpty()))
	if !t.live { // a proxy may say so otherwise
		Expect(a).To(haveHeader("Content-Length", "0"))
	}
}

func quote(text string) string {
	quoted, _ := json.Marshal(text) // a text is never refused
	return string(quoted)
}
