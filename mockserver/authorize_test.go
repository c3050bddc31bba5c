package mockserver

import (
	"strings"
	"testing"
)

// An answer to each of the four calls, in their order, by what somebody may do.
func TestAdmission(t *testing.T) {
	const none, read, write = "", "*:read", "*:write"
	for _, test := range []struct {
		scopes          string
		signedIn, byKey bool
		documented      [4]admission
		v372            [4]admission
	}{
		{none, false, false, [4]admission{unauthorized, unauthorized, unauthorized, admitted}, [4]admission{admitted, unauthorized, unauthorized, admitted}},
		{none, false, true, [4]admission{unauthorized, unauthorized, unauthorized, forbiddenProblem}, [4]admission{forbiddenProblem, unauthorized, unauthorized, forbiddenProblem}},
		{write, true, false, [4]admission{}, [4]admission{}},
		{write, true, true, [4]admission{}, [4]admission{}},
		{"files:write", true, true, [4]admission{}, [4]admission{}},
		{"rooms:read files:write", true, true, [4]admission{}, [4]admission{}},
		{read, true, false, [4]admission{admitted, forbidden, forbidden, admitted}, [4]admission{admitted, forbidden, forbidden, admitted}},
		{read, true, true, [4]admission{admitted, forbidden, forbidden, forbiddenProblem}, [4]admission{admitted, forbidden, forbidden, forbiddenProblem}},
		{"files:read", true, true, [4]admission{admitted, forbidden, forbidden, forbiddenProblem}, [4]admission{admitted, forbidden, forbidden, forbiddenProblem}},
		{"rooms:write", true, true, [4]admission{forbiddenProblem, forbidden, forbidden, forbiddenProblem}, [4]admission{forbiddenProblem, forbidden, forbidden, forbiddenProblem}},
		{"rooms:write", true, false, [4]admission{admitted, forbidden, forbidden, admitted}, [4]admission{admitted, forbidden, forbidden, admitted}},
		{"files:*", true, true, [4]admission{forbiddenProblem, forbidden, forbidden, forbiddenProblem}, [4]admission{forbiddenProblem, forbidden, forbidden, forbiddenProblem}},
		{none, true, false, [4]admission{admitted, forbidden, forbidden, admitted}, [4]admission{admitted, forbidden, forbidden, admitted}},
	} {
		for _, p := range profiles {
			want := test.documented
			if p.anonymousSettings {
				want = test.v372
			}
			for i, o := range Operations()[:4] {
				c := &call{route: route{facts: factsOf[o]}, scopes: strings.Fields(test.scopes), apiKey: test.byKey}
				if test.signedIn {
					c.caller = &User{}
				}
				if got := c.admission(p, false); got != want[i] {
					t.Errorf("%s: %s with %q, signed in %t, API key %t: got %d, want %d", p.name, o, test.scopes, test.signedIn, test.byKey, got, want[i])
				}
			}
		}
	}
}

// The calls of links and of sessions by an API key with one scope. The calls of rooms want a scope of rooms, that of one's profile one of
// oneself, those that sign in or out one for everything, and the others one of files.
func TestAdmissionToLinks(t *testing.T) {
	for scope, reads := range map[string]string{"rooms:read": "rooms", "rooms:write": "rooms", "files:read": "files", "files:write": "files", "*:read": "both", "*:write": "both", "accounts:read": "accounts", "accounts.self:read": "self", "accounts.self:write": "self"} {
		for _, o := range Operations()[4:] {
			facts := factsOf[o]
			c := &call{route: route{facts: facts}, scopes: []string{scope}, apiKey: true, caller: &User{}}
			of := "files"
			switch {
			case strings.HasPrefix(facts.path, "files/rooms"):
				of = "rooms"
			case strings.HasPrefix(facts.path, "people/"):
				of = "self"
			case strings.HasPrefix(facts.path, "authentication"):
				of = ""
			}
			want := admitted
			if reads != of && reads != "both" || facts.method != "GET" && strings.HasSuffix(scope, ":read") {
				want = forbidden
				if facts.anonymous {
					want = forbiddenProblem
				}
			}
			if got := c.admission(profiles[0], false); got != want {
				t.Errorf("%s with %s: got %d, want %d", o, scope, got, want)
			}
		}
	}
}
