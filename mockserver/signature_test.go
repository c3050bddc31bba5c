package mockserver

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
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
	id, ok := s.verify(signed)
	if !ok || id != mocktest.LinkID {
		t.Fatalf("refuses its own: %q", id)
	}
	for i := range len(signed) {
		tampered := []byte(signed)
		tampered[i] ^= 1
		if _, ok := s.verify(string(tampered)); ok {
			t.Errorf("takes %q, changed at %d", tampered, i)
		}
	}
	forged := base64.RawURLEncoding.EncodeToString([]byte("?" + `"` + uuid.NewString() + `"`))
	unsigned := base64.RawURLEncoding.EncodeToString([]byte(`"` + mocktest.LinkID + `"`))
	for _, bad := range []string{"", "x", "?", signed[:110], signed + "A", signed + "==", signed[:110] + "J", signed[:110] + "K", "=" + signed, strings.ToLower(signed), forged, unsigned, secret("other").sign(mocktest.LinkID), secret(nil).sign(mocktest.LinkID)} {
		if _, ok := s.verify(bad); ok {
			t.Errorf("takes %q", bad)
		}
	}
	for _, same := range []string{signed + "=", signed + " ", " " + signed, signed[:50] + "\t" + signed[50:], signed + " ="} {
		if id, ok := s.verify(same); !ok || id != mocktest.LinkID {
			t.Errorf("refuses %q", same)
		}
	}
	if password, ok := s.verify(s.sign("a?b")); ok {
		t.Errorf("reads %q, which the server cuts at the question mark", password)
	}
}

// With the docDbKey of a portal the fake signs what the portal has signed (recorded: the vars of sharing.json).
func TestRecordedSignatures(t *testing.T) {
	const (
		id          = "3adbc78e-5518-420c-91eb-8d6c75491e24"
		key         = "UDQxRTFBZnNWaVVTOVlrYklsNHllcUpHV0ptUVlWYkZCeGhYZnFLL1ZzQT0_IjNhZGJjNzhlLTU1MTgtNDIwYy05MWViLThkNmM3NTQ5MWUyNCI"
		passwordKey = "blNVSEl4NGlQNHB5bGtFVHIvZUZVSm9LVmNobG11NHV0ZXg1TlJnY0w1OD0_IlNlY3JldDEyMyEi"
	)
	s := secret("ee172eee-3cac-4131-8adf-36c0c24c0872")
	if got := s.mintKey(id); got != key {
		t.Errorf("key %s", got)
	}
	if got := s.passwordKey(rightPW); got != passwordKey {
		t.Errorf("remembered password %s", got)
	}
	token := s.tokenWithPassword(id, passwordKey)
	if raw, ok := dotnet.FromBase64URL(token); !ok || !strings.HasPrefix(string(raw), "jSMz9oaY3ifNqYZUC/mlCtzC2ipwG0W7w1+xG2Xhzgk=?") {
		t.Errorf("token %q", raw)
	}
	p := Portal{Profile: ProfileV372, DocDBKey: string(s), Links: []Link{{ID: id, Password: rightPW}}}
	if got := newServer(t, WithPortal(p)).State().Links[0].Key; got != key {
		t.Errorf("the portal makes the key %s", got)
	}
}
