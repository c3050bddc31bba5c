package mockserver

import (
	"testing"
)

// A room and a file can have the same ID. What is named by the ID alone keeps its meaning when the other one comes.
func TestEntryNames(t *testing.T) {
	s := newServer(t, WithPortal(Portal{Entries: []Entry{{ID: "10", Type: EntryRoom}}, Links: []Link{{Key: "a", Entry: "10"}}}))
	for _, e := range []Entry{{ID: "14", Type: EntryFolder, Parent: "10"}, {ID: "10", Type: EntryFile, Parent: "folder/14"}} {
		if _, err := s.AddEntry(e); err != nil {
			t.Fatal(err)
		}
	}
	p := s.State()
	if p.Links[0].Entry != "room/10" || p.Entries[1].Parent != "room/10" {
		t.Errorf("got %+v, %+v", p.Links[0], p.Entries[1])
	}
	for name, want := range map[string]EntryType{"room/10": EntryRoom, "file/10": EntryFile, "14": EntryFolder, "folder/14": EntryFolder, "10": "", "room/14": "", "file/9": "", "9": ""} {
		got, err := s.Entry(name)
		if got.Type != want || (err == nil) != (want != "") {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
	if changed, err := s.ChangeEntry("folder/14", func(e *Entry) error { e.Section = SectionTrash; return nil }); err != nil || changed.Section != SectionTrash {
		t.Errorf("got %+v, %v", changed, err)
	}
	p = s.State()
	if got := nameEntries(p.Entries).sectionOf(&p.Entries[2]); got != SectionTrash {
		t.Errorf("a file in a folder in the trash is in %s", got)
	}
}

// A removed entry takes with it what is inside. Links that have its full name never come to lead to another entry. Those that have
// its ID alone lead to the next entry with this ID.
func TestRemovedEntriesHaveNothingInside(t *testing.T) {
	s := newServer(t, WithPortal(Portal{
		Entries: []Entry{{ID: "1", Type: EntryFile, Parent: "2"}, {ID: "2", Type: EntryFolder, Parent: "room/3"}, {ID: "3", Type: EntryRoom}, {ID: "3", Type: EntryFile}},
		Links:   []Link{{Key: "a", Entry: "room/3"}, {Key: "b", Entry: "1"}},
	}))
	if !s.RemoveEntry("room/3") {
		t.Fatal("the room is not removed")
	}
	p := s.State()
	if len(p.Entries) != 1 || p.Entries[0].Type != EntryFile || p.Entries[0].ID != "3" {
		t.Errorf("got %+v", p.Entries)
	}
	if names := nameEntries(p.Entries); names.find(p.Links[0].Entry) != nil || names.find(p.Links[1].Entry) != nil {
		t.Errorf("got %+v", p.Links)
	}
	for _, id := range []string{"1", "3"} {
		if _, err := s.AddEntry(Entry{ID: id, Type: EntryRoom}); err != nil {
			t.Fatal(err)
		}
	}
	p = s.State()
	if names := nameEntries(p.Entries); names.find(p.Links[0].Entry) != nil || names.find(p.Links[1].Entry) == nil {
		t.Errorf("got %+v", p.Links)
	}
}

// A portal file of before that names entries by their IDs alone means what it meant, also when an ID looks like a name.
func TestOldNamesOfEntries(t *testing.T) {
	names := nameEntries([]Entry{{ID: "room/2", Type: EntryFile}, {ID: "2", Type: EntryRoom}, {ID: "a/b", Type: EntryFolder}})
	for name, want := range map[string]string{"room/2": "room/2", "2": "2", "a/b": "a/b", "folder/a/b": "a/b"} {
		if e := names.find(name); e == nil || e.ID != want {
			t.Errorf("%s: got %+v", name, e)
		}
	}
}
