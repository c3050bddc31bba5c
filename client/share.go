package client

import (
	"encoding/json"

	"github.com/oapi-codegen/runtime/types"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// ExternalShareStatus says whether a share link is open, and if not, why.
type ExternalShareStatus = api.ExternalShareStatus

// The statuses of a share link. A portal may answer with others, see [ErrUnknownStatus].
const (
	ExternalShareStatusOk                   = api.ExternalShareStatusOk                   // open
	ExternalShareStatusInvalid              = api.ExternalShareStatusInvalid              // no such link, or its entry is gone
	ExternalShareStatusExpired              = api.ExternalShareStatusExpired              // its time is over
	ExternalShareStatusRequiredPassword     = api.ExternalShareStatusRequiredPassword     // it has a password, and none was sent
	ExternalShareStatusInvalidPassword      = api.ExternalShareStatusInvalidPassword      // the password is wrong
	ExternalShareStatusExternalAccessDenied = api.ExternalShareStatusExternalAccessDenied // not for this caller, or sharing is off
)

// FileEntryType is the kind of an entry.
type FileEntryType = api.FileEntryType

// The kinds of entries.
const (
	FileEntryTypeFolder = api.FileEntryTypeFolder // a folder or a room, see ExternalShare.IsRoom
	FileEntryTypeFile   = api.FileEntryTypeFile
)

// ExternalShare is what a share link leads to, see [Portal.ApplyExternalSharePassword]. As long as the link is not open, a portal
// tells little of it: what is then nil or zero says so.
type ExternalShare struct {
	Status          ExternalShareStatus `json:"status"`                // whether the link is open
	ID              *string             `json:"id,omitempty"`          // of the entry, a number in decimal digits or the id of a third party; nil when it is not told
	Title           *string             `json:"title,omitempty"`       // of the entry; nil when it is not told
	Type            *FileEntryType      `json:"type,omitempty"`        // of the entry; nil when it is not told
	TenantID        int32               `json:"tenantId"`              // of the portal; 0 unless the link is open
	EntityID        *string             `json:"entityId,omitempty"`    // of an entry beneath the link's own; never sent by the password call
	EntityTitle     *string             `json:"entityTitle,omitempty"` // of that entry
	EntityType      *FileEntryType      `json:"entityType,omitempty"`  // of that entry
	IsRoom          *bool               `json:"isRoom,omitempty"`      // whether the entry is a room; nil for a file
	Shared          bool                `json:"shared"`                // the entry is now in the lists of the caller, who has an account
	LinkID          types.UUID          `json:"linkId"`                // of the link; all zeros unless the link is open
	IsAuthenticated bool                `json:"isAuthenticated"`       // the request came from an account; that says nothing about rights
	IsRoomMember    bool                `json:"isRoomMember"`          // the caller has rights to the room without the link

	// Extra holds the properties that this version does not know, as JSON by name; nil when there are none.
	Extra map[string]json.RawMessage `json:"-"`
}

// shareAnswer tells a missing status from 0, which would mean that the link is open.
type shareAnswer struct {
	api.ExternalShareDto
	Seen *ExternalShareStatus `json:"status"` // takes the place of the embedded one
}

func (a *shareAnswer) outcome(c *call, body []byte) (*ExternalShare, error) {
	if a.Seen == nil {
		return nil, &Error{
			Operation: c.operation, StatusCode: 200, Attempts: c.attempt, kinds: []error{ErrMalformedResponse},
			detail: "property response.status is missing",
		}
	}
	share := &ExternalShare{
		Status: *a.Seen, ID: a.ID, Title: a.Title, Type: a.Type, TenantID: a.TenantID,
		EntityID: a.EntityID, EntityTitle: a.EntityTitle, EntityType: (*FileEntryType)(a.EntityType), IsRoom: a.IsRoom,
		Shared: a.Shared, LinkID: a.LinkID, IsAuthenticated: a.IsAuthenticated, IsRoomMember: a.IsRoomMember,
		Extra: unknownOf[api.ExternalShareDto](body),
	}
	if share.Status != ExternalShareStatusOk {
		return share, &LinkError{Status: share.Status, Share: share}
	}
	return share, nil
}
