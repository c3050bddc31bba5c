package mockserver

import (
	"reflect"
	"testing"
)

func TestFindUser(t *testing.T) {
	p := DefaultPortal()
	for email, want := range map[string]*User{"owner@example.com": &p.Users[0], "GUEST@Example.com": &p.Users[3], "nobody@example.com": nil, "": nil} {
		if got := p.findUser(email); got != want {
			t.Errorf("%q: got %+v", email, got)
		}
	}
}

func TestCloneSharesNothing(t *testing.T) {
	portal := func() Portal {
		p, active := authPortal(), true
		p.APIKeys[0].Active = &active
		return p
	}
	p, want := portal(), portal()
	c := p.clone()
	if !reflect.DeepEqual(c, want) {
		t.Fatalf("got %+v", c)
	}
	c.Users[0].Tokens[0], c.Users[0].Role, c.Links[0].Password, c.Entries[0].Members[0].User = "x", RoleGuest, "x", "x"
	c.APIKeys[0].Permissions[0], *c.APIKeys[0].Active, c.Settings.ExternalShare = "x", false, false
	if !reflect.DeepEqual(p, want) {
		t.Errorf("the portal has become %+v", p)
	}
}
