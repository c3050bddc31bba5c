package contract_test

import (
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// apiKeySpecs describe API keys and their permissions (ApiKeyBearerAuthHandler.cs, ApiKeyScopesFilter.cs).
func apiKeySpecs(t *target) {
	Describe("credentials: API keys", func() {
		DescribeTable("decide what the calls answer:", t.expectCredentials,
			Entry("an API key", t.holds("A407"), atAnyPortal, authorization("Bearer "+t.owner), ok, ok, ok, nothingElse),
			t.ofFake(Entry("an API key with every permission", t.holds("A407"), atOurPortal, authorization("Bearer "+adminAPIKey), ok, ok, ok, nothingElse)),
			Entry("an API key without Bearer", t.holds("A407"), atOurPortal, authorization(ownerAPIKey), asAnonymous, noCredentials, ok, nothingElse),
			t.ofFake(Entry("an API key that may read files", t.holds("A408"), atOurPortal, authorization("Bearer "+readAPIKey), ok, noScope, noScopeProblem, nothingElse)),
			t.ofFake(Entry("an API key that may write files", t.holds("A408"), atOurPortal, authorization("Bearer "+writeAPIKey), ok, ok, ok, nothingElse)),
			t.ofFake(Entry("an API key for rooms", t.holds("A408"), atOurPortal, authorization("Bearer "+roomsAPIKey), noScopeProblem, noScope, noScopeProblem, nothingElse)),
			Entry("an API key that is not known", t.holds("A409"), atAnyPortal, authorization("Bearer "+unknownAPIKey), problemOr401, noCredentials, noScopeProblem, nothingElse),
			t.ofFake(Entry("an API key that has expired", t.holds("A409"), atOurPortal, authorization("Bearer "+expiredAPIKey), problemOr401, noCredentials, noScopeProblem, nothingElse)),
			t.ofFake(Entry("an API key that is not active", t.holds("A409"), atOurPortal, authorization("Bearer "+inactiveAPIKey), problemOr401, noCredentials, noScopeProblem, nothingElse)),
			Entry("an API key behind two blanks", t.holds("A409"), atOurPortal, authorization("Bearer  "+ownerAPIKey), problemOr401, noCredentials, noScopeProblem, nothingElse),
			Entry("sk- alone", t.holds("A409"), atAnyPortal, authorization("Bearer sk-"), problemOr401, noCredentials, noScopeProblem, nothingElse),
			t.ofFake(Entry("an API key of a disabled user", t.holds("A409"), atOurPortal, authorization("Bearer "+disabledAPIKey), problemOr401, noCredentials, noScopeProblem, nothingElse)),
		)

		DescribeTable("decide what the caller may do:", t.expectRights,
			t.ofFake(Entry("an API key with *:read", t.holds("A408"), keyWith("*:read"), ok, noScope, noScopeProblem)),
			t.ofFake(Entry("an API key with *:write", t.holds("A408"), keyWith("*:write"), ok, ok, ok)),
			t.ofFake(Entry("an API key that may read and write files", t.holds("A408"), keyWith("files:read", "files:write"), ok, ok, ok)),
			t.ofFake(Entry("an API key with one permission and with every permission", t.holds("A408"), keyWith("rooms:read", "*"), ok, ok, ok)),
			t.ofFake(Entry("an API key with a permission that does not exist", t.holds("A408"), keyWith("files:*"), noScopeProblem, noScope, noScopeProblem)),
			t.ofFake(Entry("an API key for accounts", t.holds("A408"), keyWith("accounts:write"), noScopeProblem, noScope, noScopeProblem)),
			Entry("an API key of a user", t.holds("A407"), authorization("Bearer "+userAPIKey), ok, noRole, ok),
			Entry("an API key as cookie", t.holds("A407"), http.Header{"Cookie": {"asc_auth_key=" + ownerAPIKey}}, asAnonymous, noCredentials, ok),
			Entry("an API key that is not valid, with a valid cookie", t.holds("A409"), http.Header{"Authorization": {"Bearer " + unknownAPIKey}, "Cookie": {"asc_auth_key=YOUR_API_KEY"}}, problemOr401, noCredentials, noScopeProblem),
		)

		t.itOfFake("of an API key expire at their time", t.holds("A409"), func(ctx SpecContext) {
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
	})
}

// keyWith is the API key of the suite's portal that has these permissions.
func keyWith(permissions ...string) http.Header {
	return authorization("Bearer sk-" + strings.Join(permissions, "-"))
}
