package mockserver

import "github.com/mock-docspace/mock-docspace/mockserver/internal/member"

// EntryType is the kind of an [Entry].
type EntryType string

// The kinds of entries. In the calls of DocSpace a room is a folder too.
const (
	EntryRoom   EntryType = "room"
	EntryFolder EntryType = "folder"
	EntryFile   EntryType = "file"
)

// Section is the part of the portal in which an [Entry] is.
type Section string

// The sections of a portal.
const (
	SectionRooms     Section = "rooms"
	SectionDocuments Section = "documents"
	SectionTrash     Section = "trash"
	SectionArchive   Section = "archive"
)

// Member is a user with rights to an [Entry].
type Member = member.Member

// ParentMy is the parent of what is in the personal documents of its maker.
const ParentMy = "my"

// Entry is a room, folder or file. Links lead to entries.
//
// Rooms and folders share one space of IDs, and files have another. So a room and a file can have the same ID. The name of an
// entry is its type and ID, such as room/2 or file/2, or its ID alone where only one entry has it.
type Entry struct {
	ID        string    `json:"id"` // 1 to 255 characters
	Title     string    `json:"title" strict:"empty"`
	Type      EntryType `json:"type"`
	RoomType  int       `json:"roomType,omitzero"`  // of a room: 1 form filling, 2 collaboration, 5 custom, 6 public, 8 data, 9 AI; 0 was not said
	Parent    string    `json:"parent,omitzero"`    // name of a room or folder, or [ParentMy]; "" is none, and always that of a room
	Section   Section   `json:"section,omitzero"`   // "" is that of the parent; without one SectionRooms for a room, SectionDocuments for a folder or file
	CreatedBy string    `json:"createdBy,omitzero"` // e-mail address of a user; "" is nobody
	Members   []Member  `json:"members,omitzero"`

	PrimaryRevoked bool `json:"primaryRevoked,omitzero"` // its primary link was revoked; only profile documented remembers it
}
