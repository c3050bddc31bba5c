package mockserver

import (
	"fmt"
	"strings"
)

// entryNames finds entries by their names. It has the entries of each ID: one in the space of rooms and folders, and one in the
// space of files.
type entryNames map[string][]*Entry

func nameEntries(entries []Entry) entryNames {
	names := make(entryNames, len(entries))
	for i := range entries {
		e := &entries[i]
		names[e.ID] = append(names[e.ID], e)
	}
	return names
}

// EntryNames returns a function that finds the entries of p by their names, nil when there is none. See [Entry].
func (p *Portal) EntryNames() func(name string) *Entry { return nameEntries(p.Entries).find }

// find returns the entry of a name, nil when there is none.
func (n entryNames) find(name string) *Entry {
	e, _ := n.look(name)
	return e
}

// look returns the entry of a name. Without one, mistake says what else has the ID; it is "" when nothing has it.
func (n entryNames) look(name string) (e *Entry, mistake string) {
	if bare := n[name]; len(bare) == 1 {
		return bare[0], "" // also an ID with a slash
	} else if len(bare) > 1 {
		return nil, fmt.Sprintf("%.60q can be a %s and a %s: write %.60s or %.60s", name, bare[0].Type, bare[1].Type, bare[0].fullName(), bare[1].fullName())
	}
	kind, id, _ := strings.Cut(name, "/")
	for _, e := range n[id] {
		if string(e.Type) == kind {
			return e, ""
		}
	}
	switch EntryType(kind) {
	case EntryRoom, EntryFolder, EntryFile:
		if others := n[id]; len(others) > 0 {
			return nil, fmt.Sprintf("%.60q names a %s, but %.60s is a %s", name, kind, id, others[0].Type)
		}
	}
	return nil, ""
}

// inSpace returns the file with an ID, or the room or folder, nil when there is none.
func (n entryNames) inSpace(id string, file bool) *Entry {
	for _, e := range n[id] {
		if (e.Type == EntryFile) == file {
			return e
		}
	}
	return nil
}

// nameOf is the shortest name of an entry.
func (n entryNames) nameOf(e *Entry) string {
	if n.find(e.ID) == e {
		return e.ID
	}
	return e.fullName()
}

// fullName is the name of an entry that stays when another entry gets the same ID.
func (e *Entry) fullName() string { return string(e.Type) + "/" + e.ID }

// idSpace is the space in which no other entry has the same ID.
func (e *Entry) idSpace() string {
	if e.Type == EntryFile {
		return "file"
	}
	return "room or folder"
}

// parentOf returns the room or folder in which an entry is, nil when it is in none.
func (n entryNames) parentOf(e *Entry) *Entry {
	if e.Parent == "" || e.Parent == ParentMy {
		return nil
	}
	return n.find(e.Parent)
}

// sectionOf is the section of an entry, its own or that of what it is in.
func (n entryNames) sectionOf(e *Entry) Section {
	for e.Section == "" {
		e = n.parentOf(e)
	}
	return e.Section
}

// isPutAway says whether an entry is in the trash or in the archive.
func (n entryNames) isPutAway(e *Entry) bool {
	section := n.sectionOf(e)
	return section == SectionTrash || section == SectionArchive
}
