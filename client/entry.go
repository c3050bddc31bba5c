package client

import (
	"time"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// RoomType is the kind of a room.
type RoomType = api.RoomType

// The kinds of rooms.
const (
	RoomTypeFillingFormsRoom = api.RoomTypeFillingFormsRoom
	RoomTypeEditingRoom      = api.RoomTypeEditingRoom // the portal calls it a collaboration room
	RoomTypeCustomRoom       = api.RoomTypeCustomRoom
	RoomTypePublicRoom       = api.RoomTypePublicRoom
	RoomTypeVirtualDataRoom  = api.RoomTypeVirtualDataRoom
	RoomTypeAiRoom           = api.RoomTypeAiRoom
)

// Entry is what rooms, folders and files have in common, as the caller reads them. A portal leaves out what does not concern
// the caller; the field is then zero. Printing and logging it shows no secrets.
type Entry struct {
	ID    int32 // rooms and folders share their numbers; files are counted apart, so a file and a folder can have the same
	Type  FileEntryType
	Title string
	Size  int64 // of a file, in bytes
	// Access is what the portal calls the caller's access. It is also 0 for who may do everything. Security says more.
	Access FileShare
	// Security says what the caller may do, by the portal's names, such as "Read", "Create", "Download" and "Delete".
	Security map[string]bool
	Shared   bool // it has a share link
	// Key is the share key with which the caller reads the entry. It is empty for who reads it without a link.
	Key Secret
	// ShortWebURL is an address of the entry in the portal. For who reads it with a link the address has the key in it.
	ShortWebURL      Secret
	Created, Updated time.Time
}

// Folder is a room or a folder. On a portal a room is a folder with a RoomType.
type Folder struct {
	Entry

	ParentID     int32    // the folder in which it is
	RoomType     RoomType // 0 for a folder
	FilesCount   int32    // at any depth
	FoldersCount int32    // at any depth
}

// Room is a [Folder] with a RoomType.
type Room = Folder

// File is a file without its content.
type File struct {
	Entry

	FolderID int32  // the folder in which it is
	Version  int32  // counted from 1
	ViewURL  Secret // the address of its content; it can have the key of a link in it
	WebURL   Secret // the address that opens it; it can have the key of a link in it
}

// folderOf reads a room or folder of an answer. Without its number it could not be named in another call.
func (c *call) folderOf(seen *api.FolderDto) (Folder, error) {
	if seen.ID == nil {
		return Folder{}, c.missingProperty("id")
	}
	return Folder{
		Entry: Entry{
			ID: *seen.ID, Type: FileEntryTypeFolder, Title: valueOf(seen.Title), Access: valueOf(seen.Access), Security: seen.Security,
			Shared: valueOf(seen.Shared), Key: NewSecret(valueOf(seen.RequestToken)), ShortWebURL: NewSecret(valueOf(seen.ShortWebURL)),
			Created: valueOf(seen.Created), Updated: valueOf(seen.Updated),
		},
		ParentID: valueOf(seen.ParentID), RoomType: valueOf(seen.RoomType),
		FilesCount: valueOf(seen.FilesCount), FoldersCount: valueOf(seen.FoldersCount),
	}, nil
}

// fileOf reads a file of an answer.
func (c *call) fileOf(seen *api.FileDto) (File, error) {
	if seen.ID == nil {
		return File{}, c.missingProperty("id")
	}
	return File{
		Entry: Entry{
			ID: *seen.ID, Type: FileEntryTypeFile, Title: valueOf(seen.Title), Size: valueOf(seen.PureContentLength), Access: valueOf(seen.Access),
			Security: seen.Security, Shared: valueOf(seen.Shared), Key: NewSecret(valueOf(seen.RequestToken)),
			ShortWebURL: NewSecret(valueOf(seen.ShortWebURL)), Created: valueOf(seen.Created), Updated: valueOf(seen.Updated),
		},
		FolderID: valueOf(seen.FolderID), Version: valueOf(seen.Version),
		ViewURL: NewSecret(valueOf(seen.ViewURL)), WebURL: NewSecret(valueOf(seen.WebURL)),
	}, nil
}
