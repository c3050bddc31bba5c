package mockserver

import (
	"strings"
)

// isMember says whether the user has rights to the room without the link.
func isMember(u *User, e *Entry) bool {
	if u == nil || e.Section != SectionRooms {
		return false
	}
	if strings.EqualFold(e.CreatedBy, u.Email) {
		return true
	}
	for _, member := range e.Members {
		if strings.EqualFold(member.User, u.Email) {
			return true
		}
	}
	return false
}

// mayRead says whether the user may open the room without the link. Best reading: the owner and administrators may open every
// room. This was not observed.
func mayRead(u *User, room *Entry) bool { return u.admin() || isMember(u, room) }
