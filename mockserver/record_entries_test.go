package mockserver

import (
	"testing"
)

func TestFreeEntryID(t *testing.T) {
	for want, ids := range map[string][]string{
		"1":          nil,
		"8":          {"7", "2", "a", "2147483648", "99999999999999999999"},
		"2147483647": {"2147483646"},
		"3":          {"2", "2147483647", "1", "4"}, // the largest number is used up
	} {
		var p Portal
		for _, id := range ids {
			p.Entries = append(p.Entries, Entry{ID: id})
		}
		if got := p.freeEntryID(largestID(p.Entries)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// An entry that gets another parent is in the section of that one. What is in the trash stays there.
func TestEntryMoves(t *testing.T) {
	s := newServer(t, WithPortal(Portal{Entries: []Entry{{ID: "1", Type: EntryFile}, {ID: "2", Type: EntryFile, Section: SectionTrash}, {ID: "3", Type: EntryRoom}}}))
	for id, want := range map[string]Section{"1": "", "2": SectionTrash} {
		if moved, err := s.ChangeEntry(id, func(e *Entry) error { e.Parent = "room/3"; return nil }); err != nil || moved.Section != want {
			t.Errorf("%s: got %+v, %v", id, moved, err)
		}
	}
	if back, err := s.ChangeEntry("1", func(e *Entry) error { e.Parent = ""; return nil }); err != nil || back.Section != SectionDocuments {
		t.Errorf("got %+v, %v", back, err)
	}
}

func TestEntries(t *testing.T) {
	s := newServer(t, WithPortal(Portal{Entries: []Entry{{ID: "10", Type: EntryRoom}}, Links: []Link{{Key: "room", Entry: "10"}}}))
	minted, err := s.AddEntry(Entry{Title: "Offer.docx", Type: EntryFile})
	if err != nil || minted.ID != "11" || minted.Section != SectionDocuments {
		t.Fatalf("got %+v, %v", minted, err)
	}
	if room, err := s.AddEntry(Entry{ID: "a/b", Type: EntryRoom}); err != nil || room.ID != "a/b" || room.Section != SectionRooms {
		t.Errorf("got %+v, %v", room, err)
	}
	if _, err := s.AddLink(Link{Key: "offer", Entry: "11"}); err != nil {
		t.Fatal(err)
	}
	if changed, err := s.ChangeEntry("11", func(e *Entry) error { e.Section = SectionTrash; return nil }); err != nil || changed.Section != SectionTrash {
		t.Errorf("got %+v, %v", changed, err)
	}
	if got, err := s.Entry("11"); err != nil || got.Title != "Offer.docx" || got.Section != SectionTrash {
		t.Errorf("got %+v, %v", got, err)
	}
	if s.RemoveEntry("A/B") || !s.RemoveEntry("11") || s.RemoveEntry("11") {
		t.Error("an entry is removed once, by its exact id")
	}
	if l := s.State().Links; len(l) != 2 || l[1].Entry != "11" {
		t.Errorf("links to what is gone: %+v", l)
	}
}
