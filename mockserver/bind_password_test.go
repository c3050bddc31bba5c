package mockserver

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestPasswordBodies(t *testing.T) {
	const ok, required, wrong = 0, 3, 4
	tests := []struct {
		body   string
		status int    // of the share
		key    string // of the 400 in v3.7.2
	}{
		{`{"password":"Secret123!"}`, ok, ""},
		{`{"PASSWORD":"Secret123!"}`, ok, ""},
		{`{"password":"Secret\u003123!"}`, ok, ""},
		{`{"password":"\u0053ecret123!"}`, ok, ""},
		{`{"password":"Secret123!","more":[1]}`, ok, ""},
		{`{"password":"x","password":"Secret123!"}`, ok, ""},
		{`{"password":"Secret123!","password":null}`, required, ""},
		{`{"password":" Secret123!"}`, wrong, ""},
		{`{"password":"secret123!"}`, wrong, ""},
		{`{"password":" "}`, wrong, ""},
		{`{}`, required, ""},
		{`{"pass":"Secret123!"}`, required, ""},
		{`{"password":null}`, required, ""},
		{`{"password":""}`, required, ""},
		{`{"password":123}`, 400, "$.password"},
		{`{"password":true}`, 400, "$.password"},
		{`{"password":{}}`, 400, "$.password"},
		{`{"password":[]}`, 400, "$.password"},
		{`{"password":"\ud83d"}`, 400, "$.password"},
		{`{"password":"\ud83d\ude00"}`, wrong, ""},
		{`{"password":"a}`, 400, "$.password"},
		{`[]`, 400, "$"},
		{`"Secret123!"`, 400, "$"},
		{`{`, 400, "$"},
		{`null`, 400, "RequestParam"},
		{``, 400, "RequestParam"},
	}
	eachProfile(t, func(t *testing.T, profile string) {
		for _, test := range tests {
			s := newServer(t, WithPortal(protected()), WithProfile(profile))
			w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), test.body, "Content-Type", "", "Content-Type", "application/json")
			if test.status != 400 {
				if got := share(t, w); int(got.Status) != test.status {
					t.Errorf("%s: got status %d, want %d", test.body, got.Status, test.status)
				}
				continue
			}
			got := flagOutcome(t, profile, w)
			if got.status != 400 || (profile == ProfileV372 && got.key != test.key) {
				t.Errorf("%s: got %+v %s, want 400 for %q", test.body, got, w.Body, test.key)
			}
		}
	})
}
