package client

import (
	"time"

	"github.com/oapi-codegen/runtime/types"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// FileShare is what a link allows.
type FileShare = api.FileShare

// What a link can allow. Which of these an entry takes depends on the room and on the format of the file.
const (
	FileShareRead      = api.FileShareRead
	FileShareComment   = api.FileShareComment
	FileShareReview    = api.FileShareReview
	FileShareFillForms = api.FileShareFillForms
	FileShareEditing   = api.FileShareEditing
)

// Link is a share link of a room, a file or a folder. Invitations are none. Printing and logging it shows no secrets.
type Link struct {
	ID     types.UUID // which is not its key
	Title  string
	Access FileShare // what the link allows
	// Key is the share key, for [Visitor.Open] and [Visitor.Unlock]. It is empty where the portal does not tell it.
	Key Secret
	// ShareLink is the address to hand out. It opens the link as the key does, so it is a secret too.
	ShareLink Secret
	// Password is empty when the link has none, or when the portal does not tell it.
	Password     Secret
	Expires      time.Time // when the link ends; zero is never
	Internal     bool      // only people with an account may use the link
	DenyDownload bool      // what the link opens cannot be downloaded
	Primary      bool      // the link that the portal shows first
	Expired      bool      // the link has ended

	// What the caller may change. CanEditAccess is false on every link, and CanRevoke on most links that can be revoked.

	CanEditAccess         bool
	CanEditInternal       bool
	CanEditDenyDownload   bool
	CanEditExpirationDate bool
	CanRevoke             bool // revoking the link makes another one in its place
}

// linkOf reads the link of an answer. Without its id and access a link could not be changed and keep what it has.
func (c *call) linkOf(seen *api.FileShareDto) (Link, error) {
	shown := seen.SharedLink
	if shown == nil {
		shown = seen.SharedTo // the older name of the same
	}
	switch {
	case shown == nil:
		return Link{}, c.missingProperty("sharedLink")
	case shown.ID == nil:
		return Link{}, c.missingProperty("sharedLink.id")
	case seen.Access == nil:
		return Link{}, c.missingProperty("access")
	}
	return Link{
		ID: *shown.ID, Title: valueOf(shown.Title), Access: *seen.Access,
		Key: NewSecret(valueOf(shown.RequestToken)), ShareLink: NewSecret(valueOf(shown.ShareLink)), Password: NewSecret(valueOf(shown.Password)),
		Expires: valueOf(shown.ExpirationDate), Internal: valueOf(shown.Internal), DenyDownload: valueOf(shown.DenyDownload),
		Primary: valueOf(shown.Primary), Expired: valueOf(shown.IsExpired),
		CanEditAccess: valueOf(seen.CanEditAccess), CanEditInternal: valueOf(seen.CanEditInternal), CanEditDenyDownload: valueOf(seen.CanEditDenyDownload),
		CanEditExpirationDate: valueOf(seen.CanEditExpirationDate), CanRevoke: valueOf(seen.CanRevoke),
	}, nil
}

// valueOf gives the zero value for a property that was left out.
func valueOf[T any](property *T) T {
	if property == nil {
		var zero T
		return zero
	}
	return *property
}
