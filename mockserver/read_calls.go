package mockserver

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// GetFolderInfo answers a room or folder.
func (o operations) GetFolderInfo(ctx context.Context, _ api.GetFolderInfoRequestObject) (api.GetFolderInfoResponseObject, error) {
	return o.folder(callFrom(ctx))
}

// GetRoomInfo answers a room or folder.
func (o operations) GetRoomInfo(ctx context.Context, _ api.GetRoomInfoRequestObject) (api.GetRoomInfoResponseObject, error) {
	return o.folder(callFrom(ctx))
}

// listFilters are what a query may say of a list besides count and startIndex, in lower case (FoldersController.cs, VirtualRoomsController.cs).
var listFilters = strings.Fields("applyfilteroption excludesubject extension filtertype filtervalue formsitemkey formsitemtype groupid location provider quotafilter " +
	"roomid sharedby sortby sortorder storagefilter subjectfilter subjectid subjectownerid tags type useridorgroupid withoutsubfolders withoutags withsubfolders withsubject")

// noteFilters hints at a list that a portal would filter or sort.
func (c *call) noteFilters() {
	for _, name := range listFilters {
		if _, sent := c.query[name]; sent {
			c.because("A1234")
			c.note("mock-docspace reads count and startIndex of a list, and searchArea of rooms; it does not filter and sort, so a portal may answer another list")
			return
		}
	}
}

// GetFolderByFolderID lists what is in a room or folder.
func (o operations) GetFolderByFolderID(ctx context.Context, _ api.GetFolderByFolderIDRequestObject) (api.GetFolderByFolderIDResponseObject, error) {
	c := callFrom(ctx)
	count, start, err := c.readPage()
	if err != nil {
		return nil, err
	}
	r := o.newReader(c)
	e, err := r.find()
	if err != nil && c.caller == nil {
		return nil, because(accessDenied(foldersMethod), "A1206", "A1209") // recorded: VN067, VN121
	}
	if err != nil {
		return nil, err
	}
	d, ok := r.read(e)
	if !ok {
		return nil, because(notReadable(foldersMethod, "folder content"), r.claimOfDenial(e), r.claimOfLink())
	}
	c.because("A1203", r.claimOfReader(d))
	inside := c.state.tree.of(e)
	list := entryList{start: start, total: len(inside.folders) + len(inside.files), current: func(b []byte) []byte { return r.appendFolder(b, d, formCurrent) }}
	for _, folder := range page(inside.folders, start, count) {
		list.folders = append(list.folders, func(b []byte) []byte { return r.appendFolder(b, r.child(d, folder), formListed) })
	}
	for _, file := range page(inside.files, start-len(inside.folders), count-len(list.folders)) {
		list.files = append(list.files, func(b []byte) []byte { return r.appendFile(b, r.child(d, file), formListed) })
	}
	list.pathParts = func(b []byte) []byte { return r.appendPath(b, d) }
	list.newFiles = r.newFiles(d)
	c.noteFilters()
	response, err := list.encode(c.pickedFields())
	if err != nil {
		return nil, err
	}
	return c.success(response), nil
}

// GetFileInfo answers a file.
func (o operations) GetFileInfo(ctx context.Context, _ api.GetFileInfoRequestObject) (api.GetFileInfoResponseObject, error) {
	c := callFrom(ctx)
	version := -1
	if err := c.readInt("version", "Version", -1<<31, 1<<31-1, &version); err != nil {
		return nil, err
	}
	r := o.newReader(c)
	e, err := r.find()
	if err != nil {
		return nil, err
	}
	d, ok := r.read(e)
	if !ok {
		return nil, r.refuseFile(e)
	}
	if version > 1 {
		return nil, itemNotFound("The required file was not found", filesMethod)
	}
	c.because("A1202", r.claimOfReader(d))
	response, err := pickedJSON(r.appendFile(nil, d, formSingle), c.pickedFields())
	if err != nil {
		return nil, err
	}
	return c.success(response), nil
}

