package mockserver

import (
	"encoding/json"
	"errors"
	"reflect"
	"sync"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestResetGoesBackToTheSeed(t *testing.T) {
	s := newServer(t, WithPortal(Portal{Links: []Link{{Password: rightPW}, {Key: "given"}}, Users: []User{{Email: "o@example.com", Role: RoleOwner, Tokens: []string{"t"}}}}))
	seed := s.State()
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":false}`, "Authorization", "t")
	mocktest.Send(s, "POST", mocktest.PasswordPath("given"), passwordBody("Another-one1"), "Authorization", "t")
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
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(seed.Links[0].Key), passwordBody(rightPW))); got.Status != ok {
		t.Errorf("the minted key: status %d, want 0", got.Status)
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath("added"), `{}`)); got.Status != invalid {
		t.Errorf("the added link: status %d, want 1", got.Status)
	}
}

func TestAddedThingsWork(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372))
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":false}`, as(s, RoleOwner)...)
	u, err := s.AddUser(User{Email: "second@example.com", Role: RoleDocSpaceAdmin})
	if err != nil || len(u.Tokens) != 1 || !guid.MatchString(u.ID) {
		t.Fatalf("got %+v, %v", u, err)
	}
	if w := mocktest.Send(s, "PUT", mocktest.SocialPath, `{"set":false}`, "Authorization", "Bearer "+u.Tokens[0]); w.Code != 200 {
		t.Errorf("the new user: %d", w.Code)
	}
	if u, err := s.AddUser(User{Email: "third@example.com", Role: RoleUser, Password: "x"}); err != nil || len(u.Tokens) != 0 {
		t.Errorf("a user with a password gets tokens: %+v, %v", u, err)
	}
	l, err := s.AddLink(Link{Password: rightPW, Internal: true})
	if err != nil || len(l.Key) != 111 || !guid.MatchString(l.ID) || l.Entry != "10" {
		t.Fatalf("got %+v, %v", l, err)
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(l.Key), passwordBody(rightPW), "Authorization", u.Tokens[0])); got.Status != ok {
		t.Errorf("the new link: status %d", got.Status)
	}
	if s.State().Settings.ExternalShare {
		t.Error("adding changed the settings")
	}
}

func TestAddRefuses(t *testing.T) {
	s := newServer(t)
	before := s.State()
	for name, err := range map[string]error{
		"the same link": second(s.AddLink(Link{Key: "KEY_FROM_URL"})), "the same e-mail": second(s.AddUser(User{Email: "OWNER@example.com", Role: RoleUser})),
		"no role": second(s.AddUser(User{Email: "x@example.com"})), "a dot": second(s.AddLink(Link{Key: "."})),
	} {
		var mistake *PortalError
		if !errors.As(err, &mistake) {
			t.Errorf("%s: got %v, want a PortalError", name, err)
		}
	}
	if !reflect.DeepEqual(s.State(), before) {
		t.Error("a refused addition left something behind")
	}
}

func second[T any](_ T, err error) error { return err }

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
	spoil := func(p Portal) {
		p.Users[0].Tokens[0], p.Users[0].Role, p.Links[0].Password, p.Entries[0].Members[0] = "x", RoleGuest, "x", "x"
		p.APIKeys[0].Permissions[0], *p.APIKeys[0].Active, p.Settings.ExternalShare = "x", false, false
	}
	spoil(s.State())
	spoil(p) // what New was given is not kept either
	if got := snapshot(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

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
					mocktest.Send(s, "POST", mocktest.PasswordPath("KEY_FROM_URL"), passwordBody("Another-one1"), owner...)
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
