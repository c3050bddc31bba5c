package client

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// RoomSpec says what a new room is to be.
type RoomSpec struct {
	Title string   // at most 170 characters
	Type  RoomType // for example RoomTypeCustomRoom
}

// Room reads a room, with the errors of [Portal.Folder]. An API key needs a permission to read rooms, not files.
func (p *Portal) Room(ctx context.Context, room int32) (Room, error) {
	return entryReader{portal: p}.room(ctx, room)
}

// Rooms lists the rooms that the caller may read, without those of the archive. It asks for the next hundred when the last ones
// are used up. After an error the list ends. A room in a third party's storage, whose ID is no number, is an
// [ErrMalformedResponse].
func (p *Portal) Rooms(ctx context.Context) iter.Seq2[Room, error] {
	return pagesOf(func(start int) ([]Room, int64, error) {
		rooms, _, total, err := entryReader{portal: p}.content(ctx, opRooms, start, func(raw *api.Client, c *call) (*http.Response, error) {
			return raw.GetRoomsFolder(c, &api.GetRoomsFolderParams{Count: Set(int32(maxListed)), StartIndex: Set(int32(start))}) //nolint:gosec // as many rooms as a portal listed
		})
		return rooms, total, err
	})
}

// CreateRoom makes a room of the caller, who is the owner, an administrator or a room administrator. Others get [ErrForbidden].
// In the title `_` takes the place of characters that a portal does not allow there. A public room and a form room come with a
// primary link, which [Portal.RoomLink] gives.
//
// The call is sent once and never repeated, because a second one would make a second room. After [ErrConnection],
// [ErrServer], [ErrMalformedResponse] and [ErrResponseTooLarge] nobody knows whether there is one: look into [Portal.Rooms]. When the room has another type than asked for,
// the error is a [*NotInForceError], and the room is returned beside it.
func (p *Portal) CreateRoom(ctx context.Context, spec RoomSpec) (room Room, err error) {
	c, err := p.begin(ctx, opCreateRoom)
	defer func() { c.end(err) }()
	switch {
	case err != nil:
	case !utf8.ValidString(spec.Title):
		err = c.refuse("the title is not valid UTF-8", ErrInvalidArgument)
	case spec.Type == 0:
		err = c.refuse("the room has no type; use one such as RoomTypeCustomRoom", ErrInvalidArgument)
	}
	if err != nil {
		return Room{}, err
	}
	resp, err := p.raw.CreateRoom(c, nil, api.CreateRoomRequestDto{Title: spec.Title, RoomType: spec.Type})
	seen, _, err := decodeAnswer[api.FolderDto](c, resp, err)
	if err == nil {
		room, err = c.folderOf(seen)
	}
	if err == nil && room.RoomType != spec.Type {
		err = &NotInForceError{Operation: opCreateRoom, Properties: "roomType"}
	}
	return room, err
}

// DeleteRoom removes a room with everything in it and their links. Nothing of it comes into the trash. To remove a room that
// is not there is no error.
//
// A portal only queues the removal, and answers with success whoever asks. So the room is read first, and the call is refused
// with [ErrForbidden] when the caller may not remove the room: only who made it may, and in the archive the owner and
// administrators too. A folder, which a portal would remove as well, is refused with [ErrInvalidArgument]. A portal removes the room in the background, usually within seconds. [Portal.Room] gives
// [ErrEntryNotFound] when it is gone.
func (p *Portal) DeleteRoom(ctx context.Context, room int32) error {
	c, err := p.begin(ctx, opDeleteRoom) // only for the refusals
	if err == nil && room <= 0 {
		err = c.refuse("no room has this number", ErrInvalidArgument)
	}
	if err != nil {
		return err
	}
	ctx = p.withSharedDeadline(ctx)
	is, err := p.Room(ctx, room)
	switch {
	case err == nil && is.RoomType == 0:
		return c.refuse("this is a folder and no room", ErrInvalidArgument)
	case err == nil && is.Security != nil && !is.Security["Delete"]:
		return c.refuse("only who made a room may remove it, and in the archive administrators", ErrForbidden, ErrInvalidArgument)
	case err == nil:
		err = p.sendRemoval(ctx, room)
	}
	if errors.Is(err, ErrEntryNotFound) {
		return nil
	}
	return err
}

func (p *Portal) sendRemoval(ctx context.Context, room int32) (err error) {
	c, err := p.begin(ctx, opDeleteRoom)
	defer func() { c.end(err) }()
	if err != nil {
		return err
	}
	resp, err := p.raw.DeleteRoom(c, room, nil, api.DeleteRoomRequest{DeleteAfter: Off()})
	env, body, err := decodeWhole[api.FileOperationDto](c, resp, err)
	if err == nil && env.Response == nil && env.StatusCode != http.StatusOK {
		err = c.malformedError(resp, body, "property statusCode is missing")
	}
	return err
}

func (r entryReader) room(ctx context.Context, room int32) (Room, error) {
	return readEntry(ctx, r, opRoom, (*call).folderOf, func(raw *api.Client, c *call) (*http.Response, error) {
		return raw.GetRoomInfo(c, room, nil)
	})
}
