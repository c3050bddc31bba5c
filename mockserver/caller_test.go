package mockserver

import (
	"testing"
)

func TestSignIn(t *testing.T) {
	for name, test := range map[string]struct {
		user *User
		want string
	}{
		"a user":          {&User{Email: "a"}, "a files:read"},
		"a disabled user": {&User{Email: "a", Disabled: true}, ""},
		"nobody":          {nil, ""},
	} {
		c := &call{}
		if signed := c.signIn(test.user, []string{"files:read"}); signed != (test.want != "") || whom(c) != test.want {
			t.Errorf("%s: %t, %q", name, signed, whom(c))
		}
	}
}
