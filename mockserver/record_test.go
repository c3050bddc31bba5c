package mockserver

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestRecordErrors(t *testing.T) {
	s := newServer(t, WithPortal(protected(func(p *Portal) { p.Links = append(p.Links, Link{Key: "second"}) })))
	before := string(dotnet.AppendJSON(nil, s.State()))
	second := s.State().Links[1].ID
	for name, err := range map[string]error{
		"links[0].key":     mistakeOf(s.ChangeLink(mocktest.LinkID, func(l *Link) error { l.Key = "second"; return nil })),
		"links[1].key":     mistakeOf(s.ChangeLink(second, func(l *Link) error { l.Key = "protected"; return nil })),
		"links[0].id":      mistakeOf(s.ChangeLink(mocktest.LinkID, func(l *Link) error { l.ID = ""; return nil })),
		"links[2].key":     mistakeOf(s.AddLink(Link{Key: ".."})),
		"links[1].expires": mistakeOf(s.ChangeLink(second, func(l *Link) error { l.Expires = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC); return nil })),
		"apiKeys[0].key":   mistakeOf(s.ChangeAPIKey(s.Key(RoleOwner), func(k *APIKey) error { k.Key = "sk-other"; return nil })),
		"apiKeys[4].user":  mistakeOf(s.AddAPIKey(APIKey{User: "nobody"})),
		"entries[0].id":    mistakeOf(s.ChangeEntry("10", func(e *Entry) error { e.ID = "11"; return nil })),
		"entries[3].type":  mistakeOf(s.AddEntry(Entry{})),
		"users[1].email":   mistakeOf(s.ChangeUser(s.State().Users[1].ID, func(u *User) error { u.Email = "owner@example.com"; return nil })),
		"users[4].role":    mistakeOf(s.AddUser(User{Email: "new@example.com"})),
		"apiKeys[4].key":   mistakeOf(s.AddAPIKey(APIKey{Key: s.Key(RoleOwner), User: "owner@example.com"})),
		"entries[3].id":    mistakeOf(s.AddEntry(Entry{ID: "10", Type: EntryFolder})),
	} {
		var mistake *PortalError
		if !errors.As(err, &mistake) || mistake.Path != name {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for name, err := range map[string]error{
		`no link has the id "none"`:  mistakeOf(s.ChangeLink("none", func(*Link) error { return nil })),
		`no user has the id "none"`:  mistakeOf(s.User("none")),
		`no entry has the id "none"`: mistakeOf(s.Entry("none")),
		`there is no such API key`:   mistakeOf(s.APIKey("sk-secret")),
	} {
		var missing *NotFoundError
		if !errors.As(err, &missing) || err.Error() != name {
			t.Errorf("got %v, want %s", err, name)
		}
	}
	if after := string(dotnet.AppendJSON(nil, s.State())); after != before {
		t.Errorf("a refused change has changed the portal: %s", after)
	}
}

func mistakeOf[T any](_ T, err error) error { return err }

// A Go program that changes what it was given does not change the portal.
func TestRecordsAreCopies(t *testing.T) {
	s := newServer(t)
	entry, err := s.Entry("10")
	if err != nil {
		t.Fatal(err)
	}
	entry.Members[0].User = "nobody"
	if got, _ := s.Entry("10"); got.Members[0].User != "user@example.com" {
		t.Errorf("got %v", got.Members)
	}
	var kept *Entry
	if _, err := s.ChangeEntry("10", func(e *Entry) error { kept = e; return nil }); err != nil {
		t.Fatal(err)
	}
	kept.Members[0].User, kept.Title = "nobody", "stolen"
	if got, _ := s.Entry("10"); got.Members[0].User != "user@example.com" || got.Title == "stolen" {
		t.Errorf("got %+v", got)
	}
}

// A change that fails changes nothing, and its error comes back as it is.
func TestChangeOfARecordThatFails(t *testing.T) {
	s := newServer(t)
	before, mistake := s.State(), errors.New("no")
	got, err := s.ChangeEntry("10", func(e *Entry) error { e.Title, e.Members[0].User = "stolen", "guest@example.com"; return mistake })
	if !errors.Is(err, mistake) || got.Title != "" || !reflect.DeepEqual(s.State(), before) {
		t.Errorf("got %+v, %v", got, err)
	}
}
