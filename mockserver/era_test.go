package mockserver

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// newStates are the ways in which a portal gets a whole new state.
func newStates(t *testing.T, s *Server) map[string]func() {
	t.Helper()
	saved := s.State()
	if _, err := s.SaveSnapshot("before"); err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	return map[string]func(){
		"Reset":           s.Reset,
		"RestoreSnapshot": func() { s.RestoreSnapshot("before") },
		"Replace":         func() { must(s.Replace(saved)) },
		"SetState":        func() { _, err := s.SetState(saved); must(err) },
		"Reseed":          func() { must(s.Reseed(saved)) },
	}
}

// changes are requests that change a portal, cut in two.
var changes = []struct {
	name, method, path, first, second string
	anonymous                         bool
}{
	{name: "externalShare", method: "PUT", path: "/api/2.0/files/settings/external", first: `{"set":fal`, second: `se,"displayValue":false}`},
	{name: "externalShareSocialMedia", method: "PUT", path: "/api/2.0/files/settings/externalsocialmedia", first: `{"set":fal`, second: `se,"displayValue":false}`},
	{name: "changeExternalSharingSettings", method: "PUT", path: "/api/2.0/files/settings/externalsharingsettings",
		first: `{"externalShare":false,"defaultShareLinkInternal":true,`, second: `"externalShareApplyToDocuments":true,"externalShareApplyToRooms":true,"blockExistingLinksOnRestrict":true}`},
	{name: "the password of a link", method: "POST", path: mocktest.PasswordPath("protected"), first: `{"password":"late-`, second: `word"}`},
	{name: "setRoomLink", method: "PUT", path: "/api/2.0/files/rooms/10/links", first: `{"access":2,"linkType":1,`, second: `"title":"one more"}`},
	{name: "createRoom", method: "POST", path: "/api/2.0/files/rooms", first: `{"title":"one`, second: ` more","roomType":6}`},
	{name: "signing in", method: "POST", path: "/api/2.0/authentication", first: `{"userName":"owner@example.com",`, second: `"password":"owner's"}`, anonymous: true},
}

// What a request changes that arrived before a new state does not reach that state, although the request is answered as one that came
// before. The journal says so, or has been emptied.
func TestRequestsUnderWayBelongToTheStateBefore(t *testing.T) {
	portal := protected(func(p *Portal) { p.Profile, p.Users[0].Password = ProfileDocumented, "owner's" })
	for _, change := range changes {
		for way := range newStates(t, newServer(t)) {
			t.Run(change.name+", "+way, func(t *testing.T) {
				told := 0
				s := newServer(t, WithPortal(portal), WithPasswordRounds(1), WithChanged(func() { told++ }))
				headers := as(s, RoleOwner)
				if change.anonymous {
					headers = nil
				}
				first := mocktest.Send(s, change.method, change.path, change.first+change.second, headers...)
				if first.Code != http.StatusOK || told == 0 || reflect.DeepEqual(s.State(), newServer(t, WithPortal(portal)).State()) {
					t.Fatalf("the call changes nothing: %d %s", first.Code, first.Body)
				}
				s.Reset()
				getNewState := newStates(t, s)[way]

				finish := mocktest.UnderWay(s, change.method, change.path, change.first, change.second, headers...)
				getNewState()
				after, last := s.State(), told
				if answer := finish(); answer.Code != first.Code {
					t.Errorf("answered %d, and not as before: %s", answer.Code, answer.Body)
				}
				if got := s.State(); !reflect.DeepEqual(got, after) || told != last {
					t.Errorf("it changed the new state:\n%+v\nwas\n%+v", got, after)
				}
				switch journal := s.LastRequests(5); {
				case way == "Reset" && len(journal) > 0:
					t.Errorf("it is in the journal that was emptied: %+v", journal)
				case way != "Reset" && (len(journal) != 1 || !journal[0].Superseded):
					t.Errorf("the journal does not tell that it came before: %+v", journal)
				}
				mocktest.Send(s, change.method, change.path, change.first+change.second, headers...)
				if reflect.DeepEqual(s.State(), after) {
					t.Error("a request that comes later changes nothing")
				}
				if last := s.LastRequests(1); len(last) != 1 || last[0].Superseded {
					t.Errorf("a request that comes later is told to have come before: %+v", last)
				}
			})
		}
	}
}

