package mockserver

import (
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// Meaningful under -race: readers take the portal as it is, and never half of a change.
func TestConcurrentReadersAndWriters(t *testing.T) {
	s := newServer(t)
	owner := as(s, RoleOwner)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for j := range 25 {
				switch i {
				case 0:
					mocktest.Send(s, "PUT", mocktest.ExternalPath, []string{`{"set":true}`, `{"set":false}`}[j%2], owner...)
				case 1:
					if _, err := s.AddLink(Link{}); err != nil {
						t.Error(err)
					}
				case 2:
					mocktest.Send(s, "POST", mocktest.PasswordPath("KEY_FROM_URL"), mocktest.PasswordBody("Another-one1"), owner...)
					s.Reset()
				default:
					got := settingsOf(t, s, owner...)
					if got["externalShare"] == "false" && got["externalShareSocialMedia"] == "true" {
						t.Error("half of a change was seen")
					}
					s.State()
				}
			}
		})
	}
	wg.Wait()
}

func TestStateIsIndexed(t *testing.T) {
	p := authPortal()
	p.Profile, p.Users[0].Email = ProfileV372, "Owner@Example.com"
	p.APIKeys = []APIKey{{Key: "sk-1", User: "owner@example.com"}}
	complete, err := p.complete(uuid.NewString, secret("any"))
	if err != nil {
		t.Fatal(err)
	}
	s := newState(complete)
	owner := &s.portal.Users[0]
	if s.usersByEmail["owner@example.com"] != owner || s.usersByID[ownerID] != owner || s.usersByToken["YOUR_API_KEY"] != owner {
		t.Error("the owner is not found")
	}
	if s.apiKeys["sk-1"] != &s.portal.APIKeys[0] || s.entries.find("10") != &s.portal.Entries[0] || s.links["KEY_FROM_URL"] != &s.portal.Links[0] || s.linksByID[mocktest.LinkID] != &s.portal.Links[0] {
		t.Error("an API key, an entry or a link is not found")
	}
	if s.profile.name != ProfileV372 || !s.secrets().in("YOUR_API_KEY") {
		t.Errorf("profile %s", s.profile.name)
	}
}

// A state is replaced, and never changed.
func TestStateWithAnotherValue(t *testing.T) {
	s := newServer(t, WithPortal(protected())).era().state.Load()
	before := s.portal.clone()
	if s.withSettings(*s.portal.Settings) != s {
		t.Error("the same settings make another state")
	}
	off := s.portal.Settings.setExternalShare(false)
	if next := s.withSettings(off); *next.portal.Settings != off || next.settings == s.settings || next.links["protected"] != s.links["protected"] {
		t.Errorf("other settings: %+v", next.portal)
	}
	next := s.withPassword(mocktest.LinkID, "other")
	if next.links["protected"].Password != "other" || next.settings != s.settings || !next.secrets().in("other") || next.secrets().in(rightPW) {
		t.Errorf("another password: %+v", next.portal.Links)
	}
	if !reflect.DeepEqual(s.portal, before) || s.links["protected"].Password != rightPW {
		t.Errorf("the state has become %+v", s.portal)
	}
}

func TestUserOfAPIKey(t *testing.T) {
	s := newServer(t, WithPortal(authPortal())).era().state.Load()
	now := mocktest.NewClock().Now()
	for key, want := range map[string]string{
		"sk-everything": "owner@example.com", "sk-user": "user@example.com", "sk-lasting": "owner@example.com",
		"sk-expired": "", "sk-inactive": "", "sk-gone": "", "sk-nope": "", "": "",
	} {
		u, k := s.userOfAPIKey(key, now)
		if (u == nil) != (want == "") || u != nil && u.Email != want || (k == nil) != (u == nil) || k != nil && k.Key != key {
			t.Errorf("%q: got %+v, %+v", key, u, k)
		}
	}
	if u, _ := s.userOfAPIKey("sk-lasting", now.Add(time.Second)); u != nil {
		t.Errorf("a key at the end of its time: %+v", u)
	}
}
