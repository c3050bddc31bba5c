package mockserver

import (
	"testing"
)

func TestIsMember(t *testing.T) {
	room := Entry{Type: EntryRoom, Section: SectionRooms, CreatedBy: "maker@example.com", Members: []Member{{User: "one@example.com"}, {User: "TWO@example.com"}}}
	archived, owned := room, room
	archived.Section = SectionArchive
	owned.CreatedBy, owned.Members = "", nil
	for _, test := range []struct {
		name            string
		user            *User
		entry           Entry
		member, mayRead bool
	}{
		{"nobody", nil, room, false, false},
		{"the one who made it", &User{Email: "Maker@Example.com"}, room, true, true},
		{"a member", &User{Email: "one@example.com", Role: RoleGuest}, room, true, true},
		{"a member in other letters", &User{Email: "two@example.com"}, room, true, true},
		{"somebody else", &User{Email: "three@example.com", Role: RoleRoomAdmin}, room, false, false},
		{"the owner", &User{Email: "owner@example.com", Role: RoleOwner}, room, false, true},
		{"an administrator", &User{Email: "admin@example.com", Role: RoleDocSpaceAdmin}, room, false, true},
		{"a member of a room in the archive", &User{Email: "one@example.com"}, archived, false, false},
		{"a user without an address, a room that nobody made", &User{Email: "x"}, owned, false, false},
	} {
		if got := isMember(test.user, &test.entry); got != test.member {
			t.Errorf("%s: member %t", test.name, got)
		}
		if got := mayRead(test.user, &test.entry); got != test.mayRead {
			t.Errorf("%s: may read %t", test.name, got)
		}
	}
}
