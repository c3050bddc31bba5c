package mockserver

import (
	"slices"
	"strconv"
)

var entryRecords = records[Entry]{
	kind: "entry", path: "entries", idName: "id", sameID: sameExactly,
	list: func(p *Portal) *[]Entry { return &p.Entries }, id: func(e *Entry) *string { return &e.ID },
}

// AddEntry adds a room, folder or file until Reset. The result has the fields that e leaves out: the ID is a free number. The
// error is a [*PortalError], and nothing changes then.
func (s *Server) AddEntry(e Entry) (Entry, error) {
	return entryRecords.add(s, func(p *Portal) Entry {
		if e.ID == "" {
			e.ID = p.freeEntryID()
		}
		return e
	})
}

// Entry returns the entry with this ID. The error is a [*NotFoundError].
func (s *Server) Entry(id string) (Entry, error) { return entryRecords.get(s, id) }

// ChangeEntry changes an entry until Reset, such as its section, and returns the changed entry. change can set every field
// except ID, and must not call the Server.
//
// change may fail: ChangeEntry then returns its error. Other errors are a [*NotFoundError] or a [*PortalError]. Nothing changes
// when there is an error.
func (s *Server) ChangeEntry(id string, change func(*Entry) error) (Entry, error) {
	return entryRecords.change(s, id, change)
}

// RemoveEntry removes an entry until Reset. Links to it stay: the portal answers them as links to a deleted entry. The result
// is false when there is no such entry.
func (s *Server) RemoveEntry(id string) bool { return entryRecords.remove(s, id) }

// freeEntryID is the number after the largest one, because a portal counts its entries.
func (p *Portal) freeEntryID() string {
	var largest int32
	for _, e := range p.Entries {
		if n, err := strconv.ParseInt(e.ID, 10, 32); err == nil {
			largest = max(largest, int32(n))
		}
	}
	for n := int64(largest) + 1; ; n++ {
		id := strconv.FormatInt(n, 10)
		if !slices.ContainsFunc(p.Entries, func(e Entry) bool { return e.ID == id }) {
			return id
		}
	}
}
