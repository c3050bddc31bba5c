package mockserver

import (
	"time"
)

// Link is an external share link.
type Link struct {
	Key      string    `json:"key"`                              // any text of 1 to 255 characters, minted like a real requestToken when left out
	ID       string    `json:"id"`                               // GUID, minted when left out
	Entry    string    `json:"entry"`                            // id of an entry, the portal's first when left out; one that is not there counts as deleted
	Password string    `json:"password,omitzero" strict:"empty"` // "" is none
	Expires  time.Time `json:"expires,omitzero"`                 // zero is never
	Internal bool      `json:"internal"`                         // only for people with an account
}
