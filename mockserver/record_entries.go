package mockserver

import (
	"math"
	"strconv"
)

var entryRecords = records[Entry]{
	kind: "entry", path: "entries", idName: "id", sameID: sameExactly,
	list: func(p *Portal) *[]Entry { return &p.Entries }, id: func(e *Entry) *string { return &e.ID },
	named: (*Portal).indexOfEntry, changed: (*Portal).renameEntry, removed: (*Portal).forgetEntry,
}

// AddEntry adds a room, folder or file until Reset. The result has the fields that e leaves out: the ID is a free number. The
// error is a [*PortalError], and nothing changes then.
func (s *Server) AddEntry(e Entry) (Entry, error) {
	return entryRecords.add(s, func(p *Portal) Entry {
		if e.ID == "" {
			e.ID = p.freeEntryID(largestID(p.Entries))
		}
		p.nameInFull(e.ID)
		return e
	})
}

// Entry returns the entry with this name, such as room/2, or its ID alone where only one entry has it. The error is a [*NotFoundError].
func (s *Server) Entry(id string) (Entry, error) { return entryRecords.get(s, id) }

// ChangeEntry changes an entry until Reset, such as its section, and returns the changed entry. change can set every field
// except ID, and must not call the Server.
//
// change may fail: ChangeEntry then returns its error. Other errors are a [*NotFoundError] or a [*PortalError]. Nothing changes
// when there is an error.
func (s *Server) ChangeEntry(id string, change func(*Entry) error) (Entry, error) {
	return entryRecords.change(s, id, func(e *Entry) error {
		before := *e
		if err := change(e); err != nil {
			return err
		}
		if e.Parent != before.Parent && e.Section == before.Section && (e.Section == SectionRooms || e.Section == SectionDocuments) {
			e.Section = "" // that of the new parent
		}
		return nil
	})
}

// RemoveEntry removes an entry until Reset, and everything in it. Links to it stay: the portal answers them as links to a
// deleted entry. The result is false when there is no such entry.
func (s *Server) RemoveEntry(id string) bool { return entryRecords.remove(s, id) }

// indexOfEntry is the index of the entry with a name. Without one, instead says what else has the name.
func (p *Portal) indexOfEntry(name string) (index int, instead string) {
	e, instead := nameEntries(p.Entries).look(name)
	for i := range p.Entries {
		if &p.Entries[i] == e {
			return i, ""
		}
	}
	return -1, instead
}

// nameInFull writes the full name of the only entry with this ID wherever it is named by the ID alone, because another entry
// is going to get the same ID.
func (p *Portal) nameInFull(id string) {
	if e := nameEntries(p.Entries).find(id); e != nil && e.ID == id {
		p.renameEntries(id, e.fullName())
	}
}

// renameEntry writes the new full name of an entry that has become one of another type.
func (p *Portal) renameEntry(before, after Entry) {
	if before.Type != after.Type {
		p.renameEntries(before.fullName(), after.fullName())
	}
}

// forgetEntry removes what was in an entry. Links keep its full name in a form that can never come to name another entry.
func (p *Portal) forgetEntry(gone Entry) {
	names := p.dropInside()
	names[gone.fullName()] = true
	for i := range p.Links {
		if l := &p.Links[i]; names[l.Entry] {
			l.Entry = "deleted/" + l.Entry
		}
	}
}

// dropInside removes the entries that are in one which is not there, and gives their full names.
func (p *Portal) dropInside() map[string]bool {
	inside, names := p.entriesWithoutParent(), map[string]bool{}
	kept := make([]Entry, 0, len(p.Entries))
	for i := range p.Entries {
		if e := &p.Entries[i]; inside[e] {
			names[e.fullName()] = true
		} else {
			kept = append(kept, *e)
		}
	}
	p.Entries = kept
	return names
}

// entriesWithoutParent says which entries are, at any depth, in one that is not there. It looks at each entry once, because a room
// can have thousands of them inside each other.
func (p *Portal) entriesWithoutParent() map[*Entry]bool {
	names, without := nameEntries(p.Entries), make(map[*Entry]bool, len(p.Entries))
	var isWithout func(e *Entry) bool
	isWithout = func(e *Entry) bool {
		switch lost, known := without[e]; {
		case e == nil:
			return true
		case e.Parent == "" || e.Parent == ParentMy:
			return false
		case !known:
			without[e] = isWithout(names.parentOf(e))
			return without[e]
		default:
			return lost
		}
	}
	for i := range p.Entries {
		isWithout(&p.Entries[i])
	}
	return without
}

// renameEntries writes another name of an entry wherever the portal names it by the first one.
func (p *Portal) renameEntries(from, to string) {
	p.renameLinks(from, to)
	for i := range p.Entries {
		if e := &p.Entries[i]; e.Parent == from {
			e.Parent = to
		}
	}
}

func (p *Portal) renameLinks(from, to string) {
	for i := range p.Links {
		if l := &p.Links[i]; l.Entry == from {
			l.Entry = to
		}
	}
}

// largestID is the largest number of an entry.
func largestID(entries []Entry) int32 {
	var largest int32
	for _, e := range entries {
		if n, err := strconv.ParseInt(e.ID, 10, 32); err == nil {
			largest = max(largest, int32(n))
		}
	}
	return largest
}

// freeEntryID is the number after the last one, because a portal counts its entries in an int32. After the largest one it is the
// smallest that is free.
func (p *Portal) freeEntryID(last int32) string {
	if last < math.MaxInt32 {
		return strconv.Itoa(int(last) + 1)
	}
	taken := make(map[string]bool, len(p.Entries))
	for _, e := range p.Entries {
		taken[e.ID] = true
	}
	n := 1
	for taken[strconv.Itoa(n)] {
		n++
	}
	return strconv.Itoa(n)
}
