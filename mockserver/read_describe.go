package mockserver

import (
	"encoding/json"
	"html"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// The properties of entries as the server writes them: those of the class itself, then those of the classes that it is made from
// (FolderDto.cs, FileDto.cs, FileEntryDto.cs). The generated types cannot leave out what is null and keep what is false.

// folderDTO is FolderDto.
type folderDTO struct {
	ParentID             int       `json:"parentId"`
	FilesCount           int       `json:"filesCount"`
	FoldersCount         int       `json:"foldersCount"`
	IsShareable          bool      `json:"isShareable,omitempty"`
	New                  int       `json:"new"`
	Mute                 bool      `json:"mute"`
	Tags                 *[]string `json:"tags,omitempty"`
	Logo                 *logo     `json:"logo,omitempty"`
	Pinned               bool      `json:"pinned"`
	RoomType             int       `json:"roomType,omitempty"`
	Private              bool      `json:"private"`
	Indexing             bool      `json:"indexing"`
	DenyDownload         bool      `json:"denyDownload"`
	InRoom               *bool     `json:"inRoom,omitempty"`
	UsedSpace            *int64    `json:"usedSpace,omitempty"`
	PasswordProtected    *bool     `json:"passwordProtected,omitempty"`
	Expired              *bool     `json:"expired,omitempty"`
	FileEntryType        int       `json:"fileEntryType"`
	SaveFormAsXLSX       *bool     `json:"saveFormAsXLSX,omitempty"`
	SendFormToExternalDB *bool     `json:"sendFormToExternalDB,omitempty"`
	ID                   entryID   `json:"id"`
	RootFolderID         int       `json:"rootFolderId"`
	entryDTO                       // the rest
	IsFavorite           *bool     `json:"isFavorite,omitempty"`
}

// fileDTO is FileDto.
type fileDTO struct {
	FolderID          int       `json:"folderId"`
	Version           int       `json:"version"`
	VersionGroup      int       `json:"versionGroup"`
	ContentLength     string    `json:"contentLength"`
	PureContentLength int64     `json:"pureContentLength"`
	FileStatus        int       `json:"fileStatus"`
	EditingBy         *employee `json:"editingBy"`
	Mute              bool      `json:"mute"`
	ViewURL           string    `json:"viewUrl"`
	WebURL            string    `json:"webUrl"`
	FileType          int       `json:"fileType"`
	FileExst          string    `json:"fileExst"`
	ThumbnailStatus   int       `json:"thumbnailStatus"`
	FormFillingStatus int       `json:"formFillingStatus"`
	ViewAccessibility flags     `json:"viewAccessibility"`
	LastOpened        string    `json:"lastOpened,omitempty"`
	FileEntryType     int       `json:"fileEntryType"`
	ID                entryID   `json:"id"`
	RootFolderID      int       `json:"rootFolderId"`
	OriginID          *int      `json:"originId,omitempty"`
	OriginRoomID      *int      `json:"originRoomId,omitempty"`
	OriginTitle       string    `json:"originTitle,omitempty"`
	OriginRoomTitle   string    `json:"originRoomTitle,omitempty"`
	entryDTO
}

// entryDTO is what folders and files have in common.
type entryDTO struct {
	CanShare             bool           `json:"canShare"`
	ShareSettings        *shareSettings `json:"shareSettings,omitempty"`
	Security             flags          `json:"security"`
	AvailableShareRights shareRights    `json:"availableShareRights"`
	RequestToken         string         `json:"requestToken,omitempty"`
	External             *bool          `json:"external,omitempty"`
	ExpirationDate       string         `json:"expirationDate,omitempty"`
	IsLinkExpired        *bool          `json:"isLinkExpired,omitempty"`
	Title                string         `json:"title"`
	Access               int            `json:"access"`
	SharedBy             *employee      `json:"sharedBy,omitempty"`
	OwnedBy              *employee      `json:"ownedBy,omitempty"`
	Shared               bool           `json:"shared"`
	SharedForUser        bool           `json:"sharedForUser"`
	SharedExternal       bool           `json:"sharedExternal"`
	ParentShared         bool           `json:"parentShared"`
	ShortWebURL          string         `json:"shortWebUrl"`
	Created              string         `json:"created"`
	CreatedBy            *employee      `json:"createdBy,omitempty"`
	Updated              string         `json:"updated"`
	AutoDelete           string         `json:"autoDelete,omitempty"`
	RootFolderType       int            `json:"rootFolderType"`
	ParentRoomType       int            `json:"parentRoomType,omitempty"`
	UpdatedBy            *employee      `json:"updatedBy,omitempty"`
}

// logo is LogoDto of a room without a picture.
type logo struct {
	Original string `json:"original"`
	Large    string `json:"large"`
	Medium   string `json:"medium"`
	Small    string `json:"small"`
	Color    string `json:"color"`
}

// employee is EmployeeDto. The zero value is nobody.
type employee struct {
	ID             string `json:"id,omitempty"`
	DisplayName    string `json:"displayName,omitempty"`
	Avatar         string `json:"avatar,omitempty"`
	AvatarOriginal string `json:"avatarOriginal,omitempty"`
	AvatarMax      string `json:"avatarMax,omitempty"`
	AvatarMedium   string `json:"avatarMedium,omitempty"`
	AvatarSmall    string `json:"avatarSmall,omitempty"`
	ProfileURL     string `json:"profileUrl,omitempty"`
	HasAvatar      *bool  `json:"hasAvatar,omitempty"`
	IsAnonim       *bool  `json:"isAnonim,omitempty"`
}

// entryID is the ID of an entry: a number, or the text of an entry that a portal file has given no number.
type entryID string

// MarshalJSON writes a number as one.
func (id entryID) MarshalJSON() ([]byte, error) {
	if n, ok := dotnet.ParseInt32(string(id)); ok && strconv.Itoa(n) == string(id) {
		return []byte(id), nil
	}
	return json.Marshal(string(id))
}

func (id entryID) number() int {
	n, _ := dotnet.ParseInt32(string(id))
	return n
}

// What a portal file does not say of entries. Every entry has the time, and no file has anything in it.
var (
	entryTime   = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	keptInTrash = 30 * 24 * time.Hour // as long as automaticallyCleanUp of the settings says
	roomColours = []string{"5CC3F7", "FF8F40", "FF6680", "61C059", "7757D9", "F2D230", "B679F2"}
)

// avatarHash is in the addresses of pictures. A portal counts it from the time of the person's last change.
const avatarHash = "1396803874"

// form is where an entry is described, because some properties depend on it.
type form int

const (
	formSingle  form = iota // the call for this entry
	formCurrent             // the folder of a list
	formListed              // in a list
	formNew                 // just made
)

// The sections of a portal as folders (FolderType). The numbers were recorded.
type sectionFolder struct {
	id, folderType int
	title          string
}

var sectionFolders = map[Section]sectionFolder{
	SectionRooms:     {1, 14, "Rooms"},
	SectionDocuments: {10, 5, "My documents"},
	SectionTrash:     {11, 3, "Trash"},
	SectionArchive:   {16, 20, "Archive"},
}

// sharedWithMe is where entries are for visitors of a link who may not read what they are in.
var sharedWithMe = sectionFolder{4, 6, "Shared with me"}

// sectionFolder is a section as a folder. A room or folder of a portal file may have its number.
func (s *state) sectionFolder(section Section) sectionFolder { return s.free(sectionFolders[section]) }

func (s *state) free(f sectionFolder) sectionFolder {
	if s.entries.inSpace(strconv.Itoa(f.id), false) != nil {
		f.id = 1<<31 - f.id
	}
	return f
}

// folderTypeOf is the FolderType of a kind of room.
func folderTypeOf(roomType int) int {
	return map[int]int{roomForm: 15, roomCollaboration: 16, roomCustom: 19, roomPublic: 22, roomData: 29, roomAI: 31}[roomType]
}

// describeFolder describes a room or folder.
func (r reader) describeFolder(d reading, as form) folderDTO {
	e, s := d.place.entry, r.state
	inside := s.tree.of(e)
	f := folderDTO{
		FilesCount: inside.allFiles, FoldersCount: inside.allFolders,
		FileEntryType: 1, ID: entryID(e.ID), RootFolderID: s.sectionFolder(d.place.section).id, entryDTO: r.describeEntry(d, as),
	}
	f.ParentID = r.parentID(d)
	if d.countsNew() {
		f.New = s.tree.countFiles(e, r.isNew)
	}
	f.IsShareable = as == formCurrent && f.CanShare
	no := new(bool)
	if d.place.isRoom() {
		f.Tags, f.RoomType = &[]string{}, d.place.roomType
		f.Logo = &logo{Color: roomColours[max(0, f.ID.number())%len(roomColours)]}
		inRoom := d.inRoom()
		f.InRoom = &inRoom
		if d.maker || d.manages() || d.admin && d.place.section == SectionArchive {
			f.UsedSpace = new(int64)
		}
		if d.place.roomType == roomForm {
			f.SaveFormAsXLSX, f.SendFormToExternalDB = no, no
		}
	}
	if d.link != nil {
		f.PasswordProtected, f.Expired = no, no
	}
	if as == formSingle {
		f.IsFavorite = no
	}
	isRoom := d.place.isRoom()
	switch {
	case isRoom && r.caller != nil && d.shareReader() && !d.admin:
		f.SharedBy, f.OwnedBy = r.employee(e.CreatedBy), r.employee(e.CreatedBy)
	case !isRoom && d.place.room != nil && d.shareReader() && !d.admin:
		f.OwnedBy = r.employee(e.CreatedBy) // also for callers without an account (recorded: VN197)
	case !isRoom && r.caller != nil && d.shareReader():
		f.SharedBy, f.OwnedBy = r.employee(e.CreatedBy), r.employee(e.CreatedBy)
	}
	if isRoom && as != formCurrent {
		f.ParentRoomType = 0
	}
	return f
}

// describeFile describes a file.
func (r reader) describeFile(d reading, as form) fileDTO {
	e, s := d.place.entry, r.state
	f := fileDTO{
		Version: 1, VersionGroup: 1, ContentLength: "0 bytes", EditingBy: &employee{},
		FileExst: strings.ToLower(path.Ext(e.Title)), FileEntryType: 2,
		ID: entryID(e.ID), RootFolderID: s.sectionFolder(d.place.section).id, entryDTO: r.describeEntry(d, as),
	}
	f.FolderID = r.parentID(d)
	f.FileType, f.ViewAccessibility = fileType(f.FileExst), viewAccessibility(f.FileExst)
	if d.countsNew() && r.isNew(e) {
		f.FileStatus = 2
	}
	share := ""
	if d.link != nil {
		share = "&share=" + d.link.Key
	}
	f.ViewURL = r.pageAddress("filehandler.ashx?action=download&fileid=" + e.ID + share)
	f.WebURL = r.pageAddress("doceditor?fileid=" + e.ID + "&version=1" + share)
	parent := s.above(e)
	inRoom := parent != nil && parent.Type == EntryRoom
	if as == formSingle {
		f.addOrigin(s, d, r.fields() != nil)
		if d.maker {
			f.LastOpened = dotnet.FormatTime(entryTime)
		}
	}
	if r.caller != nil && d.shareReader() && !d.admin {
		f.OwnedBy = r.employee(e.CreatedBy)
		if as == formListed && inRoom || d.place.room == nil {
			f.SharedBy = r.employee(e.CreatedBy)
		}
	}
	if as == formListed && inRoom && d.link != nil {
		yes := true
		f.External = &yes // recorded: VN165, but not VN213
	}
	return f
}

// addOrigin says in what the file is. Numbers that are 0 are left out, but not when fields picks them (FileEntryDto.cs).
func (f *fileDTO) addOrigin(s *state, d reading, always bool) {
	e := d.place.entry
	origin, section := 0, s.sectionFolder(d.place.section)
	switch parent := s.above(e); {
	case parent == nil && d.place.section != SectionRooms:
		origin, f.OriginTitle = section.id, section.title
	case parent != nil && parent.Type != EntryRoom:
		origin, f.OriginTitle = entryID(parent.ID).number(), parent.Title
	}
	room := 0
	if d.place.room != nil {
		room, f.OriginRoomTitle = entryID(d.place.room.ID).number(), d.place.room.Title
	}
	if origin != 0 || always {
		f.OriginID = &origin
	}
	if room != 0 || always {
		f.OriginRoomID = &room
	}
}

// describeEntry describes what rooms, folders and files have in common.
func (r reader) describeEntry(d reading, as form) entryDTO {
	e, s := d.place.entry, r.state
	section := s.sectionFolder(d.place.section)
	dto := entryDTO{
		CanShare: d.maySetLinks(), ShareSettings: d.shareSettings(), AvailableShareRights: d.shareRights(),
		Title: e.Title, Access: d.access(), SharedForUser: len(e.Members) > 0, ParentShared: d.parentShared,
		Created: dotnet.FormatTime(entryTime), Updated: dotnet.FormatTime(entryTime), RootFolderType: section.folderType,
	}
	links := s.externalLinks(e)
	dto.Shared, dto.SharedExternal = len(links) > 0 || d.parentShared, len(links) > 0 && !links[0].Internal
	dto.Security = d.security(len(links) > 0)
	if d.link != nil {
		no, linked := false, d.linked
		dto.RequestToken, dto.External, dto.IsLinkExpired = d.link.Key, &linked, &no
		dto.ShortWebURL = r.shortened(d.link.Key)
		if !d.linked {
			dto.ShortWebURL = r.shortened(d.link.Key + "/" + e.fullName())
		}
		if !d.link.Expires.IsZero() {
			dto.ExpirationDate = dotnet.FormatTime(d.link.Expires)
		}
		if !d.parent {
			dto.RootFolderType = sharedWithMe.folderType
		}
	}
	if r.caller != nil {
		dto.CreatedBy = r.employee(e.CreatedBy)
		dto.UpdatedBy = dto.CreatedBy
		if d.maker && d.place.section == SectionTrash {
			dto.AutoDelete = dotnet.FormatTime(entryTime.Add(keptInTrash))
		}
	}
	if d.place.room != nil {
		dto.ParentRoomType = folderTypeOf(d.place.roomType)
	}
	return dto
}

// parentID is the number of the folder in which the entry is, as the caller is told.
func (r reader) parentID(d reading) int {
	s := r.state
	parent := s.above(d.place.entry)
	switch {
	case !d.parent:
		return s.free(sharedWithMe).id
	case parent == nil:
		return s.sectionFolder(d.place.section).id
	default:
		return entryID(parent.ID).number()
	}
}

// externalLinks are the share links of an entry, in the order of the server's table.
func (s *state) externalLinks(e *Entry) []*Link {
	links := make([]*Link, 0, len(s.linksByEntry[e]))
	for _, link := range s.linksByEntry[e] {
		if !link.Invitation {
			links = append(links, link)
		}
	}
	slices.SortFunc(links, func(a, b *Link) int { return strings.Compare(a.ID, b.ID) })
	return links
}

// countsNew says whether files can be new to the caller, as they are to members.
func (d reading) countsNew() bool { return d.member != nil && !d.maker }

// isNew says whether somebody else made the file. The fake does not remember who has opened it.
func (r reader) isNew(file *Entry) bool { return !strings.EqualFold(file.CreatedBy, r.caller.Email) }

// employee describes a person.
func (r reader) employee(email string) *employee {
	u := r.state.usersByEmail[strings.ToLower(email)]
	no := new(bool)
	if u == nil {
		return &employee{ID: uuid.Nil.String(), HasAvatar: no, IsAnonim: no}
	}
	name, _, _ := strings.Cut(u.Email, "@")
	avatar := func(size string) string {
		return "/static/images/default_user_photo_size_" + size + ".png?hash=" + avatarHash
	}
	return &employee{
		ID: u.ID, DisplayName: html.EscapeString(name),
		Avatar: avatar("82-82"), AvatarOriginal: avatar("200-200"), AvatarMax: avatar("200-200"), AvatarMedium: avatar("48-48"), AvatarSmall: avatar("32-32"),
		ProfileURL: r.pageAddress("accounts/people/filter?search=" + url.QueryEscape(u.Email)), HasAvatar: no, IsAnonim: no,
	}
}

// fileType is the FileType of an extension.
func fileType(extension string) int {
	if extension == ".pdf" {
		return 10
	}
	for _, kind := range []struct {
		list     string
		fileType int
	}{
		{"extsDocument", 7}, {"extsSpreadsheet", 5}, {"extsPresentation", 6}, {"extsImage", 4}, {"extsAudio", 3}, {"extsVideo", 2},
		{"extsArchive", 1}, {"extsDiagram", 11},
	} {
		if slices.Contains(fileFormats()[kind.list], extension) {
			return kind.fileType
		}
	}
	return 0
}

var viewActions = []string{
	"ImageView", "MediaView", "WebView", "WebEdit", "WebReview", "WebCustomFilterEditing", "WebRestrictedEditing", "WebComment", "CanConvert", "MustConvert",
}

// viewAccessibility is what a browser can do with a file.
func viewAccessibility(extension string) flags {
	on := rights{}
	for i, list := range []string{
		"extsImagePreviewed", "extsMediaPreviewed", "extsWebPreviewed", "extsWebEdited", "extsWebReviewed", "extsWebCustomFilterEditing",
		"extsWebRestrictedEditing", "extsWebCommented", "extsConvertible", "extsMustConvert",
	} {
		on[viewActions[i]] = slices.Contains(fileFormats()[list], extension)
	}
	return flags{names: viewActions, on: []rights{on}}
}
