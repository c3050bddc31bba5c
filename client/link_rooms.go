package client

import (
	"context"
	"iter"
	"net/http"

	"github.com/oapi-codegen/runtime/types"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// RoomLinks lists the share links of a room, without the invitations. A portal lists none to callers who may not manage the
// links of the room. After an error the list ends.
func (p *Portal) RoomLinks(ctx context.Context, room int32) iter.Seq2[Link, error] {
	return p.links(ctx, &roomLinks, room)
}

// RoomLink gives the primary link of a room. The portal makes it when there is none, so the call is sent once and never
// repeated. A public room and a form room have a primary link from their beginning. Collaboration, data and AI rooms take no
// links ([ErrLinkAccess]).
func (p *Portal) RoomLink(ctx context.Context, room int32) (Link, error) {
	return p.primaryLink(ctx, &roomLinks, room)
}

// SetRoomLink makes a link of a room when spec has no ID, and otherwise changes the link with this ID. It returns the link
// as it is now.
//
// What spec leaves out of a change stays as it is. For that the link is read first and sent as a whole, because a portal
// forgets, for example, a password that a change leaves out. A change that somebody else makes at the same time can be lost.
//
// A portal may ignore a change, or a part of it, and answer with success: a link of a data room that shall not be internal,
// the access of a public room's primary link, or a link that shall not be internal while external sharing is off. The error
// is then a [*NotInForceError], and the link is returned beside it as it is. With any other error the link is zero.
//
// A new link is made once: the call is never repeated, because a second one would make a second link. Only a portal that has
// answered knows whether there is one, so after [ErrConnection] look into [Portal.RoomLinks]. A room's primary link is made
// by [Portal.RoomLink].
func (p *Portal) SetRoomLink(ctx context.Context, room int32, spec LinkSpec) (Link, error) {
	c, err := p.begin(ctx, opSetRoomLink) // only for the refusals
	if err == nil && spec.ID == (types.UUID{}) && valueOf(spec.Primary) {
		err = c.refuse("the primary link of a room is made by RoomLink", ErrInvalidArgument)
	}
	if err != nil {
		return Link{}, err
	}
	return p.setLink(ctx, &roomLinks, room, spec)
}

// RevokeRoomLink removes a link of a room. To remove a link that is not there is no error. The primary link of a public room
// or a form room comes back at once with another id and another key, without a password; [Portal.RoomLink] gives it.
func (p *Portal) RevokeRoomLink(ctx context.Context, room int32, link types.UUID) error {
	return p.revokeLink(ctx, &roomLinks, room, link)
}

var roomLinks = linkCalls{
	primaryOp: opRoomPrimaryLink, listOp: opRoomLinks, setOp: opSetRoomLink,
	primary: func(p *Portal, c *call, room int32) (*http.Response, error) {
		return p.raw.GetRoomsPrimaryExternalLink(c, room, nil)
	},
	list: func(p *Portal, c *call, room, _ int32) (*http.Response, error) {
		return p.raw.GetRoomLinks(c, room, &api.GetRoomLinksParams{Type: Set(api.LinkTypeExternal)})
	},
	set: func(p *Portal, c *call, room int32, r linkRequest) (*http.Response, error) {
		return p.raw.SetRoomLink(c, room, nil, api.RoomLinkRequest{
			LinkID: r.id, Access: &r.access, ExpirationDate: r.expires, Internal: r.internal, Title: r.title,
			LinkType: Set(api.LinkTypeExternal), Password: r.password, DenyDownload: r.denyDownload,
		})
	},
}
