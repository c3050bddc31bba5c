package mockserver

import (
	"testing"
)

func TestAdmin(t *testing.T) {
	for role, want := range map[Role]bool{RoleOwner: true, RoleDocSpaceAdmin: true, RoleRoomAdmin: false, RoleUser: false, RoleGuest: false} {
		if got := (&User{Role: role}).admin(); got != want {
			t.Errorf("%s: %t", role, got)
		}
	}
	if (*User)(nil).admin() {
		t.Error("nobody is an administrator")
	}
}

func TestUnlimited(t *testing.T) {
	for _, test := range []struct {
		permissions []string
		want        bool
	}{{nil, true}, {[]string{}, true}, {[]string{"*"}, true}, {[]string{"rooms:read", "*"}, true}, {[]string{"*:write"}, false}, {[]string{"files:*"}, false}} {
		if got := (&APIKey{Permissions: test.permissions}).unlimited(); got != test.want {
			t.Errorf("%q: %t", test.permissions, got)
		}
	}
}
