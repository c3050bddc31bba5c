package mockserver

import (
	"time"
)

// Link is an external share link.
type Link struct {
	Key      string    `json:"key"`                              // 1 to 255 characters; "" makes one like a real requestToken
	ID       string    `json:"id"`                               // GUID; "" makes a new one
	Entry    string    `json:"entry"`                            // name of an [Entry]; "" is the first one; an unknown name is a deleted entry
	Password string    `json:"password,omitzero" strict:"empty"` // "" is none
	Expires  time.Time `json:"expires,omitzero"`                 // zero is never
	Internal bool      `json:"internal"`                         // only people with an account may use it

	// The four calls do not depend on these.
	Title        string `json:"title,omitzero" strict:"empty"`
	Access       int    `json:"access,omitzero"` // of FileShare: 2 Read, 5 Review, 6 Comment, 7 FillForms or 10 Editing; 0 is 2
	Primary      bool   `json:"primary,omitzero"`
	DenyDownload bool   `json:"denyDownload,omitzero"`
}

// expired says whether the link is over. At its very time it is not.
func (l *Link) expired(now time.Time) bool { return !l.Expires.IsZero() && l.Expires.Before(now) }
