package mockserver

import (
	"slices"
	"strings"
)

// Who may make, see and open the links of an entry (FileSharing.cs, FileSecurity.cs).

// maySetLinks says whether the user may make and change links of an entry: who made the room and its managers, or the owner of the
// documents. A DocSpace administrator who is neither may not (recorded: VL107, VL108). Guests never may.
func (s *state) maySetLinks(u *User, e *Entry) bool {
	if u == nil || u.Role == RoleGuest {
		return false
	}
	if s.entries.isPutAway(e) {
		return false // recorded: VF347
	}
	if room := s.entries.roomOf(e); room != nil {
		made := strings.EqualFold(room.CreatedBy, u.Email) && u.Role != RoleUser
		return made || room.hasAccess(u, accessRoomManager)
	}
	root := e
	for above := e; above != nil; above = s.entries.parentOf(above) {
		if above.hasAccess(u, accessReadWrite) {
			return true
		}
		root = above
	}
	return strings.EqualFold(root.CreatedBy, u.Email)
}

func (e *Entry) hasAccess(u *User, access int) bool {
	return slices.ContainsFunc(e.Members, func(m Member) bool { return m.Access == access && strings.EqualFold(m.User, u.Email) })
}

// claimOfMakers is the claim about who makes the links of an entry.
func (s *state) claimOfMakers(e *Entry) string {
	switch {
	case s.entries.isPutAway(e):
		return "A1140"
	case e.Type == EntryRoom:
		return "A1131"
	default:
		return "A1132"
	}
}

// seesPrimary says whether the caller gets the primary link of an entry: who may read the room or, in a public room, the entry, and who
// may make links of it.
func (s *state) seesPrimary(secret secret, use linkUse, place linkPlace) bool {
	switch {
	case s.maySetLinks(use.caller, place.entry):
		return true
	case place.isRoom():
		return s.mayRead(secret, use, place.room)
	case place.roomType == roomPublic:
		return s.mayRead(secret, use, place.room) || s.readsByLink(secret, use, place.entry)
	default:
		return false
	}
}

// readsByLink says whether the request carries the key of a link that opens the entry: a link of the entry, or of something that it is
// in.
func (s *state) readsByLink(secret secret, use linkUse, e *Entry) bool {
	link := s.findLink(secret, use.token())
	if link == nil || link.expired(use.now) || link.Internal && use.caller == nil || link.Password != "" && !use.remembers(secret, link) {
		return false
	}
	if s.entries.isPutAway(e) || use.caller == nil && s.portal.Settings.restricts(s.entries.sectionOf(e)) {
		return false
	}
	linked := s.entries.find(link.Entry)
	for above := e; above != nil && linked != nil; above = s.entries.parentOf(above) {
		if above == linked {
			return true
		}
	}
	return false
}
