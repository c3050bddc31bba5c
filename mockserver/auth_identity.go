package mockserver

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// acceptedAlgorithms are those that a portal accepts for access tokens (JwtBearerAuthHandler.cs: ValidAlgorithms).
var acceptedAlgorithms = []jose.SignatureAlgorithm{jose.RS256, jose.ES256}

// vouchesFor says whether the identity service of the portal has made the token, for this portal. A portal without one believes
// every token: its signature, algorithm, issuer and audience are not looked at. That is ours, as a real portal always asks.
func (s *state) vouchesFor(text string, token dotnet.JWT) bool {
	identity := s.portal.Identity
	if identity == nil {
		return true
	}
	return token.Issuer() == identity.Issuer &&
		slices.ContainsFunc(token.Audience(), func(audience string) bool { return sameAudience(audience, identity.Audience) }) &&
		isSigned(text, s.signingKeys)
}

// sameAudience compares two audiences. A slash at the end of one does not matter (Validators.cs, Microsoft.IdentityModel).
func sameAudience(a, b string) bool { return strings.TrimSuffix(a, "/") == strings.TrimSuffix(b, "/") }

// isSigned says whether one of the keys has signed the token. A token that names its key must be signed with that one.
func isSigned(text string, keys []jose.JSONWebKey) bool {
	signed, err := jose.ParseSignedCompact(text, acceptedAlgorithms)
	if err != nil {
		return false
	}
	named := signed.Signatures[0].Header.KeyID
	return slices.ContainsFunc(keys, func(key jose.JSONWebKey) bool {
		if named != "" && key.KeyID != named {
			return false
		}
		_, err := signed.Verify(key)
		return err == nil
	})
}

const notKeySet = "must be a JSON Web Key Set such as {keys: [...]}, with an RSA or P-256 key for signatures"

// signingKeys are the keys of a JSON Web Key Set that can sign access tokens. Keys of other types are ignored (RFC 7517 §5). The error
// is a [*PortalError] about a place in the set, such as keys[0], or about the set when Path is "".
func signingKeys(set json.RawMessage) ([]jose.JSONWebKey, error) {
	var read struct{ Keys []json.RawMessage }
	if err := json.Unmarshal(set, &read); err != nil {
		return nil, &PortalError{Message: notKeySet}
	}
	var keys []jose.JSONWebKey
	for i, raw := range read.Keys {
		var key jose.JSONWebKey
		switch err := json.Unmarshal(raw, &key); {
		case errors.Is(err, jose.ErrUnsupportedKeyType):
		case err != nil:
			return nil, &PortalError{Path: fmt.Sprintf("keys[%d]", i), Message: "is no JSON Web Key: " + strings.TrimPrefix(err.Error(), "go-jose/go-jose: ")}
		case canSign(key.Public()):
			keys = append(keys, key.Public())
		}
	}
	if len(keys) == 0 {
		return nil, &PortalError{Message: notKeySet}
	}
	return keys, nil
}

// canSign says whether a public key is one of RS256 or ES256, and not meant for encryption.
func canSign(key jose.JSONWebKey) bool {
	if key.Use != "" && key.Use != "sig" {
		return false
	}
	switch public := key.Key.(type) {
	case *rsa.PublicKey:
		return true
	case *ecdsa.PublicKey:
		return public.Curve == elliptic.P256()
	default:
		return false
	}
}