// A request that waits because of a fault stops waiting at a reset, and belongs to the state before.
func TestDelayedRequestAtAReset(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t)
		addFault(t, s, Fault{Operation: ExternalShare, Delay: 2 * time.Second})
		done := make(chan int)
		go func() {
			done <- mocktest.Send(s, "PUT", mocktest.SettingsPath+"/external", `{"set":false,"displayValue":false}`, as(s, RoleOwner)...).Code
		}()
		synctest.Wait()
		s.Reset()
		if status := <-done; status != http.StatusOK {
			t.Errorf("answered %d", status)
		}
		if n := len(s.LastRequests(9)); n != 0 || !s.State().Settings.ExternalShare {
			t.Errorf("%d requests in the journal, external sharing %t", n, s.State().Settings.ExternalShare)
		}
	})
}

// A wrong password that arrived before counts in no new state, and neither does it while it is checked.
func TestAttemptsUnderWayCountBefore(t *testing.T) {
	for way := range newStates(t, newServer(t)) {
		s := newServer(t, WithPortal(protected(func(p *Portal) { p.Limits.PasswordAttempts.Count = 2 })))
		getNewState := newStates(t, s)[way]
		finish := mocktest.UnderWay(s, "POST", mocktest.PasswordPath("protected"), `{"password":"wr`, `ong"}`)
		getNewState()
		finish()
		for range 2 {
			if got := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), mocktest.PasswordBody("wrong")); got.Code != http.StatusOK {
				t.Errorf("%s: an attempt after it is answered %d", way, got.Code)
			}
		}
		if got := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), mocktest.PasswordBody("wrong")); got.Code != http.StatusForbidden {
			t.Errorf("%s: the third one is answered %d", way, got.Code)
		}
	}
}

// Whatever changes a portal through Pin goes to the portal of that moment.
func TestPin(t *testing.T) {
	for way := range newStates(t, newServer(t)) {
		s := newServer(t)
		getNewState := newStates(t, s)[way]
		pinned := s.Pin()
		if _, err := pinned.AddUser(User{Email: "now@example.com", Role: RoleUser}); err != nil || s.State().Users[len(s.State().Users)-1].Email != "now@example.com" {
			t.Errorf("%s: a change of now is not seen: %v", way, err)
		}
		getNewState()
		after := s.State()
		s.Clock().Freeze()
		addFault(t, s, Fault{ID: "kept", Status: 500})
		if _, err := pinned.AddUser(User{Email: "late@example.com", Role: RoleUser}); err != nil {
			t.Error(err)
		}
		if _, err := pinned.SetState(Portal{TenantID: 7}); err != nil {
			t.Error(err)
		}
		pinned.RestoreSnapshot("before")
		pinned.Reset()
		pinned.ClearRequests()
		if !reflect.DeepEqual(s.State(), after) || len(s.Faults()) != 1 || !s.Clock().State().Frozen {
			t.Errorf("%s: the new state has changed: %+v", way, s.State())
		}
		if users := pinned.State().Users; !strings.HasPrefix(users[len(users)-1].Email, "late") {
			t.Errorf("%s: the state before lacks the change: %+v", way, users)
		}
	}
}

// Reset replaces clock, faults and journal, so that what is pinned before reaches none of them.
func TestPinBeforeAReset(t *testing.T) {
	s := newServer(t)
	pinned := s.Pin()
	s.Reset()
	mocktest.Send(s, "GET", "/", "")
	pinned.Clock().Freeze()
	addFault(t, pinned, Fault{Status: 500})
	pinned.ClearRequests()
	if s.Clock().State().Frozen || len(s.Faults()) != 0 || len(s.LastRequests(9)) != 1 || !pinned.Clock().State().Frozen || len(pinned.Faults()) != 1 {
		t.Errorf("clock %+v, faults %+v, journal %+v", s.Clock().State(), s.Faults(), s.LastRequests(9))
	}
}
