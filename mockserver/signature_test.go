package mockserver

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// Signature.cs: 44 characters of digest, a question mark, and the GUID in quotes, in base64url.
func TestMintedKeysLookLikeRequestTokens(t *testing.T) {
	s := newServer(t, WithPortal(Portal{Links: []Link{{}, {ID: mocktest.LinkID}}}))
	links := s.State().Links
	for _, l := range links {
		if len(l.Key) != 111 || !regexp.MustCompile(`^[A-Za-z0-9_-]+$`).MatchString(l.Key) {
			t.Errorf("key %q has %d characters", l.Key, len(l.Key))
		}
		raw, err := base64.RawURLEncoding.DecodeString(l.Key)
		if digest, id, _ := strings.Cut(string(raw), "?"); err != nil || len(digest) != 44 || id != `"`+l.ID+`"` {
			t.Errorf("key of %s holds %q", l.ID, raw)
		}
		if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(l.Key), `{}`)); got.Status != ok || got.LinkID.String() != l.ID {
			t.Errorf("minted key: status %d, link %s", got.Status, got.LinkID)
		}
	}
	if links[0].Key == links[1].Key {
		t.Error("two links have the same key")
	}
}

func TestSecretsDiffer(t *testing.T) {
	p := WithPortal(Portal{Links: []Link{{ID: mocktest.LinkID}}})
	a, b := newServer(t, p), newServer(t, p)
	if a.State().Links[0].Key == b.State().Links[0].Key {
		t.Error("two servers mint the same key")
	}
}

func TestVerify(t *testing.T) {
	s := secret("secret")
	signed := s.sign(mocktest.LinkID)
	var id string
	if !s.verify(signed, &id) || id != mocktest.LinkID {
		t.Fatalf("refuses its own: %q", id)
	}
	for i := range len(signed) {
		tampered := []byte(signed)
		tampered[i] ^= 1
		if s.verify(string(tampered), new(string)) {
			t.Errorf("takes %q, changed at %d", tampered, i)
		}
	}
	forged := base64.RawURLEncoding.EncodeToString([]byte("?" + `"` + uuid.NewString() + `"`))
	unsigned := base64.RawURLEncoding.EncodeToString([]byte(`"` + mocktest.LinkID + `"`))
	for _, bad := range []string{"", "x", "?", signed[:110], signed + "A", signed + "=", strings.ToLower(signed), forged, unsigned, secret("other").sign(mocktest.LinkID), secret(nil).sign(mocktest.LinkID)} {
		if s.verify(bad, new(string)) {
			t.Errorf("takes %q", bad)
		}
	}
}
