package client

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/oapi-codegen/runtime/types"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// ExternalShareStatus says whether a share link is open, and if not, why.
type ExternalShareStatus = api.ExternalShareStatus

// The statuses of a share link. A portal may answer with others, see [ErrUnknownStatus].
const (
	ExternalShareStatusOk                   = api.ExternalShareStatusOk                   // the link is open
	ExternalShareStatusInvalid              = api.ExternalShareStatusInvalid              // there is no such link, or its entry is gone
	ExternalShareStatusExpired              = api.ExternalShareStatusExpired              // the link has expired
	ExternalShareStatusRequiredPassword     = api.ExternalShareStatusRequiredPassword     // the link has a password, and none was sent
	ExternalShareStatusInvalidPassword      = api.ExternalShareStatusInvalidPassword      // the password is wrong
	ExternalShareStatusExternalAccessDenied = api.ExternalShareStatusExternalAccessDenied // the link is not for this caller, or external sharing is off
)

// FileEntryType is the kind of an entry.
type FileEntryType = api.FileEntryType

// The kinds of entries.
const (
	FileEntryTypeFolder = api.FileEntryTypeFolder // a folder or a room, see ExternalShare.IsRoom
	FileEntryTypeFile   = api.FileEntryTypeFile   // a file
)

// ExternalShare is the answer to a share key or a password: whether a share link is open, and which entry it opens. An entry
// is a file, a folder or a room. A portal tells little about the entry while the link is not open.
type ExternalShare struct {
	// Status says whether the link is open, and if not, why.
	Status ExternalShareStatus `json:"status"`
	// ID is the id of the entry: a number in decimal digits, or the text that a storage of a third party uses. It is nil when
	// the portal does not tell it.
	ID *string `json:"id,omitempty"`
	// Title is the name of the entry. It is nil when the portal does not tell it.
	Title *string `json:"title,omitempty"`
	// Type is the kind of the entry. It is nil when the portal does not tell it.
	Type *FileEntryType `json:"type,omitempty"`
	// TenantID is the number of the portal. It is 0 unless the link is open.
	TenantID int32 `json:"tenantId"`
	// EntityID is the id of the entry within the link's own entry that [WithFile] or [WithFolder] has asked for. It is nil
	// without them.
	EntityID *string `json:"entityId,omitempty"`
	// EntityTitle is the name of the entry with EntityID.
	EntityTitle *string `json:"entityTitle,omitempty"`
	// EntityType is the kind of the entry with EntityID.
	EntityType *FileEntryType `json:"entityType,omitempty"`
	// IsRoom says whether the entry is a room. It is nil for a file.
	IsRoom *bool `json:"isRoom,omitempty"`
	// Shared says that the caller has an account, and that the portal now lists the entry for this account.
	Shared bool `json:"shared"`
	// LinkID is the id of the link, which is not its key. All its digits are zero unless the link is open.
	LinkID types.UUID `json:"linkId"`
	// IsAuthenticated says that the request came from an account. It says nothing about the account's rights.
	IsAuthenticated bool `json:"isAuthenticated"`
	// IsRoomMember says that the caller has rights to the room without the link.
	IsRoomMember bool `json:"isRoomMember"`

	// Extra holds the properties that this version does not know, as JSON by name. It is nil when there are none.
	Extra map[string]json.RawMessage `json:"-"`
}

// String names what the portal has told. Of Extra it says how many there are.
func (s ExternalShare) String() string {
	parts := []string{fmt.Sprintf("status %d", s.Status)}
	note := func(told bool, format string, value any) {
		if told {
			parts = append(parts, fmt.Sprintf(format, value))
		}
	}
	note(s.ID != nil, "id %q", valueOf(s.ID))
	note(s.Title != nil, "title %q", valueOf(s.Title))
	note(s.Type != nil, "type %d", valueOf(s.Type))
	note(s.EntityID != nil, "entityId %q", valueOf(s.EntityID))
	note(s.EntityTitle != nil, "entityTitle %q", valueOf(s.EntityTitle))
	note(s.EntityType != nil, "entityType %d", valueOf(s.EntityType))
	note(s.LinkID != types.UUID{}, "linkId %s", s.LinkID)
	for _, flag := range []struct {
		name string
		on   bool
	}{{"isRoom", valueOf(s.IsRoom)}, {"shared", s.Shared}, {"isAuthenticated", s.IsAuthenticated}, {"isRoomMember", s.IsRoomMember}} {
		note(flag.on, "%s", flag.name)
	}
	note(len(s.Extra) > 0, "%d more", len(s.Extra))
	return strings.Join(parts, ", ")
}

// GoString is [ExternalShare.String], so that %#v shows no addresses in memory.
func (s ExternalShare) GoString() string { return "client.ExternalShare{" + s.String() + "}" }

// shareAnswer is an ExternalShare in which a missing status differs from 0, which means that the link is open.
type shareAnswer struct {
	api.ExternalShareDto
	Seen *ExternalShareStatus `json:"status"` // hides the status of the embedded struct
}

// outcome gives the share, and a *LinkError when the link is not open.
func (a *shareAnswer) outcome(c *call, body []byte) (*ExternalShare, error) {
	if a.Seen == nil {
		return nil, c.missingProperty("status")
	}
	share := &ExternalShare{
		Status: *a.Seen, ID: a.ID, Title: a.Title, Type: a.Type, TenantID: a.TenantID,
		EntityID: a.EntityID, EntityTitle: a.EntityTitle, EntityType: (*FileEntryType)(a.EntityType), IsRoom: a.IsRoom,
		Shared: a.Shared, LinkID: a.LinkID, IsAuthenticated: a.IsAuthenticated, IsRoomMember: a.IsRoomMember,
		Extra: unknownOf[api.ExternalShareDto](body),
	}
	if share.Status != ExternalShareStatusOk {
		return share, &LinkError{Operation: c.operation, Status: share.Status, Share: share}
	}
	return share, nil
}