// refuseFile is the error for a file that the caller may not read. The reference answers anonymous callers as the calls of folders do.
func (r reader) refuseFile(e *Entry) error {
	ours := r.call.state.profile
	refuse := func(p *profile) error {
		if r.caller == nil && !p.anonymousFileForbidden {
			return because(notSignedIn(), "A1208")
		}
		return because(notReadable(filesMethod, "file"), r.claimOfDeniedFile(e))
	}
	askOthers(ours, linksAlike, refuse, func(other *profile, theirs error) {
		if status := statusOf(theirs); status != statusOf(refuse(ours)) {
			r.differs(other, "{answers|answer} %d here", status).claims.addAll(claimsOf(theirs))
		}
	})
	return refuse(ours)
}

// GetRoomsFolder lists the rooms that the caller may read.
func (o operations) GetRoomsFolder(ctx context.Context, _ api.GetRoomsFolderRequestObject) (api.GetRoomsFolderResponseObject, error) {
	c := callFrom(ctx)
	count, start, err := c.readPage()
	if err != nil {
		return nil, err
	}
	area := areaActive
	if err := c.readInt("searcharea", "SearchArea", areaActive, areaLast, &area); err != nil {
		return nil, err
	}
	c.because("A1218")
	r := o.newReader(c)
	section := c.state.sectionFolder(SectionRooms)
	if area == areaArchive {
		section = c.state.sectionFolder(SectionArchive)
	}
	list := entryList{start: start, current: func(b []byte) []byte { return r.appendSection(b, section) }, pathParts: func(b []byte) []byte { return appendList(b, []appender{section.appendPart}) }}
	for _, room := range c.state.tree.rooms {
		archived := room.Section == SectionArchive
		if room.Section == SectionTrash || area == areaActive && archived || area == areaArchive && !archived || area > areaAny {
			continue
		}
		d, ok := r.read(room)
		if !ok {
			continue
		}
		if list.total >= start && len(list.folders) < count {
			list.folders = append(list.folders, func(b []byte) []byte { return r.appendFolder(b, d, formListed) })
		}
		list.total++
	}
	c.noteFilters()
	response, err := list.encode(c.pickedFields())
	if err != nil {
		return nil, err
	}
	return c.success(response), nil
}

// The search areas of rooms that the fake knows (SearchArea).
const (
	areaActive  = 0
	areaArchive = 1
	areaAny     = 2
	areaLast    = 7
)

const (
	foldersMethod = "ASC.Files.Api.FoldersController.…"
	filesMethod   = "ASC.Files.Api.FilesController.…"
)

// folder answers the room or folder that the path names.
func (o operations) folder(c *call) (*answer, error) {
	r := o.newReader(c)
	e, err := r.find()
	if err != nil {
		return nil, err
	}
	d, ok := r.read(e)
	switch {
	case !ok && c.caller == nil:
		return nil, because(notSignedIn(), "A1206", r.claimOfLink())
	case !ok:
		return nil, because(notReadable(foldersMethod, "folder content"), r.claimOfDenial(e), r.claimOfLink())
	}
	c.because("A1201", r.claimOfReader(d))
	response, err := pickedJSON(r.appendFolder(nil, d, formSingle), c.pickedFields())
	if err != nil {
		return nil, err
	}
	return c.success(response), nil
}

// notSignedIn is the error for an anonymous caller who may not read a room or folder (FileStorageService.cs; recorded: VN001, VN007).
func notSignedIn() error {
	return &exception{status: http.StatusUnauthorized, message: "System error."}
}

// notReadable is the error for a caller who may not read something (FileStorageService.cs).
func notReadable(method, what string) error {
	return invalidOperation("You don't have enough permission to view the "+what, method)
}

// find finds the entry that the path names.
func (r reader) find() (*Entry, error) {
	e, err := r.findEntry(r.state)
	switch {
	case err == nil:
		return e, nil
	case reasonOf(err) != noSuchItem:
		return nil, because(err, "A1209")
	}
	if r.route.facts.entry == EntryFile {
		return nil, because(itemNotFound("The required file was not found", filesMethod), "A1209")
	}
	return nil, because(itemNotFound("The required folder was not found", foldersMethod), "A1209")
}

// page is a part of a list: count items from start on, which can be before the list.
func page(list []*Entry, start, count int) []*Entry {
	from := min(max(start, 0), len(list))
	to := min(max(from, from+count), len(list))
	return list[from:to]
}

