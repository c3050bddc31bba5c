package mockserver

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
)

// roomRequest is the body of the call that makes a room.
type roomRequest struct {
	title    string
	noTitle  bool // the title is null
	roomType int
	private  bool
}

// CreateRoom makes a room.
func (o operations) CreateRoom(ctx context.Context, _ api.CreateRoomRequestObject) (api.CreateRoomResponseObject, error) {
	c := callFrom(ctx)
	p := c.state.profile
	k := o.linkCallOf(c)
	k.newID = o.newID()
	var after *state
	var room *Entry
	var err error
	if full := o.updateBy(c, func(current *state) *state {
		if err = c.refusedRoom(p, current); err != nil {
			return current
		}
		after, room = k.makeRoom(current)
		return after
	}); full != nil {
		return nil, full
	}
	askOthers(p, linksAlike, func(other *profile) error { return c.refusedRoom(other, c.state) }, func(other *profile, theirs error) {
		switch status := statusOf(theirs); {
		case status == statusOf(err):
		case status == http.StatusOK:
			c.differs(other, "{makes|make} the room").because(claimOfPublicRoom.by(other))
		default:
			c.differs(other, "{refuses|refuse} this call with %d: %s", status, reasonOf(theirs)).claims.addAll(claimsOf(theirs))
		}
	})
	if err != nil {
		return nil, err
	}
	c.because("A1219", "A1223")
	if room.RoomType == roomPublic && after.portal.Settings.forbids(SectionRooms) {
		c.becauseOf(claimOfPublicRoom)
	}
	// The server describes the room before it makes the link (recorded: VM035).
	d := reading{place: linkPlace{entry: room, room: room, roomType: room.RoomType, section: SectionRooms}, maker: true, parent: true, fresh: true}
	response, err := pickedJSON(readerOf(k, after.withLinks(nil)).appendFolder(nil, d, formNew), c.pickedFields())
	if err != nil {
		return nil, err
	}
	return c.success(response), nil
}

// claimOfPublicRoom is about public rooms while external sharing is off for rooms.
var claimOfPublicRoom = said{"A1224", "A1225"}

// refusedRoom refuses rooms that cannot be made, in the server's order (FileStorageService.cs).
func (c *call) refusedRoom(p *profile, s *state) error {
	const method = "ASC.Web.Files.Utils.FileStorageService.…"
	r := *c.room
	switch {
	case r.noTitle:
		return because(missingArgument("title", method), "A1221")
	case strings.TrimSpace(r.title) == "":
		return because(badArgument("The value cannot be an empty string. (Parameter 'title')", method), "A1221")
	case r.private:
		return missingArgument("shares", method)
	case folderTypeOf(r.roomType) == 0:
		thrown := outOfRange("roomType", method)
		thrown.message += "\nActual value was " + strconv.Itoa(r.roomType) + "."
		return because(thrown, "A1221")
	case !c.caller.mayMakeRooms():
		return because(invalidOperation("You don't have enough permission to create", method), "A1219")
	case r.roomType == roomPublic && !p.publicRoomsWhileForbidden && s.portal.Settings.forbids(SectionRooms):
		return because(linksDenied(), claimOfPublicRoom.by(p))
	case c.full(s, 2) != "": // the room and its link
		return invalidOperation(c.full(s, 2), "mock-docspace")
	default:
		return nil
	}
}

// mayMakeRooms says whether the user may make rooms.
func (u *User) mayMakeRooms() bool { return u.admin() || u != nil && u.Role == RoleRoomAdmin }

// makeRoom puts a room of the caller into the portal, with the link that it comes with.
func (k linkCall) makeRoom(s *state) (after *state, room *Entry) {
	p := s.portal.clone()
	e := Entry{ID: p.freeEntryID(s.lastEntry), Title: roomTitle(k.room.title), Type: EntryRoom, RoomType: k.room.roomType, Section: SectionRooms, CreatedBy: k.caller.Email}
	p.Entries = append(p.Entries, e)
	if place := (linkPlace{entry: &e, room: &e, roomType: e.RoomType}); place.remade() {
		link := place.firstLink(*s.portal.Settings)
		link.ID, link.Key = k.newID, k.secret.mintKey(k.newID)
		p.Links = append(p.Links, link)
	}
	return s.with(p), &p.Entries[len(p.Entries)-1]
}

// roomTitle is a title without the characters that a title cannot have (Global.cs; recorded: VM028). A character outside of the first
// plane of Unicode is two of them.
func roomTitle(title string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(title) {
		switch {
		case slices.Contains([]rune("\t*:\"<>?|\\/"), r):
			b.WriteByte('_')
		case r > 0xFFFF:
			b.WriteString("__")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
