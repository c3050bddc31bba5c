package mockserver

import (
	"path"
	"slices"
	"strings"
)

// actions are the names in an object that says true or false for each of them, in a fixed order.
type actions []string

// rights are some of these names, one bit for each.
type rights uint64

func (a actions) rights(names string) rights {
	var r rights
	for _, name := range strings.Fields(names) {
		r |= 1 << slices.Index(a, name)
	}
	return r
}

// append says which of the names are among the rights.
func (a actions) append(b []byte, on rights) []byte {
	w := appendObject(b)
	for i, name := range a {
		w.bool(name, on&(1<<i) != 0)
	}
	return w.end()
}

// The names in security. The server sends all of them (FileSecurity.cs).
var (
	folderActions actions = strings.Fields("Read Create Delete EditRoom Rename CopyTo Copy MoveTo Move Pin Mute EditAccess Duplicate Download " +
		"CopySharedLink Reconnect CreateRoomFrom CopyLink Embed ChangeOwner IndexExport UseChat UpdateXlsx AnalyzeResponses")
	fileActions actions = strings.Fields("Read Comment FillForms Review Edit Delete CustomFilter Rename ReadHistory Lock EditHistory Copy Move " +
		"Duplicate SubmitToFormGallery Download Convert CreateRoomFrom CopyLink Embed StartFilling FillingStatus ResetFilling StopFilling " +
		"OpenForm Vectorization AskAi")
	sheetActions = append(slices.Clone(fileActions), "UpdateXlsx") // of tables and forms
)

// What callers may do with rooms and folders (recorded: VN002 to VN105, VN133 to VN242). The rights of a room manager and a content
// creator are a best reading.
var (
	makerOfRoom   = folderActions.rights("Read Create Delete EditRoom Rename CopyTo Copy MoveTo Move Pin Mute EditAccess Duplicate Download CopySharedLink CopyLink ChangeOwner")
	managerOfRoom = folderActions.rights("Read Create EditRoom Rename CopyTo Copy MoveTo Pin Mute EditAccess Duplicate Download CopySharedLink CopyLink")
	creatorInRoom = folderActions.rights("Read Create CopyTo Copy MoveTo Pin Mute Download CopyLink")
	memberOfRoom  = folderActions.rights("Read Copy Pin Mute Download CopyLink")
	visitorOfRoom = folderActions.rights("Read Copy Pin Mute Download CopySharedLink CopyLink")
	adminOfRoom   = folderActions.rights("Read Copy Move Pin Duplicate Download CopySharedLink ChangeOwner")

	managerOfFolder = folderActions.rights("Read Create Delete EditRoom Rename CopyTo Copy MoveTo Move EditAccess Duplicate Download CopySharedLink CopyLink")
	creatorInFolder = folderActions.rights("Read Create CopyTo Copy MoveTo Download CopyLink")
	memberOfFolder  = folderActions.rights("Read Copy Download CopyLink")
	visitorOfFolder = folderActions.rights("Read Copy Download CopySharedLink CopyLink")
	adminOfFolder   = folderActions.rights("Read Download CopySharedLink")

	visitorOfFolderInDocuments = folderActions.rights("Read Download CopyLink")
	keeperInArchive            = folderActions.rights("Read Delete Copy Move Download")
	memberInArchive            = folderActions.rights("Read Copy Download")
	onlyRead                   = folderActions.rights("Read")
	makesRooms                 = folderActions.rights("Create")
	embedRoom                  = folderActions.rights("Embed")
)

// What callers may do with files (recorded: VN032 to VN052, VN213 to VN275). The rights of an access but Read are a best reading.
var (
	managerOfFile            = fileActions.rights("Read Comment Review Edit Delete CustomFilter Rename ReadHistory Lock EditHistory Copy Move Duplicate SubmitToFormGallery Download Convert CopyLink")
	readerOfFile             = fileActions.rights("Read Copy Download CopyLink")
	adminOfFile              = fileActions.rights("Read Download CopyLink")
	visitorOfFileInDocuments = fileActions.rights("Read Download CopyLink")
	openForm                 = fileActions.rights("OpenForm")
	embedFile                = fileActions.rights("Embed")
	byAccess                 = map[int]rights{
		accessReview:         fileActions.rights("Comment Review"),
		accessComment:        fileActions.rights("Comment"),
		accessFillForms:      fileActions.rights("FillForms"),
		accessEditing:        fileActions.rights("Comment Review Edit CustomFilter FillForms Convert"),
		accessContentCreator: fileActions.rights("Comment Review Edit CustomFilter FillForms Convert"),
	}
)

// writeSecurity says what the caller may do with the entry. embeds says that the entry has a link of its own.
func (d reading) writeSecurity(w *objectWriter, embeds bool) {
	e := d.place.entry
	w.name("security")
	if e.Type != EntryFile {
		w.json = folderActions.append(w.json, d.folderRights(embeds))
		return
	}
	names := fileActions
	switch extension := strings.ToLower(path.Ext(e.Title)); {
	case extension == ".pdf", extension == ".xlsx", extension == ".csv" && d.place.room != nil:
		names = sheetActions
	}
	w.json = names.append(w.json, d.fileRights(embeds))
}

