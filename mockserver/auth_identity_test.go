package mockserver

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// identityService signs access tokens.
type identityService struct {
	rsa   *rsa.PrivateKey
	ecdsa *ecdsa.PrivateKey
}

func newIdentityService(t *testing.T) identityService {
	t.Helper()
	signsRSA, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	signsECDSA, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return identityService{signsRSA, signsECDSA}
}

// jwks are the public keys of the service, and two that sign no tokens.
func (i identityService) jwks(t *testing.T) json.RawMessage {
	t.Helper()
	encryption, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	set, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: encryption.Public(), KeyID: "p384"},
		{Key: i.rsa.Public(), KeyID: "encryption", Use: "enc"},
		{Key: i.rsa.Public(), KeyID: "rsa", Use: "sig"},
		{Key: i.ecdsa.Public(), KeyID: "ecdsa"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// sign is the header Authorization with a signed access token. kid names the key; "" names none.
func sign(t *testing.T, algorithm jose.SignatureAlgorithm, key any, kid, claims string) string {
	t.Helper()
	options := &jose.SignerOptions{}
	if kid != "" {
		options = options.WithHeader("kid", kid)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, options)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign([]byte(claims))
	if err != nil {
		t.Fatal(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return "Bearer " + token
}

// A portal with an identity service believes only its tokens.
func TestIdentity(t *testing.T) {
	service, stranger := newIdentityService(t), newIdentityService(t)
	p := authPortal()
	p.Identity = &Identity{Issuer: "https://portal.example/oauth2", Audience: "https://portal.example", JWKS: service.jwks(t)}
	s := newServer(t, WithPortal(p), WithClock(mocktest.NewClock().Now))
	lasting := mocktest.NewClock().Now().Unix() + 60
	claims := func(issuer, audience string) string {
		return fmt.Sprintf(`{"sub":%q,"scope":["files:write"],"iss":%q,"aud":%s,"exp":%d}`, ownerID, issuer, audience, lasting)
	}
	good := claims(p.Identity.Issuer, `"https://portal.example"`)
	secret, err := service.rsa.N.GobEncode()
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		authorization string
		want          string
	}{
		"RS256":                     {sign(t, jose.RS256, service.rsa, "rsa", good), "owner@example.com files:write"},
		"ES256":                     {sign(t, jose.ES256, service.ecdsa, "ecdsa", good), "owner@example.com files:write"},
		"without the name of a key": {sign(t, jose.ES256, service.ecdsa, "", good), "owner@example.com files:write"},
		"for several":               {sign(t, jose.RS256, service.rsa, "rsa", claims(p.Identity.Issuer, `["x","https://portal.example/"]`)), "owner@example.com files:write"},
		"RS512":                     {sign(t, jose.RS512, service.rsa, "rsa", good), ""},
		"HS256":                     {sign(t, jose.HS256, secret, "rsa", good), ""},
		"an unknown key":            {sign(t, jose.RS256, service.rsa, "other", good), ""},
		"a key for encryption":      {sign(t, jose.RS256, service.rsa, "encryption", good), ""},
		"a foreign key":             {sign(t, jose.RS256, stranger.rsa, "rsa", good), ""},
		"a foreign key, unnamed":    {sign(t, jose.ES256, stranger.ecdsa, "", good), ""},
		"no signature":              {jwt(good), ""},
		"another issuer":            {sign(t, jose.RS256, service.rsa, "rsa", claims("https://other.example", `"https://portal.example"`)), ""},
		"another audience":          {sign(t, jose.RS256, service.rsa, "rsa", claims(p.Identity.Issuer, `"https://other.example"`)), ""},
		"no audience":               {sign(t, jose.RS256, service.rsa, "rsa", claims(p.Identity.Issuer, `null`)), ""},
	} {
		if c, _, err := identified(s, "Authorization", test.authorization); err != nil || whom(c) != test.want {
			t.Errorf("%s: got %q, %v, want %q", name, whom(c), err, test.want)
		}
	}
}

func TestKeysThatCannotSign(t *testing.T) {
	for _, set := range []string{
		``, `null`, `[]`, `{"keys":[]}`, `{"keys":[{"kty":"RSA"}]}`, `{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}`,
		`{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}`,
	} {
		if keys, err := signingKeys(json.RawMessage(set)); err == nil {
			t.Errorf("%s: got %v", set, keys)
		}
	}
}
