package mockserver

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// The key of a role works as a Bearer token.
func TestKey(t *testing.T) {
	inactive := false
	for name, p := range map[string]Portal{
		"token only":              {Users: []User{{Email: "o@example.com", Role: RoleOwner, Tokens: []string{"token"}}}, APIKeys: []APIKey{}},
		"the first is disabled":   {Users: []User{{Email: "x@example.com", Role: RoleOwner, Tokens: []string{"x"}, Disabled: true}, {Email: "o@example.com", Role: RoleOwner, Tokens: []string{"token"}}}},
		"a token like an API key": {Users: []User{{Email: "o@example.com", Role: RoleOwner, Tokens: []string{"sk-token", "token"}}}},
		"a token like a JWT":      {Users: []User{{Email: "o@example.com", Role: RoleOwner, Tokens: []string{"a.b.c", "token"}}}},
		"a key that is off": {Users: []User{{Email: "o@example.com", Role: RoleOwner, Tokens: []string{"token"}}},
			APIKeys: []APIKey{{Key: "sk-1", User: "o@example.com", Active: &inactive}, {Key: "sk-2", User: "o@example.com", Permissions: []string{"rooms:read"}}}},
		"an expired key": {Users: []User{{Email: "o@example.com", Role: RoleOwner}},
			APIKeys: []APIKey{{Key: "sk-1", User: "o@example.com", Expires: mocktest.NewClock().Now()}, {Key: "sk-2", User: "O@example.com"}}},
	} {
		s := newServer(t, WithPortal(p), WithClock(mocktest.NewClock().Now))
		if w := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, as(s, RoleOwner)...); w.Code != 200 {
			t.Errorf("%s: %q is answered with %d", name, s.Key(RoleOwner), w.Code)
		}
	}
}
