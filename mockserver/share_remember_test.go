package mockserver

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// The same password is always remembered in the same way, and in another way on every other portal.
func TestPasswordKey(t *testing.T) {
	a, b := secret("a"), secret("b")
	first, second := a.passwordKey(rightPW), a.passwordKey(rightPW)
	if first != second || first == b.passwordKey(rightPW) || first == a.passwordKey("x") {
		t.Error("a password is remembered in the wrong way")
	}
	if password, ok := a.verify(a.passwordKey(rightPW)); !ok || password != rightPW {
		t.Errorf("remembered %q", password)
	}
	if got := linkCookie(&Link{ID: mocktest.LinkID}); got != "sharelink"+mocktest.LinkID {
		t.Errorf("the cookie is %s", got)
	}
}
