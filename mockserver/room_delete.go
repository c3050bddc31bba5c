package mockserver

import (
	"context"
	"slices"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
)

// DeleteRoom removes a room or folder. The server only queues that, and neither looks for the room nor asks who the caller is before it
// answers (VirtualRoomsController.cs, FileOperationsManager.cs).
func (o operations) DeleteRoom(ctx context.Context, _ api.DeleteRoomRequestObject) (api.DeleteRoomResponseObject, error) {
	c := callFrom(ctx)
	k := o.linkCallOf(c)
	o.update(c.era, func(current *state) *state {
		e, err := k.findEntry(current)
		if err != nil {
			c.because("A1230")
			c.note("nothing is removed, because there is no such room; a portal tells this in the file operation")
			return current
		}
		if d, reads := readerOf(k, current).read(e); !reads || !d.mayRemove() {
			c.because("A1230")
			c.note("nothing is removed, because the caller may not remove this room; a portal tells this in the file operation")
			return current
		}
		c.because("A1228", "A1229")
		return current.withoutEntry(e)
	})
	w := appendObject(nil)
	w.text("id", o.newID())
	w.int("Operation", operationDelete)
	w.int("progress", 0)
	w.text("error", "")
	w.text("processed", "0")
	w.bool("finished", false)
	w.int("status", 0)
	response, err := pickedJSON(w.end(), c.pickedFields())
	if err != nil {
		return nil, err
	}
	return c.success(response), nil
}

// operationDelete is the kind of a file operation that removes something (FileOperationType).
const operationDelete = 2

// mayRemove says whether the caller may remove a room or folder (FileSecurity.cs).
func (d reading) mayRemove() bool { return d.folderRights(false)&folderActions.rights("Delete") != 0 }

// withoutEntry is a copy of s without a room or folder, what is in it, and their links.
func (s *state) withoutEntry(e *Entry) *state {
	p := s.portal.clone()
	p.Entries = slices.DeleteFunc(p.Entries, func(other Entry) bool { return other.fullName() == e.fullName() })
	p.dropInside()
	names := nameEntries(p.Entries)
	p.Links = slices.DeleteFunc(p.Links, func(l Link) bool { return s.entries.find(l.Entry) != nil && names.find(l.Entry) == nil })
	return s.with(p)
}
