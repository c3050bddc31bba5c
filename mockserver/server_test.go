package mockserver

import (
	"encoding/json"
	"testing"
)

func TestStateIsACopy(t *testing.T) {
	active := true
	p := authPortal()
	p.APIKeys[0].Active = &active
	s := newServer(t, WithPortal(p))
	snapshot := func() string {
		text, err := json.Marshal(s.State()) // follows pointers, and shares nothing with the portal
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	want := snapshot()
	overwrite := func(p Portal) {
		p.Users[0].Tokens[0], p.Users[0].Role, p.Links[0].Password, p.Entries[0].Members[0].User = "x", RoleGuest, "x", "x"
		p.APIKeys[0].Permissions[0], *p.APIKeys[0].Active, p.Settings.ExternalShare = "x", false, false
	}
	overwrite(s.State())
	overwrite(p) // the portal that New was given is not kept either
	if got := snapshot(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
