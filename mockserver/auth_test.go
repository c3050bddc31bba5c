package mockserver

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func authPortal() Portal {
	p, inactive := DefaultPortal(), false
	p.Users[2].Tokens = []string{"user-token"}
	p.Users = append(p.Users,
		User{Email: "gone@example.com", Role: RoleDocSpaceAdmin, Password: "Gone-pass-1", Tokens: []string{"gone-token"}, Disabled: true},
		User{Email: "roomadmin@example.com", Role: RoleRoomAdmin, Tokens: []string{"roomadmin-token"}},
		User{Email: "nopass@example.com", Role: RoleOwner})
	key := func(name, user string, permissions ...string) {
		p.APIKeys = append(p.APIKeys, APIKey{Key: "sk-" + name, User: user, Permissions: permissions})
	}
	for _, scope := range []string{"files:read", "files:write", "rooms:read", "*:read", "*"} {
		key(scope, "owner@example.com", scope)
	}
	key("everything", "owner@example.com")
	key("user", "user@example.com")
	key("gone", "gone@example.com")
	now := mocktest.NewClock().Now()
	p.APIKeys = append(p.APIKeys,
		APIKey{Key: "sk-expired", User: "owner@example.com", Expires: now},
		APIKey{Key: "sk-lasting", User: "owner@example.com", Expires: now.Add(time.Second)},
		APIKey{Key: "sk-inactive", User: "owner@example.com", Active: &inactive})
	return p
}

// identified is what authentication finds out about a request with these headers, and what it adds to the answer.
func identified(s *Server, headers ...string) (*call, http.Header, error) {
	r := httptest.NewRequest("GET", mocktest.SettingsPath, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	c, answer := newCall(r, s.current.Load(), s.clock.Now()), http.Header{}
	err := c.identify(answer)
	return c, answer, err
}

// whom is the caller of a call with what the caller may do, such as "user@example.com files:read"; "" is anonymous.
func whom(c *call) string {
	if c.caller == nil {
		return strings.Join(c.scopes, " ")
	}
	return strings.Join(append([]string{c.caller.Email}, c.scopes...), " ")
}

// The header Authorization chooses the scheme, and no other scheme is tried afterwards (BaseStartup.cs).
func TestSchemeFollowsFromTheHeader(t *testing.T) {
	s := newServer(t, WithPortal(authPortal()), WithClock(mocktest.NewClock().Now))
	for _, test := range []struct {
		name, authorization, cookie string
		want                        string
		challenge                   string
		apiKey                      bool
	}{
		{"nothing", "", "", "", "", false},
		{"a token", "Bearer YOUR_API_KEY", "", "owner@example.com *:write", "", false},
		{"a token without Bearer", "YOUR_API_KEY", "", "owner@example.com *:write", "", false},
		{"bearer in lower case is no scheme", "bearer YOUR_API_KEY", "", "", "", false},
		{"Basic", basic("user@example.com", "User-pass-1"), "", "user@example.com *:write", "Basic", false},
		{"Basic that is no good beside a good cookie", basic("user@example.com", "x"), "YOUR_API_KEY", "", "Basic", false},
		{"basic in lower case is no scheme", "b" + basic("user@example.com", "User-pass-1")[1:], "YOUR_API_KEY", "owner@example.com *:write", "", false},
		{"an API key", "Bearer sk-user", "", "user@example.com *:write", "", true},
		{"an API key that is no good beside a good cookie", "Bearer sk-nope", "YOUR_API_KEY", "", "", true},
		{"an API key without Bearer is no scheme", "sk-user", "YOUR_API_KEY", "owner@example.com *:write", "", false},
		{"an access token", jwt(`{"sub":"` + userID + `","scope":"files:read"}`), "YOUR_API_KEY", "user@example.com files:read", "", false},
		{"three parts without claims are no access token", "Bearer a.b.c", "YOUR_API_KEY", "owner@example.com *:write", "", false},
	} {
		c, answer, err := identified(s, "Authorization", test.authorization, "Cookie", "asc_auth_key="+test.cookie)
		if err != nil || whom(c) != test.want || c.apiKey != test.apiKey || answer.Get("WWW-Authenticate") != test.challenge {
			t.Errorf("%s: got %q, API key %t, %v, %v", test.name, whom(c), c.apiKey, answer, err)
		}
	}
}
