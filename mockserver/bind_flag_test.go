package mockserver

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestFlagBodies(t *testing.T) {
	bad := outcome{status: 400}
	tests := []struct {
		body             string
		v372, documented outcome
	}{
		{`{"set":true}`, on(true), on(true)},
		{`{"Set":true}`, on(true), on(true)},
		{`{"SET":true}`, on(true), on(true)},
		{`{"s\u0065t":true}`, on(true), on(true)},
		{`{"ſet":true}`, on(false), bad}, // a long s is no s in .NET
		{`{"set":false}`, on(false), on(false)},
		{`{}`, on(false), bad},
		{` { } `, on(false), bad},
		{`{"displayValue":true}`, on(false), on(true)},
		{`{"DISPLAYVALUE":true}`, on(false), on(true)},
		{`{"displayValue":false}`, on(false), on(false)},
		{`{"displayValue":true,"set":true}`, on(true), on(true)},
		{`{"displayValue":true,"set":false}`, on(false), bad},
		{`{"displayValue":false,"set":true}`, on(true), bad},
		{`{"displayValue":"x","set":true}`, on(true), bad},
		{`{"set":true,"foo":1}`, on(true), on(true)},
		{`{"set":true,"foo":{"set":false}}`, on(true), on(true)},
		{`{"set":false,"set":true}`, on(true), on(true)},
		{`{"set":true,"SET":false}`, on(false), on(false)},
		{`{"displayValue":false,"set":true,"displayValue":true}`, on(true), on(true)},
		{`{"set":"true"}`, refused("$.set"), bad},
		{`{"set":1}`, refused("$.set"), bad},
		{`{"set":null}`, refused("$.set"), bad},
		{`{"set":{}}`, refused("$.set"), bad},
		{`{"set":[true]}`, refused("$.set"), bad},
		{`{"set":"x","set":true}`, refused("$.set"), bad},
		{`[]`, refused("$"), bad},
		{`true`, refused("$"), bad},
		{`"x"`, refused("$"), bad},
		{`5`, refused("$"), bad},
		{`{`, refused("$"), bad},
		{`{set:true}`, refused("$"), bad},
		{`{"set":true,}`, refused("$.set"), bad},
		{`{"set":true} x`, refused("$"), bad},
		{`{"set":true}{"set":true}`, refused("$"), bad},
		{`{"set":true} // why`, refused("$"), bad},
		{`{"set":/* why */true}`, refused("$.set"), bad},
		{`{'set':true}`, refused("$"), bad},
		{`{"set":True}`, refused("$.set"), bad},
		{"{\"set\":true,\"x\":\"\xff\"}", refused("$"), bad},
		{`null`, refused(""), bad},
		{` null `, refused(""), bad},
		{`null x`, refused("$"), bad},
		{``, refused(""), bad},
		{` `, refused("$"), bad},
		{"\xef\xbb\xbf" + `{"set":true}`, on(true), on(true)},
		{"\xef\xbb\xbf", refused("$"), bad},
	}
	eachProfile(t, func(t *testing.T, profile string) {
		for _, path := range []string{mocktest.ExternalPath, mocktest.SocialPath} {
			for _, test := range tests {
				s := newServer(t, WithProfile(profile))
				got := flagOutcome(t, profile, mocktest.Send(s, "PUT", path, test.body, append(as(s, RoleOwner), "Content-Type", "", "Content-Type", "application/json")...))
				want := test.documented
				if profile == ProfileV372 {
					want = test.v372
				}
				// Which part of a malformed body a reader was in is its own affair.
				if want.key != "" && got.key != want.key && strings.HasPrefix(got.key, "$") && want.key != "$.set" {
					got.key = want.key
				}
				if got != want {
					t.Errorf("%s %q: got %+v, want %+v", path, test.body, got, want)
				}
			}
		}
	})
}

// A body that all of the others refuse for the role must not be said to succeed.
func TestHintsDoNotPromiseASuccessToUsers(t *testing.T) {
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		for _, body := range []string{`{}`, `{"displayValue":true}`, `{"displayValue":true,"set":false}`} {
			if hint := mocktest.Send(s, "PUT", mocktest.ExternalPath, body, as(s, RoleUser)...).Header().Get(headerHint); strings.Contains(hint, "answers 200") {
				t.Errorf("%s of a user: %q", body, hint)
			}
		}
	})
}
