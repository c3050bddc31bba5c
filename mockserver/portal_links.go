package mockserver

import (
	"time"
)

// Link is an external share link.
type Link struct {
	Key      string    `json:"key"`                              // 1 to 255 characters; "" makes one like a real requestToken
	ID       string    `json:"id"`                               // GUID; "" makes a new one
	Entry    string    `json:"entry"`                            // ID of an entry; "" is the first one; an unknown ID is a deleted entry
	Password string    `json:"password,omitzero" strict:"empty"` // "" is none
	Expires  time.Time `json:"expires,omitzero"`                 // zero is never
	Internal bool      `json:"internal"`                         // only people with an account may use it
}
