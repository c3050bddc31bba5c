package mockserver

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestRememberedPassword(t *testing.T) {
	const cookie = "sharelink" + mocktest.LinkID
	s := newServer(t, WithPortal(protected()))
	first := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(rightPW)).Result().Cookies()
	key := first[0].Value
	token := s.secret.tokenWithPassword(mocktest.LinkID, key)
	other := secret("another portal")
	for _, test := range []struct {
		name, query string
		headers     []string
		want        api.ExternalShareStatus
	}{
		{"cookie", "", []string{"Cookie", cookie + "=" + key}, ok},
		{"header", "", []string{cookie, key}, ok},
		{"Request-Token", "", []string{"Request-Token", token}, ok},
		{"share in the query", "?share=" + token, nil, ok},
		{"cookie of another password", "", []string{"Cookie", cookie + "=" + s.secret.passwordKey("x")}, wrong},
		{"cookie of another portal", "", []string{"Cookie", cookie + "=" + other.passwordKey(rightPW)}, wrong},
		{"cookie with the plain password", "", []string{"Cookie", cookie + "=" + rightPW}, wrong},
		{"token of another link", "?share=" + s.secret.tokenWithPassword("0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a01", key), nil, wrong},
		{"token of another portal", "?share=" + other.tokenWithPassword(mocktest.LinkID, key), nil, wrong},
		{"nothing", "", nil, wrong},
	} {
		s.passwords.Store(newPasswordLimiter())
		w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected")+test.query, passwordBody("not the password"), test.headers...)
		if got := share(t, w); got.Status != test.want {
			t.Errorf("%s: status %d, want %d", test.name, got.Status, test.want)
		}
		if test.want == ok && strings.Contains(setCookies(w), cookie) {
			t.Errorf("%s: the password is remembered again: %s", test.name, setCookies(w))
		}
	}
}

func TestTokenWithPassword(t *testing.T) {
	s := secret("secret")
	got, fine := s.readToken(s.tokenWithPassword(mocktest.LinkID, "key"))
	if !fine || got != (shareToken{mocktest.LinkID, "key"}) {
		t.Errorf("got %v, %t", got, fine)
	}
	for _, bad := range []string{"", s.sign(mocktest.LinkID), s.sign(5), secret("other").tokenWithPassword(mocktest.LinkID, "key")} {
		if got, fine := s.readToken(bad); fine {
			t.Errorf("%q: got %v", bad, got)
		}
	}
}
