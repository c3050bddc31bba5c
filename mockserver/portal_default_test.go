package mockserver

import (
	"slices"
	"testing"
	"time"
)

func TestDefaultsBesideGivenUsers(t *testing.T) {
	s := newServer(t, WithPortal(Portal{Users: []User{{Email: "boss@example.com", Role: RoleOwner}, {Email: "user@example.com", Role: RoleUser}}}))
	p := s.State()
	if len(p.APIKeys) != 1 || p.APIKeys[0].User != "user@example.com" {
		t.Errorf("API keys: %+v, want only that of the user who is there", p.APIKeys)
	}
	made := func(e Entry) bool { return e.CreatedBy != "" }
	if len(p.Entries) != len(DefaultPortal().Entries) || slices.ContainsFunc(p.Entries, made) || !slices.Equal(p.Entries[0].Members, []Member{{User: "user@example.com"}}) {
		t.Errorf("entries: %+v", p.Entries)
	}
	if len(p.Links) != 1 || p.Links[0].Key != "KEY_FROM_URL" {
		t.Errorf("links: %+v", p.Links)
	}
	if *p.Settings != FreshSettings() || p.Limits != freshLimits() || p.TenantID != 1 || p.Profile != ProfileDocumented {
		t.Errorf("the rest: %+v", p)
	}
}

func TestDefaultsBesideGivenEntries(t *testing.T) {
	p := newServer(t, WithPortal(Portal{Entries: []Entry{{ID: "1", Type: EntryRoom}, {ID: "2", Type: EntryFile}}})).State()
	if len(p.Links) != 0 {
		t.Errorf("links to entries that are not there: %+v", p.Links)
	}
	if p.Entries[0].Section != SectionRooms || p.Entries[1].Section != SectionDocuments {
		t.Errorf("sections: %+v", p.Entries)
	}
}

func TestEmptyListsStayEmpty(t *testing.T) {
	s := newServer(t, WithPortal(Portal{Users: []User{}, APIKeys: []APIKey{}, Entries: []Entry{}, Links: []Link{}}))
	p := s.State()
	if len(p.Users)+len(p.APIKeys)+len(p.Entries)+len(p.Links) != 0 {
		t.Errorf("got %+v", p)
	}
	if s.Key(RoleOwner) != "" {
		t.Error("a key of nobody")
	}
}

// The scripts of the published page run with nothing but their address changed.
func TestDefaultPortal(t *testing.T) {
	p := DefaultPortal()
	if p.Users[0].Tokens[0] != "YOUR_API_KEY" || p.Links[0].Key != "KEY_FROM_URL" || p.Links[0].Password != "" {
		t.Errorf("got %+v", p)
	}
	first, second := newServer(t), newServer(t)
	for _, role := range []Role{RoleOwner, RoleDocSpaceAdmin, RoleUser, RoleGuest} {
		if key := first.Key(role); len(key) != 67 || key != second.Key(role) {
			t.Errorf("%s: %q, and %q in another process", role, key, second.Key(role))
		}
	}
	p.Users[0].Tokens[0], p.Settings.ExternalShare = "x", false
	if again := DefaultPortal(); again.Users[0].Tokens[0] != "YOUR_API_KEY" || !again.Settings.ExternalShare {
		t.Error("the next one has changed with it")
	}
}

func TestDefaultsOfLimits(t *testing.T) {
	given := Limits{PasswordAttempts: PasswordAttempts{Block: time.Second}, RateLimit: RateLimit{Enabled: true, WritesPerDay: 7}}
	want := freshLimits()
	want.PasswordAttempts.Block, want.RateLimit.Enabled, want.RateLimit.WritesPerDay = time.Second, true, 7
	if got := (Portal{Limits: given}).withDefaults().Limits; got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
