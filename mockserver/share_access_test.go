package mockserver

import (
	"net/http/httptest"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

func TestIsMember(t *testing.T) {
	invited := []Member{{User: "one@example.com", Access: 2}, {User: "TWO@example.com"}, {User: "not@example.com", Access: accessRestrict}}
	names := nameEntries([]Entry{
		{ID: "1", Type: EntryRoom, Section: SectionRooms, CreatedBy: "maker@example.com", Members: invited},
		{ID: "2", Type: EntryRoom, Section: SectionArchive, Members: invited},
		{ID: "3", Type: EntryFolder, Parent: "1"},
		{ID: "4", Type: EntryFolder, Parent: "folder/3"},
		{ID: "5", Type: EntryFile, Parent: "folder/4"},
		{ID: "6", Type: EntryFolder, Parent: "folder/3", Section: SectionTrash},
		{ID: "7", Type: EntryFolder, Section: SectionDocuments, Parent: ParentMy, Members: invited},
		{ID: "8", Type: EntryFolder, Section: SectionRooms, Members: invited}, // a portal file of before parents
	})
	for _, test := range []struct {
		email, entry string
		member       bool
	}{
		{"one@example.com", "1", true},
		{"two@example.com", "1", true},
		{"not@example.com", "1", false},
		{"maker@example.com", "1", false},
		{"else@example.com", "1", false},
		{"one@example.com", "2", true},
		{"one@example.com", "3", true},
		{"one@example.com", "4", true},
		{"one@example.com", "5", false},
		{"one@example.com", "6", false},
		{"one@example.com", "7", false},
		{"one@example.com", "8", true},
	} {
		if got := names.isMember(&User{Email: test.email}, names.find(test.entry)); got != test.member {
			t.Errorf("%s, %s: got %t", test.email, test.entry, got)
		}
	}
	if names.isMember(nil, names.find("1")) {
		t.Error("nobody is a member")
	}
}

func TestMayRead(t *testing.T) {
	maker, member, restricted := "user@example.com", "guest@example.com", "not@example.com"
	s := newServer(t, WithPortal(protected(func(p *Portal) {
		p.Users = append(p.Users, User{Email: restricted, Role: RoleUser}, User{Email: "stranger@example.com", Role: RoleUser})
		p.Entries[0].CreatedBy, p.Entries[0].Members = maker, []Member{{User: member, Access: 2}, {User: restricted, Access: accessRestrict}}
	}))).era().state.Load()
	for email, want := range map[string]bool{
		"owner@example.com": true, "admin@example.com": true, maker: true, member: true, restricted: false, "stranger@example.com": false,
	} {
		use := linkUse{caller: s.usersByEmail[email], request: httptest.NewRequest("POST", "/", nil), query: dotnet.Query{}, opened: newOpenedLinks()}
		if got := s.mayRead(secret("x"), use, s.entries.find("10")); got != want {
			t.Errorf("%s: got %t", email, got)
		}
	}
}
