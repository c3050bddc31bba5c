package mockserver

import (
	"testing"
)

func TestFreeEntryID(t *testing.T) {
	p := Portal{Entries: []Entry{{ID: "7"}, {ID: "2147483647"}, {ID: "2147483648"}, {ID: "a"}, {ID: "99999999999999999999"}}}
	if got := p.freeEntryID(); got != "2147483649" {
		t.Errorf("got %s", got)
	}
	if got := (&Portal{}).freeEntryID(); got != "1" {
		t.Errorf("got %s", got)
	}
}

func TestEntries(t *testing.T) {
	s := newServer(t)
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
