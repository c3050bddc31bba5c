package mockserver

import (
	"cmp"
	"strings"
)

// reader is a caller who reads entries.
type reader struct {
	linkCall
	state *state
	link  *Link // whose key the request carries, when it opens what it leads to; nil is none

	pages  string            // address of the portal's pages
	people map[string][]byte // those described so far
}

// newReader makes the reader of a call.
func (o operations) newReader(c *call) reader {
	r := readerOf(o.linkCallOf(c), c.state)
	if link := r.state.findLink(r.secret, r.use.token()); link != nil && r.opens(link) {
		r.link = link
	}
	return r
}

func readerOf(k linkCall, s *state) reader {
	return reader{linkCall: k, state: s, pages: k.pageAddress(""), people: map[string][]byte{}}
}

// opens says whether the link opens something to the caller, wherever that is.
func (r reader) opens(link *Link) bool {
	return !link.expired(r.use.now) && (!link.Internal || r.caller != nil) && (link.Password == "" || r.use.remembers(r.secret, link))
}

// reading is how a caller reads an entry (FileSecurity.cs).
type reading struct {
	place  linkPlace
	maker  bool    // made the room, or owns the documents
	admin  bool    // is an administrator of the portal, who reads all rooms
	member *Member // with the rights to the entry, or to what it is in; nil is none
	link   *Link   // with which a caller who is none of these reads; nil is none
	linked bool    // the link is one of this very entry
	fresh  bool    // the caller has just made the room

	parent       bool // the caller may also read the folder in which the entry is
	parentShared bool // something that the entry is in has a share link
}

// read finds out how the caller reads an entry. ok is false when he may not.
func (r reader) read(e *Entry) (found reading, ok bool) {
	s, u := r.state, r.caller
	found.place = linkPlace{entry: e}
	root := e
	var shared *Entry // with the caller
	for above := e; above != nil; above = s.above(above) {
		root = above
		if above != e && s.shared(above) {
			found.parentShared = true
		}
		if found.place.section == "" {
			found.place.section = above.Section
		}
		if m := above.memberOf(u); m != nil && shared == nil {
			found.member, shared = m, above
		}
	}
	if root.Type == EntryRoom && root.Section != SectionTrash {
		found.place.room, found.place.roomType = root, root.roomType()
	}
	section := found.place.section
	found.maker = u != nil && strings.EqualFold(root.CreatedBy, u.Email)
	found.admin = u.admin() && (section == SectionRooms || section == SectionArchive)
	if found.member != nil && (found.member.Access == accessRestrict || section == SectionTrash) {
		found.member = nil
	}
	var link *Link
	var linked *Entry // by the link
	if !found.maker && !found.admin && found.member == nil {
		for linked = e; linked != nil; linked = s.above(linked) {
			if link = r.linkOf(linked); link != nil {
				break
			}
		}
	}
	closed := section == SectionTrash || section == SectionArchive || u == nil && s.portal.Settings.restricts(section)
	switch {
	case found.maker || found.admin:
		found.parent = true
	case found.member != nil:
		found.parent = shared != e || found.place.isRoom()
	case link != nil && !closed:
		found.link, found.linked = link, linked == e
		found.parent = linked != e || found.place.isRoom() && u != nil
	case u == nil && section == SectionTrash && e.Type == EntryFile && s.shared(e):
		found.parent = true // recorded: VN085
	default:
		return found, false
	}
	return found, true
}

// child is how the caller reads something that is right in a folder which he reads.
func (r reader) child(parent reading, e *Entry) reading {
	found := parent
	found.place.entry = e
	found.linked, found.parent = false, true
	found.parentShared = parent.parentShared || r.state.shared(parent.place.entry)
	if m := e.memberOf(r.caller); m != nil && m.Access != accessRestrict {
		found.member, found.link = m, nil
	}
	return found
}

// linkOf is the link of an entry with which the caller reads it: the one whose key the request carries, or the one that a person with
// an account has opened last.
func (r reader) linkOf(e *Entry) *Link {
	if r.link != nil && r.state.entries.find(r.link.Entry) == e {
		return r.link
	}
	if r.caller == nil {
		return nil
	}
	link := r.state.linksByID[r.use.opened.last(r.caller, e)]
	if link == nil || r.state.entries.find(link.Entry) != e || !r.opens(link) {
		return nil
	}
	return link
}

// above is the folder in which an entry is, nil when it is in none that can be read with it.
func (s *state) above(e *Entry) *Entry {
	if e.Section == SectionTrash {
		return nil
	}
	return s.tree.parents[e]
}

// shared says whether the entry has a share link.
func (s *state) shared(e *Entry) bool {
	for _, link := range s.linksByEntry[e] {
		if !link.Invitation {
			return true
		}
	}
	return false
}

func (e *Entry) memberOf(u *User) *Member {
	if u == nil {
		return nil
	}
	for i := range e.Members {
		if strings.EqualFold(e.Members[i].User, u.Email) {
			return &e.Members[i]
		}
	}
	return nil
}

// manages says whether the caller may change the entry and its links.
func (d reading) manages() bool {
	switch {
	case d.maker:
		return true
	case d.member == nil:
		return false
	case d.place.room != nil:
		return d.member.Access == accessRoomManager
	default:
		return d.member.Access == accessReadWrite
	}
}

// access is the access of the caller, of FileShare.
func (d reading) access() int {
	switch {
	case d.fresh && d.place.remade():
		return d.place.firstLink(Settings{}).Access // recorded: VM035
	case d.maker:
		return accessNone
	case d.member != nil:
		return cmp.Or(d.member.Access, accessRead)
	case d.admin && d.place.section == SectionArchive:
		return accessNone // recorded: VN080
	case d.admin:
		return accessRestrict // recorded: VN002
	case d.link != nil:
		return d.link.access()
	default:
		return accessRead
	}
}

// inRoom says whether the caller made the room or is a member of it.
func (d reading) inRoom() bool { return d.maker || d.member != nil }
