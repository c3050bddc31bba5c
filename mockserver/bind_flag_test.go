package mockserver

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// The contract suite has the usual bodies: here are those whose names or values are given more than once, or in other letters.
func TestReadFlag(t *testing.T) {
	const neither, differ = "$ neither displayValue nor set is given", "$ displayValue and set differ"
	for _, test := range []struct{ body, documented, v372 string }{
		{`{"set":true,"SET":false}`, "false", "false"},
		{`{"set":false,"SET":true,"displayValue":true}`, "true", "true"},
		{`{"displayValue":false,"set":true,"displayValue":true}`, "true", "true"},
		{`{"DISPLAYVALUE":true}`, "true", "false"},
		{`{"DisplayValue":true,"Set":true}`, "true", "true"},
		{`{"set":true,"foo":{"set":false,"displayValue":false}}`, "true", "true"},
		{`{"ſet":true}`, neither, "false"}, // a long s
		{`{"set ":true}`, neither, "false"},
		{` { } `, neither, "false"},
		{`{"displayValue":true,"set":false}`, differ, "false"},
		{`{"displayValue":false,"SET":true}`, differ, "true"},
		{`{"set":"x","set":true}`, "$.set expected true or false, got a text", "$.set expected true or false, got a text"},
		{`{"SET":[true]}`, "$.SET expected true or false, got a list", "$.SET expected true or false, got a list"},
		{`{"displayValue":null,"set":true}`, "$.displayValue expected true or false, got null", "true"},
		{`{"set":true`, "$ ends too early", "$ ends too early"},
		{``, "$ has no JSON in it", "$ has no JSON in it"},
		{`null`, " is null", " is null"},
	} {
		for _, p := range profiles {
			want := test.documented
			if p.name != ProfileDocumented {
				want = test.v372
			}
			read := p.readFlag(readSwitch(callWithBody(test.body)))
			on, bad := read.on, read.bad
			got := fmt.Sprint(on)
			if key, words, refused := strings.Cut(want, " "); refused {
				if bad == nil || on || bad.Key != key || !strings.Contains(bad.Explanation, words) {
					t.Errorf("%s: %s: got %t, %+v, want %s", p.name, test.body, on, bad, want)
				}
				continue
			}
			if bad != nil || got != want {
				t.Errorf("%s: %s: got %s, %v, want %s", p.name, test.body, got, bad, want)
			}
		}
	}
	for _, p := range profiles {
		if bad := p.readFlag(readSwitch(callWithoutBody())).bad; bad == nil || bad.Key != "" {
			t.Errorf("%s: no body: %+v", p.name, bad)
		}
	}
}

func TestFlagNamesRead(t *testing.T) {
	for name, want := range map[string]string{ProfileDocumented: "displayValue and set", ProfileV372: "nothing but set", ProfileNext: "nothing but set"} {
		if p, _ := profileByName(name); p.flagNamesRead() != want {
			t.Errorf("%s: got %s", name, p.flagNamesRead())
		}
	}
}

// The hint must not promise a success where another profile refuses the caller for the role.
func TestHintsDoNotPromiseASuccessToUsers(t *testing.T) {
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		for _, body := range []string{`{}`, `{"displayValue":true}`, `{"displayValue":true,"set":false}`} {
			if hint := mocktest.Send(s, "PUT", mocktest.ExternalPath, body, as(s, RoleUser)...).Header().Get(headerHint); strings.Contains(hint, "answers 200") || strings.Contains(hint, "answer 200") {
				t.Errorf("%s of a user: %q", body, hint)
			}
		}
	})
}
