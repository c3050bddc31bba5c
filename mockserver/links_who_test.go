package mockserver

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestMaySetLinks(t *testing.T) {
	s := newServer(t, WithPortal(tree(func(p *Portal) {
		p.Users = append(p.Users, User{Email: "maker@example.com", Role: RoleUser}, User{Email: "made@example.com", Role: RoleRoomAdmin})
		p.Entries = append(p.Entries,
			Entry{ID: "100", Type: EntryRoom, CreatedBy: "maker@example.com"}, Entry{ID: "101", Type: EntryRoom, CreatedBy: "made@example.com"},
			Entry{ID: "102", Type: EntryRoom, CreatedBy: "owner@example.com", Section: SectionArchive},
			Entry{ID: "103", Type: EntryFile, CreatedBy: "owner@example.com", Section: SectionTrash},
			Entry{ID: "104", Type: EntryFolder, CreatedBy: "owner@example.com", Parent: ParentMy, Members: []Member{{User: "user@example.com", Access: accessReadWrite}, {User: "admin@example.com", Access: accessEditing}}},
			Entry{ID: "105", Type: EntryFile, CreatedBy: "owner@example.com", Parent: "folder/104"})
	}))).era().state.Load()
	for _, test := range []struct {
		email, entry string
		may          bool
	}{
		{"owner@example.com", "room/5", true},
		{"user@example.com", "room/5", true},
		{"user@example.com", "file/51", true},
		{"admin@example.com", "room/5", false}, // recorded: VL107, VL108
		{"guest@example.com", "room/5", false},
		{"maker@example.com", "room/100", false}, // has become a user
		{"made@example.com", "room/101", true},
		{"owner@example.com", "room/102", false}, // recorded: VF347
		{"owner@example.com", "file/103", false},
		{"owner@example.com", "file/71", true},
		{"user@example.com", "file/71", false},
		{"owner@example.com", "file/31", false}, // the documents of somebody else
		{"user@example.com", "folder/31", true},
		{"user@example.com", "file/105", true},
		{"admin@example.com", "file/105", false},
	} {
		if got := s.maySetLinks(s.usersByEmail[test.email], s.entries.find(test.entry)); got != test.may {
			t.Errorf("%s, %s: got %t", test.email, test.entry, got)
		}
	}
	if s.maySetLinks(nil, s.entries.find("room/5")) {
		t.Error("nobody may make links")
	}
}

func TestReadsByLink(t *testing.T) {
	yesterday := mocktest.NewClock().Now().AddDate(0, 0, -1)
	p := tree(func(p *Portal) {
		p.Entries = append(p.Entries, Entry{ID: "100", Type: EntryFile, Section: SectionTrash, Parent: "folder/61"})
		p.Links = []Link{
			{Key: "room", Entry: "room/6"}, {Key: "folder", Entry: "folder/61"}, {Key: "file", Entry: "file/61"}, {Key: "internal", Entry: "room/6", Internal: true},
			{Key: "expired", Entry: "room/6", Expires: yesterday}, {Key: "protected", Entry: "room/6", Password: rightPW}, {Key: "gone", Entry: "99"},
			{Key: "invitation", Entry: "room/6", Invitation: true}, {Key: "trash", Entry: "file/100"},
		}
	})
	open := newServer(t, WithPortal(p)).era().state.Load()
	p.Settings.ExternalShare = false
	restricted := newServer(t, WithPortal(p)).era().state.Load()
	for _, test := range []struct {
		key, entry        string
		anonymous, signed bool
	}{
		{"room", "file/61", true, true}, {"folder", "file/61", true, true}, {"file", "file/61", true, true}, {"file", "file/62", false, false},
		{"folder", "room/6", false, false}, {"room", "file/51", false, false}, {"internal", "file/61", false, true}, {"expired", "file/61", false, false},
		{"protected", "file/61", false, false}, {"gone", "file/61", false, false}, {"invitation", "room/6", false, false}, {"", "file/61", false, false},
		{"trash", "file/100", false, false}, {"room", "file/100", false, false},
	} {
		for caller, want := range map[*User]bool{nil: test.anonymous, open.usersByEmail["guest@example.com"]: test.signed} {
			use := linkUse{caller: caller, request: httptest.NewRequest("GET", "/", nil), query: dotnet.Query{}, now: mocktest.NewClock().Now(), opened: newOpenedLinks()}
			use.request.Header = http.Header{"Request-Token": {test.key}}
			if got := open.readsByLink(secret("x"), use, open.entries.find(test.entry)); got != want {
				t.Errorf("%s, %s, %v: got %t", test.key, test.entry, caller, got)
			}
			if got := restricted.readsByLink(secret("x"), use, restricted.entries.find(test.entry)); got && caller == nil {
				t.Errorf("%s, %s: anonymous people read while external sharing is off", test.key, test.entry)
			}
		}
	}
}
