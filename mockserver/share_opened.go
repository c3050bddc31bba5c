package mockserver

import "sync"

// openedLinks remembers which link of an entry each person has opened last. People with an account keep reading what they have
// opened (FileSecurity.cs; recorded: VD209). Only the last link of an entry counts.
type openedLinks struct {
	mu   sync.Mutex
	byID map[openedID]string // ID of the link
}

type openedID struct{ user, entry string }

func newOpenedLinks() *openedLinks { return &openedLinks{byID: map[openedID]string{}} }

// add remembers that a person has opened a link of an entry.
func (o *openedLinks) add(u *User, e *Entry, linkID string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	id := openedID{u.ID, e.fullName()}
	if _, known := o.byID[id]; !known && len(o.byID) >= maxCallers {
		forgetOne(o.byID)
	}
	o.byID[id] = linkID
}

// last is the ID of the link of an entry that a person has opened last, "" when there is none.
func (o *openedLinks) last(u *User, e *Entry) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.byID[openedID{u.ID, e.fullName()}]
}
