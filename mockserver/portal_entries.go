package mockserver

// EntryType is the kind of an entry.
type EntryType string

// The kinds of entries. A room is a folder for the API.
const (
	EntryRoom   EntryType = "room"
	EntryFolder EntryType = "folder"
	EntryFile   EntryType = "file"
)

// Section is the part of the portal where an entry is.
type Section string

// The sections of a portal.
const (
	SectionRooms     Section = "rooms"
	SectionDocuments Section = "documents"
	SectionTrash     Section = "trash"
	SectionArchive   Section = "archive"
)

// Entry is a room, folder or file that links lead to.
type Entry struct {
	ID        string    `json:"id"`
	Title     string    `json:"title" strict:"empty"`
	Type      EntryType `json:"type"`
	Section   Section   `json:"section"`            // left out: rooms for a room, documents for the rest
	CreatedBy string    `json:"createdBy,omitzero"` // e-mail address
	Members   []string  `json:"members,omitzero"`   // e-mail addresses
}
