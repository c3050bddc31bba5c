package mockserver

import (
	"errors"
	"reflect"
	"sync"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

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