func (d reading) folderRights(embeds bool) rights {
	section, isRoom := d.place.section, d.place.isRoom()
	pick := func(ofRoom, ofFolder rights) rights {
		if isRoom {
			return ofRoom
		}
		return ofFolder
	}
	var on rights
	switch {
	case section == SectionTrash && d.maker:
		return folderActions.rights("Read Delete Move")
	case section == SectionTrash:
		return onlyRead
	case section == SectionArchive && (d.maker || d.admin):
		return keeperInArchive
	case section == SectionArchive:
		return memberInArchive
	case d.maker:
		on = pick(makerOfRoom, managerOfFolder)
	case d.manages():
		on = pick(managerOfRoom, managerOfFolder)
	case d.member != nil && d.member.Access == accessContentCreator:
		on = pick(creatorInRoom, creatorInFolder)
	case d.member != nil:
		on = pick(memberOfRoom, memberOfFolder)
	case d.link != nil && d.place.room == nil:
		on = visitorOfFolderInDocuments
	case d.link != nil:
		on = pick(visitorOfRoom, visitorOfFolder)
	}
	if d.manages() && isRoom && embeds {
		on |= embedRoom
	}
	if d.admin {
		on |= pick(adminOfRoom, adminOfFolder)
	}
	return on
}

func (d reading) fileRights(embeds bool) rights {
	var on rights
	switch section := d.place.section; {
	case section == SectionTrash && d.maker:
		return fileActions.rights("Read Delete Move")
	case section == SectionTrash:
		return fileActions.rights("Read")
	case section == SectionArchive:
		return fileActions.rights("Read Copy Download")
	case d.manages():
		on = managerOfFile
		if d.place.room == nil {
			on |= openForm
		} else if embeds {
			on |= embedFile
		}
		if slices.Contains(fileAccesses(d.place.entry.Title), accessFillForms) {
			on |= byAccess[accessFillForms]
		}
	case d.link != nil && d.place.room == nil:
		on = visitorOfFileInDocuments | byAccess[d.access()]
	case d.member != nil, d.link != nil:
		on = readerOfFile | byAccess[d.access()]
	}
	if d.admin {
		on |= adminOfFile
	}
	return on
}

// maySetLinks says whether the caller may make links of the entry.
func (d reading) maySetLinks() bool {
	switch section := d.place.section; {
	case !d.manages(), section == SectionTrash, section == SectionArchive:
		return false
	default:
		return !d.place.isRoom() || slices.Contains([]int{roomCustom, roomPublic, roomForm}, d.place.roomType)
	}
}

// writeShareSettings says how many links of each kind the entry can have. It says nothing to callers who may make none.
func (d reading) writeShareSettings(w *objectWriter) {
	primary, others := 0, 6
	switch {
	case !d.maySetLinks():
		return
	case d.place.roomType == roomForm:
		primary, others = 1, 0
	case d.place.isRoom(), d.place.roomType == roomPublic:
		primary, others = 1, 5
	}
	w.name("shareSettings")
	settings := appendObject(w.json) // with the names of SubjectType
	if primary > 0 {
		settings.int("PrimaryExternalLink", primary)
	}
	if others > 0 {
		settings.int("ExternalLink", others)
	}
	w.json = settings.end()
}

// writeShareRights writes the accesses that can be given to others, with the names of SubjectType. Only who may change the entry can
// take one away (FileSecurity.cs).
func (d reading) writeShareRights(to *objectWriter) {
	to.name("availableShareRights")
	w := appendObject(to.json)
	defer func() { to.json = w.end() }()
	accesses := d.givenAccesses()
	if len(accesses) == 0 {
		return
	}
	names := func(accesses ...int) []string {
		named := make([]string, len(accesses), len(accesses)+1)
		for i, access := range accesses {
			named[i] = shareNames[access]
		}
		if d.manages() {
			named = append(named, shareNames[accessNone])
		}
		return named
	}
	links := names(accesses...)
	if d.place.room != nil {
		w.texts("ExternalLink", links)
	} else {
		people := names(slices.Concat([]int{accessReadWrite}, accesses, []int{accessRestrict})...)
		w.texts("User", people)
		w.texts("ExternalLink", links)
		w.texts("Group", people)
	}
	w.texts("PrimaryExternalLink", links)
}

// givenAccesses are the accesses that a link can have. For a room they are not those that links of rooms can have (recorded: VM036).
func (d reading) givenAccesses() []int {
	place := d.place
	switch {
	case place.section == SectionTrash:
		return nil
	case place.roomType == roomForm && place.entry.Type == EntryFile:
		return formAccesses(place.entry.Title)
	case place.roomType == roomForm:
		return []int{accessFillForms}
	case place.entry.Type == EntryFile:
		return fileAccesses(place.entry.Title)
	case place.room == nil, place.roomType == roomData:
		return []int{accessEditing, accessFillForms, accessReview, accessComment, accessRead} // recorded: VN040, VM036
	default:
		return []int{accessEditing, accessReview, accessComment, accessRead}
	}
}
