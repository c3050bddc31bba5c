package mockserver

import (
	"cmp"
	"time"
)

// Link is a share link, or an invitation to a room.
type Link struct {
	Key      string    `json:"key"`                              // 1 to 255 characters; "" makes one like a real requestToken
	ID       string    `json:"id"`                               // GUID; "" makes a new one
	Entry    string    `json:"entry"`                            // name of an [Entry]; "" is the first one; an unknown name is a deleted entry
	Password string    `json:"password,omitzero" strict:"empty"` // "" is none
	Expires  time.Time `json:"expires,omitzero"`                 // zero is never
	Internal bool      `json:"internal"`                         // only people with an account may use it

	// The calls that open a link look only at Invitation. The calls about links of rooms, folders and files answer all of these.
	Title        string `json:"title,omitzero" strict:"empty"` // "" is the usual one, such as Shared link
	Access       int    `json:"access,omitzero"`               // of FileShare: 2 Read, 5 Review, 6 Comment, 7 FillForms or 10 Editing; also 9 and 11 of an invitation; 0 is 2
	Primary      bool   `json:"primary,omitzero"`
	DenyDownload bool   `json:"denyDownload,omitzero"`
	Invitation   bool   `json:"invitation,omitzero"` // invites people to the room; no key opens it
	MaxUses      int    `json:"maxUses,omitzero"`    // of an invitation, 1 to 1000; 0 is any number
}

// expired says whether the link is over. At its very time it is not.
func (l *Link) expired(now time.Time) bool { return !l.Expires.IsZero() && l.Expires.Before(now) }

// access is what the link allows.
func (l *Link) access() int { return cmp.Or(l.Access, accessRead) }
