package mockserver

import (
	"slices"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// What is in a room goes with it, also what lies in the trash, and so do all links to it.
func TestARemovedRoomLeavesNothing(t *testing.T) {
	s := newServer(t, WithPortal(protected(func(p *Portal) {
		p.Entries = append(p.Entries,
			Entry{ID: "70", Title: "Sub", Type: EntryFolder, Parent: "room/10"},
			Entry{ID: "10", Title: "a.txt", Type: EntryFile, Parent: "folder/70"},
			Entry{ID: "71", Title: "thrown away", Type: EntryFile, Parent: "folder/70", Section: SectionTrash, CreatedBy: "owner@example.com"},
			Entry{ID: "90", Title: "Other", Type: EntryRoom, CreatedBy: "owner@example.com"})
		p.Links = []Link{
			{ID: "11111111-1111-4111-8111-111111111111", Key: "room", Entry: "room/10"}, {ID: "22222222-2222-4222-8222-222222222222", Key: "bare", Entry: "70"},
			{ID: "33333333-3333-4333-8333-333333333333", Key: "file", Entry: "file/10"}, {ID: "44444444-4444-4444-8444-444444444444", Key: "other", Entry: "90"},
			{ID: "55555555-5555-4555-8555-555555555555", Key: "lost", Entry: "nowhere"}}
	})))
	w := mocktest.Send(s, "DELETE", apiRoot+"files/rooms/10", `{"deleteAfter":true}`, as(s, RoleOwner)...)
	if hint := w.Header().Get(headerHint); w.Code != 200 || hint != "" {
		t.Fatalf("got %d %s, hint %q", w.Code, w.Body, hint)
	}
	p := s.State()
	var left []string
	for i := range p.Entries {
		left = append(left, p.Entries[i].fullName())
	}
	for i := range p.Links {
		left = append(left, p.Links[i].Key)
	}
	for _, gone := range []string{"room/10", "folder/70", "file/10", "file/71", "room", "bare", "file"} {
		if slices.Contains(left, gone) {
			t.Errorf("%s is still there: %q", gone, left)
		}
	}
	for _, kept := range []string{"room/90", "other", "lost"} {
		if !slices.Contains(left, kept) {
			t.Errorf("%s is gone: %q", kept, left)
		}
	}
	if err := s.Replace(p); err != nil {
		t.Errorf("the portal that is left: %v", err)
	}
}

// Nothing is removed, and the answer is that of a portal, which finds out later.
func TestNothingIsRemoved(t *testing.T) {
	for id, want := range map[string]string{"4711": "no such room", "x": "no such room", "10": "may not remove"} {
		s := newServer(t, WithPortal(protected(func(*Portal) {})))
		before := s.State()
		w := mocktest.Send(s, "DELETE", apiRoot+"files/rooms/"+id, `{}`, as(s, RoleDocSpaceAdmin)...)
		if hint := w.Header().Get(headerHint); w.Code != 200 || !strings.Contains(hint, want) {
			t.Errorf("%s: got %d, hint %q, want %q", id, w.Code, hint, want)
		}
		if after := s.State(); len(after.Entries) != len(before.Entries) || len(after.Links) != len(before.Links) {
			t.Errorf("%s: got %+v", id, after)
		}
	}
}
