package mockserver

import (
	"slices"
	"strings"
)

// accessRestrict takes the rights to an entry from a user (FileShare.cs).
const accessRestrict = 3

// roomOf is the room in which an entry is, or the room itself. It is nil in the trash and in personal documents.
func (n entryNames) roomOf(e *Entry) *Entry {
	for e != nil && e.Section != SectionTrash {
		if e.Type == EntryRoom {
			return e
		}
		e = n.parentOf(e)
	}
	return nil
}

// isMember says whether the user was invited to the room of an entry. Who made the room was not. A file is never said to be in a
// room (ExternalLinkHelper.cs; recorded: VD004, VD069, VD105).
func (n entryNames) isMember(u *User, e *Entry) bool {
	if u == nil || e.Type == EntryFile {
		return false
	}
	room := n.roomOf(e)
	if room == nil && e.Section == SectionRooms {
		room = e // a portal file need not say the room of a folder
	}
	return room != nil && room.hasMember(u)
}

func (e *Entry) hasMember(u *User) bool {
	return slices.ContainsFunc(e.Members, func(m Member) bool { return m.Access != accessRestrict && strings.EqualFold(m.User, u.Email) })
}

// mayRead says whether the user may open the room without the link: the owner, administrators, who made it, who was invited,
// and who has or had another link of the room (FileSecurity.cs; recorded: VD015 to VD021, VD209, VD210).
func (s *state) mayRead(secret secret, use linkUse, room *Entry) bool {
	u := use.caller
	if u == nil {
		return false
	}
	if u.admin() || strings.EqualFold(room.CreatedBy, u.Email) || room.hasMember(u) {
		return true
	}
	for _, link := range []*Link{s.findLink(secret, use.token()), s.linksByID[use.opened.last(u, room)]} {
		if link != nil && s.entries.find(link.Entry) == room && !link.expired(use.now) && (link.Password == "" || use.remembers(secret, link)) {
			return true
		}
	}
	return false
}
