package mockserver

import (
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// A link's status is what the call answers to a visitor, and asking for it is no visit.
func TestLinkStatuses(t *testing.T) {
	clock := mocktest.NewClock()
	past, next := clock.Now().Add(-time.Hour), clock.Now().Add(time.Hour)
	s := newServer(t, WithClock(clock.Now), WithPortal(Portal{
		Users:   []User{{Email: "owner@example.com", Role: RoleOwner, Tokens: []string{"t"}}},
		Entries: []Entry{{ID: "10", Type: EntryRoom, Title: "Room"}, {ID: "11", Type: EntryRoom, Title: "Old", Section: SectionTrash}},
		Links: []Link{
			{Key: "open", Entry: "10"},
			{Key: "protected", Entry: "10", Password: "Secret123!", Expires: next},
			{Key: "old", Entry: "10", Expires: past},
			{Key: "inside", Entry: "10", Internal: true},
			{Key: "trash", Entry: "11"},
			{Key: "nowhere", Entry: "12"},
		},
	}))
	check := func(want ...LinkAnswer) {
		t.Helper()
		got := s.LinkStatuses()
		for i, link := range s.State().Links {
			if i >= len(got) || got[i].ID != link.ID || got[i].Answer != want[i] {
				t.Errorf("%s: got %+v, want %s", link.Key, got, want[i])
			}
			w := mocktest.Send(s, "GET", sharePath(link.Key), "")
			if told := linkAnswers[share(t, w).Status]; told != want[i] {
				t.Errorf("%s: the call says %s, not %s", link.Key, told, want[i])
			}
		}
	}
	check(LinkOk, LinkRequiredPassword, LinkExpired, LinkExternalAccessDenied, LinkInvalid, LinkInvalid)
	clock.Advance(2 * time.Hour)
	check(LinkOk, LinkExpired, LinkExpired, LinkExternalAccessDenied, LinkInvalid, LinkInvalid)
	if _, err := s.Change(func(p Portal) (Portal, error) {
		p.Settings.ExternalShare = false
		return p, nil
	}); err != nil {
		t.Fatal(err)
	}
	check(LinkExternalAccessDenied, LinkExpired, LinkExpired, LinkExternalAccessDenied, LinkInvalid, LinkInvalid)
}
