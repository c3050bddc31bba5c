package contract_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// jwtSpecs describe OAuth access tokens and their scopes (JwtBearerAuthHandler.cs, ScopesAuthorizationHandler.cs).
func jwtSpecs(t *target) {
	const owner, ofOwner, write = `"sub":"` + ownerID + `"`, `"sub":"` + ownerID + `","scope":["files:write"]`, `,"scope":["files:write"]`
	Describe("credentials: access tokens", func() {
		DescribeTable("decide what the calls answer:", t.expectCredentials,
			t.ofFake(Entry("an access token without a subject", t.holds("A410"), atOurPortal, jwt(`"scope":[]`), noSubject, noSubject, noSubject, nothingElse)),
			t.ofFake(Entry("an access token whose subject is not a GUID", t.holds("A410"), atOurPortal, jwt(`"sub":"owner"`), noSubject, noSubject, noSubject, nothingElse)),
			t.ofFake(Entry("an access token with the scope", t.holds("A411"), atOurPortal, jwt(ofOwner), ok, ok, ok, nothingElse)),
			t.ofFake(Entry("an access token without the scope, which is checked only where anonymous callers are refused", t.holds("A411"), atOurPortal, jwt(owner+`,"scope":["rooms:read"]`), ok, noScope, ok, nothingElse)),
			Entry("three parts that are not an access token", t.holds("A419"), atAnyPortal, authorization("Bearer a.b.c"), noToken, noToken, noToken, nothingElse),
			Entry("five parts that are not an access token", t.holds("A419"), atOurPortal, authorization("Bearer a.b.c.d.e"), noToken, noToken, noToken, nothingElse),
			Entry("three parts without claims", t.holds("A419"), atOurPortal, authorization("Bearer e30.b.c"), noToken, noToken, noToken, nothingElse),
			Entry("an access token behind two blanks", t.holds("A419"), atOurPortal, authorization("Bearer  e30.e30.c"), noToken, noToken, noToken, nothingElse),
			Entry("two parts", t.holds("A415"), atAnyPortal, authorization("Bearer abc.def"), asAnonymous, noCredentials, ok, nothingElse),
			Entry("three parts beside a good cookie", t.holds("A419"), atOurPortal, http.Header{"Authorization": {"Bearer a.b.c"}, "Cookie": {"asc_auth_key=YOUR_API_KEY"}}, noToken, noToken, noToken, nothingElse),
		)

		DescribeTable("decide what the caller may do:", t.expectRights,
			t.ofFake(Entry("an access token with two scopes in a text", t.holds("A413"), jwt(owner+`,"scope":"openid files:write"`), ok, noScope, ok)),
			t.ofFake(Entry("an access token with a scope in a text", t.holds("A413"), jwt(owner+`,"scope":"files:write"`), ok, ok, ok)),
			t.ofFake(Entry("an access token with a scope in capitals", t.holds("A413"), jwt(owner+`,"scope":["FILES:WRITE"]`), ok, noScope, ok)),
			t.ofFake(Entry("an access token whose claim is in capitals", t.holds("A413"), jwt(owner+`,"SCOPE":["files:write"]`), ok, ok, ok)),
			t.ofFake(Entry("an access token with its scopes in scp", t.holds("A413"), jwt(owner+`,"scp":["files:write"]`), ok, noScope, ok)),
			t.ofFake(Entry("an access token for everything", t.holds("A411"), jwt(owner+`,"scope":["*:write"]`), ok, ok, ok)),
			t.ofFake(Entry("an access token that may read everything", t.holds("A411"), jwt(owner+`,"scope":["*:read"]`), ok, noScope, ok)),
			t.ofFake(Entry("an access token that may read files", t.holds("A411"), jwt(owner+`,"scope":["files:read"]`), ok, noScope, ok)),
			t.ofFake(Entry("an access token without scopes", t.holds("A411"), jwt(owner), ok, noScope, ok)),
			t.ofFake(Entry("an access token of a user", t.holds("A411"), jwt(`"sub":"`+userID+`"`+write), ok, noRole, ok)),
			t.ofFake(Entry("an access token with the subject in capitals", t.holds("A410"), jwt(`"sub":"`+strings.ToUpper(ownerID)+`"`+write), ok, ok, ok)),
			t.ofFake(Entry("an access token with the subject without dashes", t.holds("A410"), jwt(`"sub":"`+strings.ReplaceAll(ownerID, "-", "")+`"`+write), ok, ok, ok)),
			t.ofFake(Entry("an access token with the subject in braces", t.holds("A410"), jwt(`"sub":"{`+ownerID+`}"`+write), ok, ok, ok)),
			t.ofFake(Entry("an access token with blanks around the subject", t.holds("A410"), jwt(`"sub":" (`+ownerID+`) "`+write), ok, ok, ok)),
			t.ofFake(Entry("an access token of an unknown user", t.holds("A414"), jwt(`"sub":"00000000-0000-0000-0000-000000000001"`+write), asAnonymous, noCredentials, ok)),
			t.ofFake(Entry("an access token of a disabled user", t.holds("A414"), jwt(`"sub":"`+goneID+`"`+write), asAnonymous, noCredentials, ok)),
			t.ofFake(Entry("an access token that has expired", t.holds("A414"), jwtUntil(-121*time.Second, ofOwner), asAnonymous, noCredentials, ok)),
			t.ofFake(Entry("an access token that has expired, without a subject", t.holds("A414"), jwtUntil(-time.Hour, `"scope":[]`), asAnonymous, noCredentials, ok)),
			t.ofFake(Entry("an access token that expired two minutes ago", t.holds("A414"), jwtUntil(-119*time.Second, ofOwner), ok, ok, ok)),
			t.ofFake(Entry("an access token that never expires", t.holds("A414"), jwtOf(`{`+ofOwner+`}`), asAnonymous, noCredentials, ok)),
			t.ofFake(Entry("an access token that begins in two minutes", t.holds("A414"), jwt(fmt.Sprintf(`"nbf":%d,`, beginning.Add(119*time.Second).Unix())+ofOwner), ok, ok, ok)),
			t.ofFake(Entry("an access token that begins in an hour", t.holds("A414"), jwt(fmt.Sprintf(`"nbf":%d,`, beginning.Add(time.Hour).Unix())+ofOwner), asAnonymous, noCredentials, ok)),
		)

		It("that cannot be read are refused on every path, before an origin is allowed", t.holds("A419"), func(ctx SpecContext) {
			t.usePortal()
			for _, path := range []string{"files/settings", "files/settings/nope", "/"} {
				a := t.send(ctx, request{path: path, off: true, header: http.Header{"Authorization": {"Bearer a.b.c"}, "Origin": {"https://app.example"}}})
				Expect(a).To(haveStatus(http.StatusBadRequest), path)
				Expect(a).To(haveMember("System.ArgumentException", "error", "type"))
				Expect(a).To(haveMember("IDX12729: Unable to decode the header '[PII of type 'System.String' is hidden. For more details, see https://aka.ms/IdentityModel/PII.]' as Base64Url encoded string.", "error", "message"))
				Expect(a).To(haveNoHeader("Access-Control-Allow-Origin"))
			}
		})

		t.itOfFake("count a read scope only for reading", t.holds("A411"), func(ctx SpecContext) {
			a := t.send(ctx, request{path: "files/settings", header: jwt(`"sub":"` + userID + `","scope":["*:read"]`)})
			Expect(a).To(haveStatus(http.StatusOK))
		})
	})
}
