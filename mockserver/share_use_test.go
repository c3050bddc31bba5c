package mockserver

import (
	"net/http/httptest"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestNewLinkUse(t *testing.T) {
	s := newServer(t, WithClock(mocktest.NewClock().Now))
	r := httptest.NewRequest("POST", mocktest.PasswordPath("a b")+"?share=token", nil)
	c := newCall(r, s.era())
	c.caller = &User{Email: "a"}
	given := "secret"
	use := newLinkUse(c, &given)
	if use.key != "a b" || use.password != "secret" || use.caller != c.caller || use.request != r || use.query.Get("share") != "token" || use.opened == nil || !use.now.Equal(mocktest.NewClock().Now()) {
		t.Errorf("got %+v", use)
	}
	if got := newLinkUse(c, nil).password; got != "" {
		t.Errorf("no password: got %q", got)
	}
}
