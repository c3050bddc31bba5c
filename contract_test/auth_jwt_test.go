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
	Describe("credentials: access tokens", func() {
		DescribeTable("decide what the four calls answer:", t.expectCredentials,
			Entry("an access token without a subject", t.holds("A410"), atAnyPortal, jwt(`{}`), noSubject, noSubject, noSubject, nothingElse),
			Entry("an access token whose subject is not a GUID", t.holds("A410"), atAnyPortal, jwt(`{"sub":"owner"}`), noSubject, noSubject, noSubject, nothingElse),
			Entry("an access token with the scope", t.holds("A411"), atOurPortal, jwt(`{"sub":"`+ownerID+`","scope":["files:write"]}`), ok, ok, ok, nothingElse),
			Entry("an access token without the scope, which is checked only where anonymous callers are refused", t.holds("A411"), atOurPortal, jwt(`{"sub":"`+ownerID+`","scope":["rooms:read"]}`), ok, noScope, ok, nothingElse),
		)

		DescribeTable("decide what the caller may do:", t.expectRights,
			Entry("an access token with its scopes in a text", t.holds("A413"), jwt(`{"sub":"`+ownerID+`","scope":"openid files:write"}`), ok, ok, ok),
			Entry("an access token for everything", t.holds("A411"), jwt(`{"sub":"`+ownerID+`","scope":["*:write"]}`), ok, ok, ok),
			Entry("an access token that may read everything", t.holds("A411"), jwt(`{"sub":"`+ownerID+`","scope":["*:read"]}`), ok, noScope, ok),
			Entry("an access token that may read files", t.holds("A411"), jwt(`{"sub":"`+ownerID+`","scope":["files:read"]}`), ok, noScope, ok),
			Entry("an access token without scopes", t.holds("A411"), jwt(`{"sub":"`+ownerID+`"}`), ok, noScope, ok),
			Entry("an access token of a user", t.holds("A411"), jwt(`{"sub":"`+userID+`","scope":["files:write"]}`), ok, noRole, ok),
			Entry("an access token with the subject in capitals", t.holds("A410"), jwt(`{"sub":"`+strings.ToUpper(ownerID)+`","scope":["files:write"]}`), ok, ok, ok),
			Entry("an access token of an unknown user", t.holds("A414"), jwt(`{"sub":"00000000-0000-0000-0000-000000000001","scope":["files:write"]}`), asAnonymous, noCredentials, ok),
			Entry("an access token of a disabled user", t.holds("A414"), jwt(`{"sub":"`+goneID+`","scope":["files:write"]}`), asAnonymous, noCredentials, ok),
			Entry("an access token that has expired", t.holds("A414"), jwt(fmt.Sprintf(`{"sub":%q,"scope":["files:write"],"exp":%d}`, ownerID, beginning.Add(-time.Minute).Unix())), asAnonymous, noCredentials, ok),
			Entry("an access token at the second at which it expires", t.holds("A414"), jwt(fmt.Sprintf(`{"sub":%q,"scope":["files:write"],"exp":%d}`, ownerID, beginning.Unix())), asAnonymous, noCredentials, ok),
			Entry("an access token a second before it expires", t.holds("A414"), jwt(fmt.Sprintf(`{"sub":%q,"scope":["files:write"],"exp":%d}`, ownerID, beginning.Unix()+1)), ok, ok, ok),
			Entry("an access token that has not expired", t.holds("A414"), jwt(fmt.Sprintf(`{"sub":%q,"scope":["files:write"],"exp":%d}`, ownerID, beginning.Add(time.Minute).Unix())), ok, ok, ok),
			Entry("three parts that are not an access token", t.holds("A402"), authorization("Bearer a.b.c"), asAnonymous, noCredentials, ok),
		)

		It("count a read scope only for reading", t.holds("A411"), func(ctx SpecContext) {
			t.needsOurPortal()
			a := t.send(ctx, request{path: "files/settings", header: jwt(`{"sub":"` + userID + `","scope":["*:read"]}`)})
			Expect(a).To(haveStatus(http.StatusOK))
		})
	})
}
