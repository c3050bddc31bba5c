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
		return nil, accessDenied(foldersMethod) // recorded: VN067, VN121
	}
	if err != nil {
		return nil, err
	}
	d, ok := r.read(e)
	if !ok {
		return nil, notReadable(foldersMethod, "folder content")
	}
	inside := c.state.tree.of(e)
	list := entryList{start: start, total: len(inside.folders) + len(inside.files), current: func() folderDTO { return r.describeFolder(d, formCurrent) }}
	for _, folder := range page(inside.folders, start, count) {
		list.folders = append(list.folders, func() folderDTO { return r.describeFolder(r.child(d, folder), formListed) })
	}
	for _, file := range page(inside.files, start-len(inside.folders), count-len(list.folders)) {
		list.files = append(list.files, func() fileDTO { return r.describeFile(r.child(d, file), formListed) })
	}
	list.pathParts = func() []pathPart { return r.pathParts(d) }
	if d.countsNew() {
		list.newFiles = c.state.tree.countFiles(e, r.isNew)
	}
	return c.success(list.encode(c.fields())), nil
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
		return nil, r.refuseFile()
	}
	if version > 1 {
		return nil, itemNotFound("The required file was not found", filesMethod)
	}
	response, err := picked(r.describeFile(d, formSingle), c.fields())
	if err != nil {
		return nil, err
	}
	return c.success(response), nil
}

// refuseFile is the error for a file that the caller may not read. The reference answers anonymous callers as the calls of folders do.
func (r reader) refuseFile() error {
	ours := r.call.state.profile
	refuse := func(p *profile) error {
		if r.caller == nil && !p.anonymousFileForbidden {
			return unauthenticated()
		}
		return notReadable(filesMethod, "file")
	}
	askOthers(ours, linksAlike, refuse, func(other *profile, theirs error) {
		if status := statusOf(theirs); status != statusOf(refuse(ours)) {
			r.differs(other, "{answers|answer} %d here", status)
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
	r := o.newReader(c)
	section := c.state.sectionFolder(SectionRooms)
	if area == areaArchive {
		section = c.state.sectionFolder(SectionArchive)
	}
	list := entryList{start: start, current: func() folderDTO { return r.describeSection(section) }, pathParts: func() []pathPart {
		return []pathPart{{ID: entryID(strconv.Itoa(section.id)), Title: section.title, FolderType: section.folderType}}
	}}
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
			list.folders = append(list.folders, func() folderDTO { return r.describeFolder(d, formListed) })
		}
		list.total++
	}
	return c.success(list.encode(c.fields())), nil
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
func (o operations) folder(c *call) (answer, error) {
	r := o.newReader(c)
	e, err := r.find()
	if err != nil {
		return answer{}, err
	}
	d, ok := r.read(e)
	switch {
	case !ok && c.caller == nil:
		return answer{}, unauthenticated()
	case !ok:
		return answer{}, notReadable(foldersMethod, "folder content")
	}
	response, err := picked(r.describeFolder(d, formSingle), c.fields())
	if err != nil {
		return answer{}, err
	}
	return c.success(response), nil
}

// unauthenticated is the error for an anonymous caller who may not read a room or folder (FileStorageService.cs; recorded: VN001, VN007).
func unauthenticated() error {
	return &exception{status: http.StatusUnauthorized, message: "System error."}
}

// notReadable is the error for a caller who may not read something (FileStorageService.cs).
func notReadable(method, what string) error {
	return invalidOperation("You don't have enough permission to view the "+what, method)
}

// find finds the entry that the path names.
func (r reader) find() (*Entry, error) {
	e, err := r.findEntry(r.state)
	if err == nil || reasonOf(err) != noSuchItem {
		return e, err
	}
	if r.route.facts.entry == EntryFile {
		return nil, itemNotFound("The required file was not found", filesMethod)
	}
	return nil, itemNotFound("The required folder was not found", foldersMethod)
}

// page is a part of a list: count items from start on, which can be before the list.
func page(list []*Entry, start, count int) []*Entry {
	from := min(max(start, 0), len(list))
	to := min(max(from, from+count), len(list))
	return list[from:to]
}

// pathPart is a step of the way to a folder.
type pathPart struct {
	ID         entryID `json:"id"`
	Title      string  `json:"title"`
	RoomType   int     `json:"roomType,omitempty"`
	FolderType int     `json:"folderType"`
}

// pathParts is the way to a folder, as far as the caller may read it.
func (r reader) pathParts(d reading) []pathPart {
	s := r.state
	var parts []pathPart
	for e := d.place.entry; e != nil; e = s.above(e) {
		part := pathPart{ID: entryID(e.ID), Title: e.Title}
		if e.Type == EntryRoom {
			part.RoomType = s.placeOf(e).roomType
			part.FolderType = folderTypeOf(part.RoomType)
		}
		parts = append(parts, part)
		if d.link != nil && s.entries.find(d.link.Entry) == e {
			break
		}
	}
	if top := s.sectionFolder(d.place.section); d.place.room != nil && r.caller != nil || d.maker {
		parts = append(parts, pathPart{ID: entryID(strconv.Itoa(top.id)), Title: top.title, FolderType: top.folderType})
	}
	slices.Reverse(parts)
	return parts
}

// describeSection describes a section of rooms, which everybody with an account may read. It was not recorded.
func (r reader) describeSection(section sectionFolder) folderDTO {
	on := []rights{onlyRead}
	if section.folderType == sectionFolders[SectionRooms].folderType && r.caller.mayMakeRooms() {
		on = append(on, makesRooms)
	}
	nobody := r.employee("")
	return folderDTO{
		FileEntryType: 1, ID: entryID(strconv.Itoa(section.id)), RootFolderID: section.id,
		entryDTO: entryDTO{
			Security: flags{names: folderActions, on: on}, Title: section.title, Created: dotnet.FormatTime(entryTime), CreatedBy: nobody,
			Updated: dotnet.FormatTime(entryTime), RootFolderType: section.folderType, UpdatedBy: nobody,
		},
	}
}

// entryList is FolderContentDto, whose parts are made when they are answered.
type entryList struct {
	files        []func() fileDTO
	folders      []func() folderDTO
	current      func() folderDTO
	pathParts    func() []pathPart
	start, total int
	newFiles     int
}

// encode encodes the properties that fields picks. Nothing of the entries can be picked (recorded: VM002).
func (l entryList) encode(fields []string) []byte {
	wanted := func(name string) bool {
		return fields == nil || slices.ContainsFunc(fields, func(field string) bool { return field == name || strings.HasPrefix(field, name+".") })
	}
	var o object
	add := func(name string, value func() any) {
		if wanted(name) {
			o = append(o, property{name, dotnet.AppendJSON(nil, value())})
		}
	}
	add("files", func() any { return made(l.files) })
	add("folders", func() any { return made(l.folders) })
	add("current", func() any { return l.current() })
	add("pathParts", func() any { return l.pathParts() })
	add("startIndex", func() any { return l.start })
	add("count", func() any { return len(l.files) + len(l.folders) })
	add("total", func() any { return l.total })
	add("new", func() any { return l.newFiles })
	return o.pick(fields).encode()
}

func made[T any](makers []func() T) []T {
	list := make([]T, len(makers))
	for i, item := range makers {
		list[i] = item()
	}
	return list
}
