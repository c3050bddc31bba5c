package mockserver

import (
	"errors"
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
	c, answer := newCall(r, s.era()), http.Header{}
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
		{"an access token", jwt(`{"exp":4e9,"sub":"` + userID + `","scope":"files:read"}`), "YOUR_API_KEY", "user@example.com files:read", "", false},
		{"an access token that is over beside a good cookie", jwt(`{"exp":1,"sub":"` + userID + `"}`), "YOUR_API_KEY", "", "", false},
		{"two parts are no access token", "Bearer abc.def", "YOUR_API_KEY", "owner@example.com *:write", "", false},
		{"a filled fourth part is no access token", "Bearer a.b.c.d", "YOUR_API_KEY", "owner@example.com *:write", "", false},
		{"Bearer alone", "Bearer", "YOUR_API_KEY", "owner@example.com *:write", "", false},
		{"a tab after Bearer", "Bearer\tsk-user", "", "", "", false},
		{"BEARER", "BEARER sk-user", "", "", "", false},
		{"SK- in capitals is no API key", "Bearer SK-user", "YOUR_API_KEY", "owner@example.com *:write", "", false},
		{"a tab after Basic", strings.Replace(basic("user@example.com", "User-pass-1"), " ", "\t", 1), "", "", "", false},
		{"Basic alone", "Basic", "YOUR_API_KEY", "owner@example.com *:write", "", false},
		{"blanks around it", "  Bearer sk-user  ", "", "user@example.com *:write", "", true},
	} {
		c, answer, err := identified(s, "Authorization", test.authorization, "Cookie", "asc_auth_key="+test.cookie)
		if err != nil || whom(c) != test.want || c.apiKey != test.apiKey || answer.Get("WWW-Authenticate") != test.challenge {
			t.Errorf("%s: got %q, API key %t, %v, %v", test.name, whom(c), c.apiKey, answer, err)
		}
	}
}

// All Authorization headers are one text, with commas.
func TestSeveralAuthorizationHeaders(t *testing.T) {
	s := newServer(t, WithPortal(authPortal()))
	for _, test := range []struct {
		name    string
		headers []string
		want    string
		apiKey  bool
	}{
		{"an API key twice", []string{"Bearer sk-user", "Bearer sk-user"}, "", true},
		{"an API key and Basic", []string{"Bearer sk-user", basic("user@example.com", "User-pass-1")}, "", true},
		{"a token and an API key", []string{"YOUR_API_KEY", "Bearer sk-user"}, "", false},
		{"an empty one before an API key", []string{"", "Bearer sk-user"}, "user@example.com *:write", true},
		{"an empty one after an API key", []string{"Bearer sk-user", ""}, "user@example.com *:write", true},
		{"empty ones", []string{"", ""}, "", false},
	} {
		var headers []string
		for _, value := range test.headers {
			headers = append(headers, "Authorization", value)
		}
		c, _, err := identified(s, headers...)
		if err != nil || whom(c) != test.want || c.apiKey != test.apiKey {
			t.Errorf("%s: got %q, API key %t, %v", test.name, whom(c), c.apiKey, err)
		}
	}
	_, _, err := identified(s, "Authorization", basic("user@example.com", "User-pass-1"), "Authorization", "Bearer sk-user")
	var thrown *exception
	if !errors.As(err, &thrown) || thrown.class != "System.FormatException" {
		t.Errorf("Basic and an API key: got %v", err)
	}
}
