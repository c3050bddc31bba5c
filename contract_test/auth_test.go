package contract_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// These are the answers of a call to a kind of credentials.
const (
	ok             = "200"
	noCredentials  = "401"
	noRole         = "403 for the role"
	noScope        = "403 without a body"
	noScopeProblem = "403 as a problem"
	noSubject      = "401 with a body"
	noToken        = "400 with a body"
	unreadable     = "500"
	asAnonymous    = "as anonymous: 200, or 401 at the settings of documented"
	problemOr401   = "403 as a problem, or 401 at the settings of documented"
)

// These are the headers of an answer to a kind of credentials.
const (
	deletesCookie   = "asc_auth_key"
	challengesBasic = "Basic"
	nothingElse     = ""
)

// An entry runs at any portal, or needs the users of the suite's own portal.
const atAnyPortal, atOurPortal = true, false

// authSpecs describe what holds for all kinds of credentials (BaseStartup.cs, AuthorizationExtension.cs).
func authSpecs(t *target) {
	Describe("credentials", func() {
		DescribeTable("decide what the calls answer:", t.expectCredentials,
			Entry("none", t.holds("A401"), atAnyPortal, http.Header{}, asAnonymous, noCredentials, ok, nothingElse),
			Entry("an empty header", t.holds("A401"), atAnyPortal, authorization(""), asAnonymous, noCredentials, ok, nothingElse),
			Entry("Bearer alone", t.holds("A415"), atAnyPortal, authorization("Bearer"), asAnonymous, noCredentials, ok, nothingElse),
			Entry("Basic alone", t.holds("A415"), atAnyPortal, authorization("Basic"), asAnonymous, noCredentials, ok, nothingElse),
			Entry("another scheme", t.holds("A415"), atAnyPortal, authorization("Digest username=\"owner@example.com\""), asAnonymous, noCredentials, ok, nothingElse),
			Entry("an API key as bearer in lower case", t.holds("A415"), atAnyPortal, authorization("bearer "+t.owner), asAnonymous, noCredentials, ok, nothingElse),
			Entry("an API key behind a tab", t.holds("A415"), atOurPortal, authorization("Bearer\t"+ownerAPIKey), asAnonymous, noCredentials, ok, nothingElse),
			Entry("an API key twice", t.holds("A416"), atOurPortal, http.Header{"Authorization": {"Bearer " + ownerAPIKey, "Bearer " + ownerAPIKey}}, problemOr401, noCredentials, noScopeProblem, nothingElse),
			Entry("an API key behind an empty header", t.holds("A416"), atOurPortal, http.Header{"Authorization": {"", "Bearer " + ownerAPIKey}}, ok, ok, ok, nothingElse),
			Entry("a portal token and an API key", t.holds("A416"), atOurPortal, http.Header{"Authorization": {"YOUR_API_KEY", "Bearer " + ownerAPIKey}}, asAnonymous, noCredentials, ok, nothingElse),
			t.ofFake(Entry("Basic and an API key", t.holds("A416"), atOurPortal, http.Header{"Authorization": {basic("owner@example.com:Owner-pass-1").Get("Authorization"), "Bearer " + ownerAPIKey}}, unreadable, unreadable, unreadable, nothingElse)),
		)

		It("are checked before the body is read", t.holds("A412"), func(ctx SpecContext) {
			a := t.send(ctx, request{method: http.MethodPut, path: "files/settings/external", body: `{"set":`, off: true})
			t.expectAdmission(a, noCredentials, false)
		})

		DescribeTable("that cannot be read are answered before anything else is checked:",
			func(ctx SpecContext, header http.Header, status int) {
				t.usePortal()
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
			Entry("Basic that is not base64", t.holds("A406"), authorization("Basic %%%"), http.StatusInternalServerError),
			Entry("Basic without a colon", t.holds("A406"), basic("owner@example.com"), http.StatusInternalServerError),
			Entry("Basic of one letter", t.holds("A406"), authorization("Basic "+base64.StdEncoding.EncodeToString([]byte("x"))), http.StatusInternalServerError),
			t.ofFake(Entry("an access token without a subject", t.holds("A410"), jwt(`"scope":["files:write"]`), http.StatusUnauthorized)),
			t.ofFake(Entry("an access token whose subject is a number", t.holds("A410"), jwt(`"sub":1`), http.StatusUnauthorized)),
		)
	})
}

// authorization is an Authorization header.
func authorization(value string) http.Header { return http.Header{"Authorization": {value}} }

// cookie is a Cookie header.
func cookie(value string) http.Header { return http.Header{"Cookie": {value}} }

// basic is the Authorization header of a user, written as address:password.
func basic(user string) http.Header {
	return authorization("Basic " + base64.StdEncoding.EncodeToString([]byte(user)))
}

// jwt is an access token with these claims, which lasts an hour. Its signature is not checked.
func jwt(claims string) http.Header { return jwtUntil(time.Hour, claims) }

// jwtUntil is an access token with these claims, which lasts as long, or has ended.
func jwtUntil(lasting time.Duration, claims string) http.Header {
	return jwtOf(fmt.Sprintf(`{"exp":%d,%s}`, beginning.Add(lasting).Unix(), claims))
}

// jwtOf is an access token with this object of claims.
func jwtOf(claims string) http.Header {
	encode := base64.RawURLEncoding.EncodeToString
	return authorization("Bearer " + encode([]byte(`{"alg":"RS256"}`)) + "." + encode([]byte(claims)) + ".c2ln")
}

// expectCredentials is the body of the tables that list the answers of the calls to a kind of credentials, with their
// headers.
func (t *target) expectCredentials(ctx SpecContext, atAnyPortal bool, header http.Header, read, change, visit, also string) {
	if !atAnyPortal {
		t.useKeys()
	}
	for _, call := range []struct {
		request  request
		expected string
	}{
		{request{path: "files/settings"}, read},
		{request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`}, change},
		{request{method: http.MethodPut, path: "files/settings/externalsocialmedia", body: `{"set":true}`}, change},
		{request{method: http.MethodPost, path: "files/share/none/password", body: `{}`}, visit},
		{request{path: "files/share/none"}, read},
		{request{method: http.MethodPut, path: policyPath, body: `{"externalShare":true}`}, change},
	} {
		if t.live && call.request.path == policyPath && !livePortal.before.rest.shown {
			continue // it could not be put back
		}
		By(call.request.method + " " + call.request.path)
		call.request.header = header
		a := t.send(ctx, call.request)
		t.expectAdmission(a, call.expected, call.request.path == "files/settings")
		switch {
		case also == deletesCookie && t.keepsBadSession(call.request):
			Expect(a).To(haveNoHeader("Set-Cookie"))
		case also == deletesCookie && t.partitioned(): // over https there are more
			Expect(a).To(haveHeader("Set-Cookie", "asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path="+t.base()+"/"))
		case also == deletesCookie:
			Expect(a).To(haveDeletedCookies("asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=" + t.base() + "/"))
		case also == challengesBasic && a.StatusCode < 500:
			Expect(a).To(haveHeader("WWW-Authenticate", "Basic"))
		default:
			Expect(a).To(haveNoHeader("Set-Cookie"))
			Expect(a).To(haveNoHeader("WWW-Authenticate"))
		}
	}
}

// expectRights is the body of the tables that list what credentials allow at the suite's own portal.
func (t *target) expectRights(ctx SpecContext, header http.Header, read, change, visit string) {
	t.useKeys()
	for _, call := range []struct {
		request  request
		expected string
	}{
		{request{path: "files/settings?fields=forcesave"}, read},
		{request{method: http.MethodPut, path: "files/settings/external", body: `{"set":true}`}, change},
		{request{method: http.MethodPut, path: "files/settings/externalsocialmedia", body: `{"set":true}`}, change},
		{request{method: http.MethodPost, path: "files/share/open/password", body: `{}`}, visit},
		{request{path: "files/share/open"}, read},
		{request{method: http.MethodPut, path: policyPath, body: `{"externalShare":true}`}, change},
	} {
		By(call.request.method + " " + call.request.path)
		call.request.header = header
		a := t.send(ctx, call.request)
		if call.expected == noRole {
			Expect(a).To(haveStatus(http.StatusForbidden))
			Expect(a).To(haveMember(Equal("System.InvalidOperationException"), "error", "type"))
			continue
		}
		t.expectAdmission(a, call.expected, strings.HasPrefix(call.request.path, "files/settings?"))
	}
}

// expectAdmission checks the answer of a call to a kind of credentials.
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
	case noToken:
		if t.live && a.StatusCode == http.StatusForbidden { // its identity service does not answer
			Expect(a).To(haveMember(HavePrefix("IDX20803: "), "error", "message"))
			return
		}
		Expect(a).To(haveStatus(http.StatusBadRequest))
		Expect(a).To(haveMember(HavePrefix("IDX12"), "error", "message"))
		Expect(a).To(haveMember(BeEquivalentTo(-2147024809), "error", "hresult"))
	case unreadable:
		Expect(a).To(haveStatus(http.StatusInternalServerError))
		Expect(a).To(haveMember(BeEquivalentTo(500), "statusCode"))
		Expect(a).NotTo(haveMember(BeNil(), "error", "type"))
	default:
		Fail(fmt.Sprintf("no expectation %q", expected))
	}
}

// expectEmpty checks a refusal that v3.7.2 sends without a body, and documented with a message.
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

// expectNothing checks that an answer has no body.
func (t *target) expectNothing(a answer) {
	GinkgoHelper()
	Expect(a).To(haveBody(BeEmpty()))
	if !t.live { // a proxy may leave it out
		Expect(a).To(haveHeader("Content-Length", "0"))
	}
}

// expectNoCache checks the headers that the exception handler sets.
func expectNoCache(a answer) {
	GinkgoHelper()
	Expect([]string{a.Header.Get("Cache-Control"), a.Header.Get("Pragma"), a.Header.Get("Expires")}).To(Equal([]string{"no-cache,no-store", "no-cache", "-1"}))
}
