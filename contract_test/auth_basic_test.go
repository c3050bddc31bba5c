package contract_test

import (
	"encoding/base64"
	"net/http"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// basicSpecs describe Basic authentication (BasicAuthHandler.cs).
func basicSpecs(t *target) {
	Describe("credentials: Basic", func() {
		DescribeTable("decide what the calls answer:", t.expectCredentials,
			Entry("Basic", t.holds("A405"), atOurPortal, basic("owner@example.com:Owner-pass-1"), ok, ok, ok, challengesBasic),
			Entry("Basic with the address in another case", t.holds("A405"), atOurPortal, basic("OWNER@example.com:Owner-pass-1"), ok, ok, ok, challengesBasic),
			Entry("Basic with a wrong password", t.holds("A405"), atOurPortal, basic("owner@example.com:nope"), asAnonymous, noCredentials, ok, challengesBasic),
			Entry("Basic with an unknown user", t.holds("A405"), atAnyPortal, basic("nobody@example.com:x"), asAnonymous, noCredentials, ok, challengesBasic),
			t.ofFake(Entry("Basic of a user without a password", t.holds("A405"), atOurPortal, basic("guest@example.com:"), asAnonymous, noCredentials, ok, challengesBasic)),
			t.ofFake(Entry("Basic of a disabled user", t.holds("A405"), atOurPortal, basic("gone@example.com:Gone-pass-1"), asAnonymous, noCredentials, ok, challengesBasic)),
			Entry("Basic with a blank in the base64", t.holds("A405"), atOurPortal, authorization(strings.Replace(basic("owner@example.com:Owner-pass-1").Get("Authorization"), "b3", "b 3", 1)), ok, ok, ok, challengesBasic),
			Entry("Basic with blanks around the address", t.holds("A405"), atOurPortal, basic(" owner@example.com :Owner-pass-1"), asAnonymous, noCredentials, ok, challengesBasic),
			Entry("Basic of a colon", t.holds("A405"), atAnyPortal, basic(":"), asAnonymous, noCredentials, ok, challengesBasic),
			Entry("Basic without padding", t.holds("A406"), atAnyPortal, authorization("Basic b3duZXJAbGFiLnRlc3Q6T3duZXItcGFzczE"), unreadable, unreadable, unreadable, nothingElse),
			Entry("Basic that is not base64", t.holds("A406"), atAnyPortal, authorization("Basic %%%"), unreadable, unreadable, unreadable, nothingElse),
			Entry("Basic without a colon", t.holds("A406"), atAnyPortal, basic("owner@example.com"), unreadable, unreadable, unreadable, nothingElse),
		)

		DescribeTable("decide what the caller may do:", t.expectRights,
			Entry("Basic that is not valid, with a valid cookie", t.holds("A405"), http.Header{"Authorization": basic("owner@example.com:x")["Authorization"], "Cookie": {"asc_auth_key=YOUR_API_KEY"}}, asAnonymous, noCredentials, ok),
			Entry("basic in lower case", t.holds("A402"), authorization("basic "+base64.StdEncoding.EncodeToString([]byte("owner@example.com:Owner-pass-1"))), asAnonymous, noCredentials, ok),
			Entry("Basic with the password in another case", t.holds("A405"), basic("owner@example.com:owner-pass-1"), asAnonymous, noCredentials, ok),
			t.ofFake(Entry("Basic with a password with colons", t.holds("A405"), basic("colon@example.com:a:b:c"), ok, ok, ok)),
			t.ofFake(Entry("Basic of a user", t.holds("A405"), basic("user@example.com:User-pass-1"), ok, noRole, ok)),
		)

		It("that cannot be read are answered with the message of .NET", t.holds("A406"), func(ctx SpecContext) {
			t.usePortal()
			for payload, expected := range inOrder(map[string]string{
				"%%%":  `{"error":{"message":"The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.","type":"System.FormatException","stack":"   at ASC.Api.Core.Auth.BasicAuthHandler.HandleAuthenticateAsync()","hresult":-2146233033},"status":1,"statusCode":500}`,
				"eA==": `{"error":{"message":"Unable to get password","type":"System.Exception","stack":"   at ASC.Api.Core.Auth.BasicAuthHandler.HandleAuthenticateAsync()","hresult":-2146233088},"status":1,"statusCode":500}`,
			}) {
				a := t.send(ctx, request{path: "files/settings", header: authorization("Basic " + payload)})
				Expect(a).To(haveBody(expected))
			}
		})

		It("get a challenge with every answer except that of an exception", t.holds("A405"), func(ctx SpecContext) {
			t.usePortal()
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
