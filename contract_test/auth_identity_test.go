package contract_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/go-jose/go-jose/v4"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

const (
	issuer   = "https://portal.example/oauth2"
	audience = "https://portal.example"
)

// identitySpecs describe access tokens at a portal that knows the keys of its identity service (JwtBearerAuthHandler.cs).
func identitySpecs(t *target) {
	Describe("credentials: access tokens of an identity service", func() {
		t.itOfFake("count without a signature when the portal has no identity service", t.holds("A420"), func(ctx SpecContext) {
			t.expectRights(ctx, jwt(`"sub":"`+ownerID+`","scope":["files:write"]`), ok, ok, ok)
		})

		t.itOfFake("count when they are signed for the portal", t.holds("A420"), func(ctx SpecContext) {
			signsRSA, err := rsa.GenerateKey(rand.Reader, 2048)
			Expect(err).NotTo(HaveOccurred())
			signsECDSA, foreign := newECDSA(), newECDSA()
			t.startWithKeys(ctx, jose.JSONWebKey{Key: signsRSA.Public(), KeyID: "one"}, jose.JSONWebKey{Key: signsECDSA.Public(), KeyID: "two"})

			for _, token := range []http.Header{
				signedJWT(jose.RS256, signsRSA, "one", issuer, audience),
				signedJWT(jose.ES256, signsECDSA, "two", issuer, audience),
				signedJWT(jose.ES256, signsECDSA, "", issuer, audience),
			} {
				t.expectRights(ctx, token, ok, ok, ok)
			}
			for _, token := range []http.Header{
				signedJWT(jose.RS512, signsRSA, "one", issuer, audience),
				signedJWT(jose.HS256, []byte("0123456789abcdef0123456789abcdef"), "one", issuer, audience),
				signedJWT(jose.ES256, foreign, "two", issuer, audience),
				signedJWT(jose.ES256, signsECDSA, "three", issuer, audience),
				signedJWT(jose.ES256, signsECDSA, "two", "https://other.example", audience),
				signedJWT(jose.ES256, signsECDSA, "two", issuer, "https://other.example"),
				jwt(`"sub":"` + ownerID + `","scope":["files:write"]`),
			} {
				t.expectRights(ctx, token, asAnonymous, noCredentials, ok)
			}
		})
	})
}

// startWithKeys starts the target again, with an identity service that has these keys.
func (t *target) startWithKeys(ctx SpecContext, keys ...jose.JSONWebKey) {
	GinkgoHelper()
	set, err := json.Marshal(jose.JSONWebKeySet{Keys: keys})
	Expect(err).NotTo(HaveOccurred())
	t.startWith(ctx, func(p *mockserver.Portal) {
		p.Identity = &mockserver.Identity{Issuer: issuer, Audience: audience, JWKS: set}
	})
}

func newECDSA() *ecdsa.PrivateKey {
	GinkgoHelper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	Expect(err).NotTo(HaveOccurred())
	return key
}

// signedJWT is an access token of the owner that may write files. kid names the key; "" names none.
func signedJWT(algorithm jose.SignatureAlgorithm, key any, kid, issuer, audience string) http.Header {
	GinkgoHelper()
	options := &jose.SignerOptions{}
	if kid != "" {
		options = options.WithHeader("kid", kid)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, options)
	Expect(err).NotTo(HaveOccurred())
	token, err := signer.Sign(fmt.Appendf(nil, `{"sub":%q,"scope":["files:write"],"iss":%q,"aud":%q,"exp":%d}`, ownerID, issuer, audience, beginning.Add(time.Hour).Unix()))
	Expect(err).NotTo(HaveOccurred())
	compact, err := token.CompactSerialize()
	Expect(err).NotTo(HaveOccurred())
	return authorization("Bearer " + compact)
}