// appendPath appends the way to a folder, as far as the caller may read it.
func (r reader) appendPath(b []byte, d reading) []byte {
	s := r.state
	var parts []appender
	for e := d.place.entry; e != nil; e = s.above(e) {
		parts = append(parts, e.appendPart)
		if d.link != nil && s.entries.find(d.link.Entry) == e {
			break
		}
	}
	if d.place.room != nil && r.caller != nil || d.maker {
		parts = append(parts, s.sectionFolder(d.place.section).appendPart)
	}
	slices.Reverse(parts)
	return appendList(b, parts)
}

// appendPart appends a room or folder as a step of a way.
func (e *Entry) appendPart(b []byte) []byte {
	w := appendObject(b)
	w.raw("id", idOf(e))
	w.text("title", e.Title)
	if e.Type == EntryRoom {
		w.int("roomType", e.roomType())
		w.int("folderType", folderTypeOf(e.roomType()))
	} else {
		w.int("folderType", 0)
	}
	return w.end()
}

func (f sectionFolder) appendPart(b []byte) []byte {
	w := appendObject(b)
	w.int("id", f.id)
	w.text("title", f.title)
	w.int("folderType", f.folderType)
	return w.end()
}

// appendSection appends a section of rooms, which everybody with an account may read. It was not recorded.
func (r reader) appendSection(b []byte, section sectionFolder) []byte {
	on := onlyRead
	if section.folderType == sectionFolders[SectionRooms].folderType && r.caller.mayMakeRooms() {
		on |= makesRooms
	}
	w := appendObject(b)
	for _, name := range []string{"parentId", "filesCount", "foldersCount", "new"} {
		w.int(name, 0)
	}
	for _, name := range []string{"mute", "pinned", "private", "indexing", "denyDownload"} {
		w.bool(name, false)
	}
	w.int("fileEntryType", 1)
	w.int("id", section.id)
	w.int("rootFolderId", section.id)
	w.bool("canShare", false)
	w.raw("security", folderActions.append(nil, on))
	w.raw("availableShareRights", []byte("{}"))
	w.text("title", section.title)
	w.int("access", accessNone)
	for _, name := range []string{"shared", "sharedForUser", "sharedExternal", "parentShared"} {
		w.bool(name, false)
	}
	w.text("shortWebUrl", "")
	w.text("created", dotnet.FormatTime(entryTime))
	w.raw("createdBy", r.employee(""))
	w.text("updated", dotnet.FormatTime(entryTime))
	w.int("rootFolderType", section.folderType)
	w.raw("updatedBy", r.employee(""))
	return w.end()
}

// appender appends a value as JSON.
type appender func(b []byte) []byte

func appendList(b []byte, values []appender) []byte {
	b = append(b, '[')
	for i, value := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = value(b)
	}
	return append(b, ']')
}

func appendNumber(n int) appender {
	return func(b []byte) []byte { return strconv.AppendInt(b, int64(n), 10) }
}

// entryList is FolderContentDto, whose parts are made when they are answered.
type entryList struct {
	files, folders     []appender
	current, pathParts appender
	start, total       int
	newFiles           int
}

// encode encodes the properties that fields picks. Nothing of the entries can be picked (recorded: VM002).
func (l entryList) encode(fields []string) ([]byte, error) {
	const usual = 4 << 10 // bytes of an entry
	w := appendObject(make([]byte, 0, (len(l.files)+len(l.folders)+1)*usual))
	for _, p := range []struct {
		name  string
		value appender
	}{
		{"files", func(b []byte) []byte { return appendList(b, l.files) }},
		{"folders", func(b []byte) []byte { return appendList(b, l.folders) }},
		{"current", l.current},
		{"pathParts", l.pathParts},
		{"startIndex", appendNumber(l.start)},
		{"count", appendNumber(len(l.files) + len(l.folders))},
		{"total", appendNumber(l.total)},
		{"new", appendNumber(l.newFiles)},
	} {
		wanted := func(field string) bool { return field == p.name || strings.HasPrefix(field, p.name+".") }
		if fields == nil || slices.ContainsFunc(fields, wanted) {
			w.name(p.name)
			w.json = p.value(w.json)
		}
	}
	return pickedJSON(w.end(), fields)
}
