package mockserver

import (
	"slices"
	"strconv"
)

// AddEntry adds a room, folder or file, until Reset, and answers what was left out: an id is a number that is not taken. The
// error is a [*PortalError].
func (s *Server) AddEntry(e Entry) (Entry, error) {
	return entryRecord.add(s, func(p *Portal) Entry {
		if e.ID == "" {
			e.ID = p.freeEntryID()
		}
		return e
	})
}

// Entry is the entry with this id. The error is a [*NotFoundError].
func (s *Server) Entry(id string) (Entry, error) { return entryRecord.get(s, id) }

// ChangeEntry changes everything but the id of an entry, such as its section, until Reset, and answers the entry. change must
// not call the Server. The error is a [*NotFoundError] or a [*PortalError], and changes nothing.
func (s *Server) ChangeEntry(id string, change func(*Entry) error) (Entry, error) {
	return entryRecord.change(s, id, change)
}

// RemoveEntry removes an entry, until Reset, and says whether there was one. Links to it stay, and are answered as those of a
// deleted entry.
func (s *Server) RemoveEntry(id string) bool { return entryRecord.remove(s, id) }

// freeEntryID is the number after the largest one, as a portal counts them.
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
