package mockserver

import (
	"strconv"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// Whoever has opened a link of a room may read the room, as long as that link opens, and it is the last one.
func TestOpenedLinks(t *testing.T) {
	s := newServer(t, WithPortal(Portal{
		Profile: ProfileV372,
		Entries: []Entry{{ID: "1", Type: EntryRoom}, {ID: "1", Type: EntryFile, Parent: "room/1"}},
		Links: []Link{
			{Key: "open", Entry: "room/1"}, {Key: "protected", Entry: "room/1", Password: rightPW}, {Key: "other", Entry: "room/1", Password: "Other-pass-1"},
			{Key: "file", Entry: "file/1"}, {Key: "internal", Entry: "room/1", Internal: true},
		},
	}))
	post := func(role Role, key, body string, headers ...string) int {
		t.Helper()
		if role != "" {
			headers = append(headers, as(s, role)...)
		}
		return int(share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(key), body, headers...)).Status)
	}
	right := mocktest.PasswordBody(rightPW)
	for i, step := range []struct {
		role      Role
		key, body string
		want      int
	}{
		{RoleUser, "protected", `{}`, 3},
		{RoleUser, "file", `{}`, 0},
		{RoleUser, "protected", `{}`, 3}, // the link of a file does not open its room
		{RoleUser, "open", `{}`, 0},
		{RoleUser, "protected", `{}`, 0},
		{RoleGuest, "protected", `{}`, 3}, // somebody else
		{"", "protected", `{}`, 3},
		{RoleUser, "protected", right, 0},
		{RoleUser, "protected", `{}`, 3}, // the last link wants its password
		{RoleUser, "internal", `{}`, 0},
		{RoleUser, "other", `{}`, 0},
	} {
		if got := post(step.role, step.key, step.body); got != step.want {
			t.Errorf("step %d: got %d, want %d", i, got, step.want)
		}
	}
	if got := post(RoleGuest, "protected", `{}`, "Request-Token", "open"); got != 0 {
		t.Errorf("with an open link of the room: got %d", got)
	}
	if got := post(RoleGuest, "protected", `{}`, "Request-Token", "other"); got != 3 {
		t.Errorf("with a protected link of the room: got %d", got)
	}
	s.Reset()
	if got := post(RoleUser, "protected", `{}`); got != 3 {
		t.Errorf("after Reset: got %d", got)
	}
}

// Callers cannot fill the memory, and who opens a link again takes nobody's place.
func TestOpenedLinksAreBounded(t *testing.T) {
	o, room := newOpenedLinks(), &Entry{ID: "1", Type: EntryRoom}
	for range 2 {
		for i := range maxCallers {
			o.add(&User{ID: strconv.Itoa(i)}, room, "link")
		}
		for i := range maxCallers {
			if o.last(&User{ID: strconv.Itoa(i)}, room) == "" {
				t.Fatalf("user %d is forgotten", i)
			}
		}
	}
	o.add(&User{ID: "one more"}, room, "link")
	if len(o.byID) != maxCallers {
		t.Errorf("got %d", len(o.byID))
	}
}
