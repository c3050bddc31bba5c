package mockserver

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

// Entry is a room, folder or file. Links lead to entries.
type Entry struct {
	ID        string    `json:"id"` // 1 to 255 characters
	Title     string    `json:"title" strict:"empty"`
	Type      EntryType `json:"type"`
	Section   Section   `json:"section"`            // "" is SectionRooms for a room, SectionDocuments for a folder or file
	CreatedBy string    `json:"createdBy,omitzero"` // e-mail address of a user; "" is nobody
	Members   []string  `json:"members,omitzero"`   // e-mail addresses of users
}
