package mockserver

import (
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

// The properties of entries have the server's order: those of the class itself, then those of the classes that it is made from
// (FolderDto.cs, FileDto.cs, FileEntryDto.cs, FileEntryBaseDto.cs).

// appendFolder appends a room or folder as FolderDto.
func (r reader) appendFolder(b []byte, d reading, as form) []byte {
	e, s := d.place.entry, r.state
	inside, isRoom := s.tree.of(e), d.place.isRoom()
	w := appendObject(b)
	w.int("parentId", r.parentID(d))
	w.int("filesCount", inside.allFiles)
	w.int("foldersCount", inside.allFolders)
	if as == formCurrent && d.maySetLinks() {
		w.bool("isShareable", true)
	}
	w.int("new", r.newFiles(d))
	w.bool("mute", false)
	if isRoom {
		w.texts("tags", nil)
		w.raw("logo", logoOf(e))
	}
	w.bool("pinned", false)
	if isRoom {
		w.int("roomType", d.place.roomType)
	}
	w.bool("private", false)
	w.bool("indexing", false)
	w.bool("denyDownload", false)
	if isRoom {
		w.bool("inRoom", d.inRoom())
		if d.manages() || d.admin && d.place.section == SectionArchive {
			w.int("usedSpace", 0)
		}
	}
	if d.link != nil {
		w.bool("passwordProtected", false)
		w.bool("expired", false)
	}
	w.int("fileEntryType", 1)
	if isRoom && d.place.roomType == roomForm {
		w.bool("saveFormAsXLSX", false)
		w.bool("sendFormToExternalDB", false)
	}
	r.writeNumbers(&w, d)
	r.writeEntry(&w, d, as)
	if as == formSingle {
		w.bool("isFavorite", false)
	}
	return w.end()
}

// appendFile appends a file as FileDto.
func (r reader) appendFile(b []byte, d reading, as form) []byte {
	e := d.place.entry
	extension := strings.ToLower(path.Ext(e.Title))
	share := ""
	if d.link != nil {
		share = "&share=" + d.link.Key
	}
	w := appendObject(b)
	w.int("folderId", r.parentID(d))
	w.int("version", 1)
	w.int("versionGroup", 1)
	w.text("contentLength", "0 bytes")
	w.int("pureContentLength", 0)
	w.int("fileStatus", r.fileStatus(d))
	w.raw("editingBy", []byte("{}"))
	w.bool("mute", false)
	w.text("viewUrl", r.pages+"filehandler.ashx?action=download&fileid="+e.ID+share)
	w.text("webUrl", r.pages+"doceditor?fileid="+e.ID+"&version=1"+share)
	w.int("fileType", fileType(extension))
	w.text("fileExst", extension)
	w.int("thumbnailStatus", 0)
	w.int("formFillingStatus", 0)
	w.raw("viewAccessibility", viewAccessibility(extension))
	if as == formSingle && d.maker {
		w.text("lastOpened", dotnet.FormatTime(entryTime))
	}
	w.int("fileEntryType", 2)
	r.writeNumbers(&w, d)
	if as == formSingle {
		r.writeOrigin(&w, d)
	}
	r.writeEntry(&w, d, as)
	return w.end()
}

// writeNumbers writes the numbers of the entry and of its section.
func (r reader) writeNumbers(w *objectWriter, d reading) {
	w.raw("id", idOf(d.place.entry))
	w.int("rootFolderId", r.state.sectionFolder(d.place.section).id)
}

// writeOrigin says in what a file is. Numbers that are 0 are left out, but not when fields picks them (FileEntryDto.cs).
func (r reader) writeOrigin(w *objectWriter, d reading) {
	s, place := r.state, d.place
	var folder, room int
	var title, roomTitle string
	switch parent := s.above(place.entry); {
	case parent == nil && place.section != SectionRooms:
		section := s.sectionFolder(place.section)
		folder, title = section.id, section.title
	case parent != nil && parent.Type != EntryRoom:
		folder, title = numberOf(parent), parent.Title
	}
	if place.room != nil {
		room, roomTitle = numberOf(place.room), place.room.Title
	}
	for _, origin := range []struct {
		name string
		id   int
	}{{"originId", folder}, {"originRoomId", room}} {
		if origin.id != 0 || r.fields() != nil {
			w.int(origin.name, origin.id)
		}
	}
	for _, origin := range []struct{ name, title string }{{"originTitle", title}, {"originRoomTitle", roomTitle}} {
		if origin.title != "" {
			w.text(origin.name, origin.title)
		}
	}
}

// writeEntry writes what rooms, folders and files have in common.
func (r reader) writeEntry(w *objectWriter, d reading, as form) {
	e, s, place := d.place.entry, r.state, d.place
	links := s.externalLinks(e)
	w.bool("canShare", d.maySetLinks())
	d.writeShareSettings(w)
	d.writeSecurity(w, len(links) > 0)
	d.writeShareRights(w)
	shortURL := ""
	if d.link != nil {
		w.text("requestToken", d.link.Key)
		w.bool("external", d.linked || as == formListed && d.rightInRoom(s))
		if !d.link.Expires.IsZero() {
			w.text("expirationDate", dotnet.FormatTime(d.link.Expires))
		}
		w.bool("isLinkExpired", false)
		if shortURL = r.shortened(d.link.Key); !d.linked {
			shortURL = r.shortened(d.link.Key + "/" + e.fullName())
		}
	}
	w.text("title", e.Title)
	w.int("access", d.access())
	sharedBy, ownedBy := d.owners(s, as, r.caller != nil)
	maker := r.employee(e.CreatedBy)
	if sharedBy {
		w.raw("sharedBy", maker)
	}
	if ownedBy {
		w.raw("ownedBy", maker)
	}
	w.bool("shared", len(links) > 0 || d.parentShared)
	w.bool("sharedForUser", len(e.Members) > 0)
	w.bool("sharedExternal", len(links) > 0 && !links[0].Internal) // the first one counts (recorded: VN098)
	w.bool("parentShared", d.parentShared)
	w.text("shortWebUrl", shortURL)
	w.text("created", dotnet.FormatTime(entryTime))
	if r.caller != nil {
		w.raw("createdBy", maker)
	}
	w.text("updated", dotnet.FormatTime(entryTime))
	if d.maker && place.section == SectionTrash {
		w.text("autoDelete", dotnet.FormatTime(entryTime.Add(keptInTrash)))
	}
	if d.link != nil && !d.parent {
		w.int("rootFolderType", sharedWithMe.folderType)
	} else {
		w.int("rootFolderType", sectionFolders[place.section].folderType)
	}
	if place.room != nil && (!place.isRoom() || as == formCurrent) {
		w.int("parentRoomType", folderTypeOf(place.roomType))
	}
	if r.caller != nil {
		w.raw("updatedBy", maker)
	}
}

// owners says whether the caller is told who shared the entry, and who made it. Only callers who read it because it was shared are.
func (d reading) owners(s *state, as form, account bool) (sharedBy, ownedBy bool) {
	switch {
	case d.maker || d.admin || d.member == nil && d.link == nil:
		return false, false
	case d.place.room == nil, d.place.isRoom():
		return account, account
	case d.place.entry.Type == EntryFile:
		return account && as == formListed && d.rightInRoom(s), account // recorded: VN016, VN034
	default:
		return false, true // also without an account (recorded: VN197)
	}
}

// rightInRoom says whether the entry is a file that is in a room, and in no folder of it. Lists describe these files as if they had
// been shared themselves (recorded: VN165, but not VN213).
func (d reading) rightInRoom(s *state) bool {
	return d.place.entry.Type == EntryFile && d.place.room != nil && s.above(d.place.entry) == d.place.room
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
		return numberOf(parent)
	}
}

