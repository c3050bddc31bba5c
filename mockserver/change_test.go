package mockserver

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestReplaceAndReseed(t *testing.T) {
	changes := 0
	s := newServer(t, WithChanged(func() { changes++ }))
	off := FreshSettings()
	off.ExternalShare = false
	if err := s.Replace(Portal{Settings: &off}); err != nil || s.State().Settings.ExternalShare {
		t.Fatal(err, s.State().Settings)
	}
	s.Reset()
	if !s.State().Settings.ExternalShare {
		t.Error("Reset did not go back to the seed")
	}
	if err := s.Reseed(Portal{Settings: &off}); err != nil {
		t.Fatal(err)
	}
	if err := s.Replace(Portal{}); err != nil || !s.State().Settings.ExternalShare {
		t.Fatal(err)
	}
	s.Reset()
	if s.State().Settings.ExternalShare {
		t.Error("Reset did not go back to the new seed")
	}
	before := changes
	if err := s.Replace(Portal{TenantID: -1}); err == nil || changes != before {
		t.Error("a wrong portal was taken")
	}
	if err := s.Reseed(Portal{TenantID: -1}); err == nil || changes != before {
		t.Error("a wrong portal was taken")
	}
	if changes < 5 {
		t.Errorf("told of %d changes", changes)
	}
}

func TestResetGoesBackToTheSeed(t *testing.T) {
	s := newServer(t, WithPortal(Portal{Links: []Link{{Password: rightPW}, {Key: "given"}}, Users: []User{{Email: "o@example.com", Role: RoleOwner, Tokens: []string{"t"}}}}))
	seed := s.State()
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":false}`, "Authorization", "t")
	mocktest.Send(s, "POST", mocktest.PasswordPath("given"), mocktest.PasswordBody("Another-one1"), "Authorization", "t")
	if _, err := s.AddLink(Link{Key: "added"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddUser(User{Email: "u@example.com", Role: RoleUser}); err != nil {
		t.Fatal(err)
	}
	if changed := s.State(); changed.Settings.ExternalShare || changed.Links[1].Password != "Another-one1" || len(changed.Links) != 3 || len(changed.Users) != 2 {
		t.Fatalf("nothing to reset: %+v", changed)
	}
	s.Reset()
	if got := s.State(); !reflect.DeepEqual(got, seed) {
		t.Errorf("got %+v\nwant %+v", got, seed)
	}
	if got := settingsOf(t, s, "Authorization", "t"); got["externalShare"] != "true" {
		t.Error("the settings answer was not reset")
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(seed.Links[0].Key), mocktest.PasswordBody(rightPW))); got.Status != ok {
		t.Errorf("the minted key: status %d, want 0", got.Status)
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath("added"), `{}`)); got.Status != invalid {
		t.Errorf("the added link: status %d, want 1", got.Status)
	}
}

func TestChange(t *testing.T) {
	changes := 0
	s := newServer(t, WithChanged(func() { changes++ }))
	before := s.State()
	changed, err := s.Change(func(p Portal) (Portal, error) {
		p.Links = append(slices.Clone(p.Links), Link{Entry: "10"})
		return p, nil
	})
	if err != nil || len(changed.Links) != 2 || changed.Links[1].Key == "" || !reflect.DeepEqual(s.State(), changed) {
		t.Fatalf("got %+v, %v", changed, err)
	}
	changed.Links[0].Password = "x"
	if s.State().Links[0].Password != "" {
		t.Error("what is given back is still the portal's")
	}

	told, mistake := changes, errors.New("no")
	if _, err := s.Change(func(Portal) (Portal, error) { return Portal{}, mistake }); !errors.Is(err, mistake) {
		t.Errorf("got %v", err)
	}
	if _, err := s.Change(func(p Portal) (Portal, error) { p.TenantID = -1; return p, nil }); !errors.As(err, new(*PortalError)) {
		t.Errorf("got %v", err)
	}
	if changes != told || len(s.State().Links) != 2 {
		t.Error("a refused change has changed something")
	}

	s.Reset()
	if !reflect.DeepEqual(s.State(), before) {
		t.Errorf("after Reset: %+v", s.State())
	}
}

// Settings that do not change stay encoded.
func TestChangeKeepsTheEncodedSettings(t *testing.T) {
	s := newServer(t)
	before := s.era().state.Load().settings
	if _, err := s.AddLink(Link{}); err != nil || s.era().state.Load().settings != before {
		t.Errorf("encoded again for a new link: %v", err)
	}
	if _, err := s.Change(func(p Portal) (Portal, error) { p.Settings = &Settings{}; return p, nil }); err != nil || s.era().state.Load().settings == before {
		t.Errorf("not encoded again for other settings: %v", err)
	}
}

func TestResetForgetsWhatIsCounted(t *testing.T) {
	s := newServer(t)
	before := s.era()
	s.Clock().Freeze()
	addFault(t, s, Fault{Status: 500})
	mocktest.Send(s, "GET", "/", "")
	s.Reset()
	if s.era().passwords == before.passwords || s.era().rates == before.rates || s.Clock().State().Frozen || len(s.Faults()) > 0 || len(s.LastRequests(1)) > 0 {
		t.Error("something is left")
	}
}
