package mockserver

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// A password that is only checked does not wait for changes of the portal.
func TestCheckingAPasswordWaitsForNoWriter(t *testing.T) {
	s := newServer(t, WithPortal(protected()))
	s.writing.Lock()
	defer s.writing.Unlock()
	for _, password := range []string{"wrong", rightPW, ""} {
		if w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), mocktest.PasswordBody(password)); w.Code != 200 {
			t.Errorf("%q: %d", password, w.Code)
		}
	}
}

// A body that is not taken for JSON does not count as an attempt (SecurityController.cs).
func TestUnsupportedBodiesAreNoAttempts(t *testing.T) {
	s := newServer(t, WithPortal(protected()))
	for range 9 {
		mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), `x`, "Content-Type", "", "Content-Type", "text/plain")
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), mocktest.PasswordBody(rightPW))); got.Status != ok {
		t.Errorf("status %d, want 0", got.Status)
	}
}

// A key that brings the password along names the same link, whose password can be set.
func TestPasswordIsSetByAKeyWithThePassword(t *testing.T) {
	s := newServer(t, WithPortal(protected()), WithProfile(ProfileDocumented))
	key := s.random.tokenWithPassword(mocktest.LinkID, s.random.passwordKey(rightPW))
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(key), mocktest.PasswordBody("Another-one1"), as(s, RoleOwner)...)); got.Status != ok || s.State().Links[0].Password != "Another-one1" {
		t.Errorf("status %d, password %q", got.Status, s.State().Links[0].Password)
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(key), `{}`)); got.Status != required {
		t.Errorf("after the change: status %d", got.Status)
	}
}

// [StringLength(255)] counts UTF-16 units.
func TestPasswordTooLong(t *testing.T) {
	for password, characters := range map[string]int{
		"": 0, strings.Repeat("x", 255): 0, strings.Repeat("é", 255): 0, strings.Repeat("😀", 127): 0,
		strings.Repeat("x", 256): 256, strings.Repeat("😀", 128): 256, strings.Repeat("x", 999): 999,
	} {
		bad := tooLong("Password", "Password", password)
		switch {
		case characters == 0 && bad != nil:
			t.Errorf("%d bytes: %v", len(password), bad)
		case characters > 0 && (bad == nil || bad.Key != "Password" || bad.Message != "The field Password must be a string with a maximum length of 255." ||
			bad.Explanation != fmt.Sprintf("Body: $.password: has %d characters, the password of a link has at most 255", characters)):
			t.Errorf("%d bytes: %+v", len(password), bad)
		}
	}
}

// A password is stored by what the portal is then. A link whose entry was put away since the call was decided keeps its own.
func TestPasswordIsStoredByWhatThePortalIsThen(t *testing.T) {
	p := DefaultPortal()
	p.Entries[0].Section = SectionTrash
	p.Links[0].Password = rightPW
	s := newServer(t, WithPortal(p))
	before := s.era().state.Load()
	c := newCall(httptest.NewRequest("POST", mocktest.PasswordPath(mocktest.LinkKey), nil), s.era())
	c.caller = before.usersByEmail["owner@example.com"]
	password := "New-pass-1"
	if _, decision, err := s.storePassword(c, newLinkUse(c, &password)); err != nil || decision.setPassword || s.era().state.Load() != before {
		t.Errorf("got %+v, and the password is %q", decision, s.State().Links[0].Password)
	}
}