// numberOf is the number of an entry, 0 when a portal file has given it another ID.
func numberOf(e *Entry) int {
	n, _ := dotnet.ParseInt32(e.ID)
	return n
}

// idOf is the ID of an entry as JSON: a number, or the text that a portal file has given it.
func idOf(e *Entry) []byte {
	if n := strconv.Itoa(numberOf(e)); n == e.ID {
		return []byte(n)
	}
	return dotnet.AppendJSON(nil, e.ID)
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

// newFiles is the number of files in a folder that are new to the caller. To members those are new that others made. The fake does not
// remember who has opened a file.
func (r reader) newFiles(d reading) int {
	if d.member == nil || d.maker {
		return 0
	}
	inside := r.state.tree.of(d.place.entry)
	return inside.allFiles - inside.madeBy(r.caller)
}

// fileStatus says whether a file is new to the caller (FileStatus).
func (r reader) fileStatus(d reading) int {
	const isNew = 2
	if d.member == nil || d.maker || strings.EqualFold(d.place.entry.CreatedBy, r.caller.Email) {
		return 0
	}
	return isNew
}

// logoOf is the LogoDto of a room, which has no picture.
func logoOf(room *Entry) []byte {
	w := appendObject(nil)
	for _, size := range []string{"original", "large", "medium", "small"} {
		w.text(size, "")
	}
	w.text("color", roomColours[max(0, numberOf(room))%len(roomColours)])
	return w.end()
}

// employee is a person as EmployeeDto. A list has the same few again and again.
func (r reader) employee(email string) []byte {
	known, ok := r.people[email]
	if !ok {
		known = r.describeEmployee(r.state.usersByEmail[strings.ToLower(email)])
		r.people[email] = known
	}
	return known
}

// describeEmployee is a person as EmployeeDto, nil for nobody.
func (r reader) describeEmployee(u *User) []byte {
	w := appendObject(nil)
	writeEmployee(&w, r.pages, u)
	return w.end()
}

// writeEmployee writes what EmployeeDto has of a person, or of nobody.
func writeEmployee(w *objectWriter, pages string, u *User) {
	id, name, profile := uuid.Nil.String(), "", ""
	if u != nil {
		kind := "people"
		if u.Role == RoleGuest {
			kind = "guests"
		}
		id, name, profile = u.ID, html.EscapeString(u.displayName()), pages+"accounts/"+kind+"/filter?search="+url.QueryEscape(u.Email)
	}
	w.text("id", id)
	w.text("displayName", name)
	for _, picture := range []struct{ name, size string }{
		{"avatar", "82-82"}, {"avatarOriginal", "200-200"}, {"avatarMax", "200-200"}, {"avatarMedium", "48-48"}, {"avatarSmall", "32-32"},
	} {
		w.text(picture.name, "/static/images/default_user_photo_size_"+picture.size+".png?hash="+avatarHash)
	}
	w.text("profileUrl", profile)
	w.bool("hasAvatar", false)
	w.bool("isAnonim", false)
}

// describeSelf is the caller as EmployeeFullDto. Its own properties are before those of EmployeeDto (recorded: people-P001).
func (c *call) describeSelf() []byte {
	u, role := c.caller, c.caller.Role
	w := appendObject(nil)
	w.text("firstName", u.shownFirstName())
	w.text("lastName", u.LastName)
	w.text("userName", u.loginName())
	w.text("email", u.Email)
	w.int("status", 1)
	w.int("activationStatus", 1)
	w.text("department", "")
	w.bool("isAdmin", role == RoleDocSpaceAdmin)
	w.bool("isRoomAdmin", role == RoleRoomAdmin)
	w.bool("isLDAP", false)
	w.bool("isOwner", role == RoleOwner)
	w.bool("isVisitor", role == RoleGuest)
	w.bool("isCollaborator", role == RoleUser)
	if u.Culture != "" {
		w.text("cultureName", u.Culture)
	}
	w.int("mobilePhoneActivationStatus", 0)
	w.bool("isSSO", false)
	w.text("theme", "System")
	w.int("usedSpace", 0)
	event := 0
	if c.session != nil {
		event = int(c.session.LoginEventID)
	}
	w.int("loginEventId", event)
	if c.session != nil {
		if left := c.session.Expires.Sub(c.started); left < 24*time.Hour && !c.session.Expires.IsZero() {
			w.raw("authCookieLifetime", strconv.AppendFloat(nil, left.Seconds(), 'f', -1, 64))
		}
	}
	w.text("registrationDate", dotnet.FormatTime(entryTime))
	w.bool("hasPersonalFolder", role != RoleGuest)
	writeEmployee(&w, c.pageAddress(""), u)
	return w.end()
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

var viewActions = actions{
	"ImageView", "MediaView", "WebView", "WebEdit", "WebReview", "WebCustomFilterEditing", "WebRestrictedEditing", "WebComment", "CanConvert", "MustConvert",
}

// viewLists are the lists of extensions in the settings that say so, for each of the actions.
var viewLists = []string{
	"extsImagePreviewed", "extsMediaPreviewed", "extsWebPreviewed", "extsWebEdited", "extsWebReviewed", "extsWebCustomFilterEditing",
	"extsWebRestrictedEditing", "extsWebCommented", "extsConvertible", "extsMustConvert",
}

// viewAccessibility is what a browser can do with a file.
func viewAccessibility(extension string) []byte {
	var on rights
	for i, list := range viewLists {
		if slices.Contains(fileFormats()[list], extension) {
			on |= 1 << i
		}
	}
	return viewActions.append(nil, on)
}
