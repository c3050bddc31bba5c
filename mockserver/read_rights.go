package mockserver

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// rights are names of what a caller may do.
type rights map[string]bool

func rightsOf(names string) rights {
	r := rights{}
	for _, name := range strings.Fields(names) {
		r[name] = true
	}
	return r
}

// flags is a JSON object that says true or false for each of its names, in a fixed order.
type flags struct {
	names []string
	on    []rights
}

// MarshalJSON writes the names in their order.
func (f flags) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 24*len(f.names)), '{')
	for i, name := range f.names {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), name...), `":`...)
		b = strconv.AppendBool(b, slices.ContainsFunc(f.on, func(on rights) bool { return on[name] }))
	}
	return append(b, '}'), nil
}

// The names in security. The server sends all of them (FileSecurity.cs).
var (
	folderActions = strings.Fields("Read Create Delete EditRoom Rename CopyTo Copy MoveTo Move Pin Mute EditAccess Duplicate Download " +
		"CopySharedLink Reconnect CreateRoomFrom CopyLink Embed ChangeOwner IndexExport UseChat UpdateXlsx AnalyzeResponses")
	fileActions = strings.Fields("Read Comment FillForms Review Edit Delete CustomFilter Rename ReadHistory Lock EditHistory Copy Move " +
		"Duplicate SubmitToFormGallery Download Convert CreateRoomFrom CopyLink Embed StartFilling FillingStatus ResetFilling StopFilling " +
		"OpenForm Vectorization AskAi")
	sheetActions = append(slices.Clone(fileActions), "UpdateXlsx") // of tables and forms
)

// What callers may do with rooms and folders (recorded: VN002 to VN105, VN133 to VN242). The rights of a room manager and a content
// creator are a best reading.
var (
	makerOfRoom   = rightsOf("Read Create Delete EditRoom Rename CopyTo Copy MoveTo Move Pin Mute EditAccess Duplicate Download CopySharedLink CopyLink ChangeOwner")
	managerOfRoom = rightsOf("Read Create EditRoom Rename CopyTo Copy MoveTo Pin Mute EditAccess Duplicate Download CopySharedLink CopyLink")
	creatorInRoom = rightsOf("Read Create CopyTo Copy MoveTo Pin Mute Download CopyLink")
	memberOfRoom  = rightsOf("Read Copy Pin Mute Download CopyLink")
	visitorOfRoom = rightsOf("Read Copy Pin Mute Download CopySharedLink CopyLink")
	adminOfRoom   = rightsOf("Read Copy Move Pin Duplicate Download CopySharedLink ChangeOwner")

	managerOfFolder = rightsOf("Read Create Delete EditRoom Rename CopyTo Copy MoveTo Move EditAccess Duplicate Download CopySharedLink CopyLink")
	creatorInFolder = rightsOf("Read Create CopyTo Copy MoveTo Download CopyLink")
	memberOfFolder  = rightsOf("Read Copy Download CopyLink")
	visitorOfFolder = rightsOf("Read Copy Download CopySharedLink CopyLink")
	adminOfFolder   = rightsOf("Read Download CopySharedLink")

	visitorOfDocuments = rightsOf("Read Download CopyLink")
	keeperInArchive    = rightsOf("Read Delete Copy Move Download")
	memberInArchive    = rightsOf("Read Copy Download")
	keeperInTrash      = rightsOf("Read Delete Move")
	onlyRead           = rightsOf("Read")
	makesRooms         = rightsOf("Create")
	embed              = rightsOf("Embed")
)

// What callers may do with files (recorded: VN032 to VN052, VN213 to VN275). The rights of an access but Read are a best reading.
var (
	managerOfFile = rightsOf("Read Comment Review Edit Delete CustomFilter Rename ReadHistory Lock EditHistory Copy Move Duplicate SubmitToFormGallery Download Convert CopyLink")
	readerOfFile  = rightsOf("Read Copy Download CopyLink")
	adminOfFile   = rightsOf("Read Download CopyLink")
	openForm      = rightsOf("OpenForm")
	byAccess      = map[int]rights{
		accessReview:         rightsOf("Comment Review"),
		accessComment:        rightsOf("Comment"),
		accessFillForms:      rightsOf("FillForms"),
		accessEditing:        rightsOf("Comment Review Edit CustomFilter FillForms Convert"),
		accessContentCreator: rightsOf("Comment Review Edit CustomFilter FillForms Convert"),
	}
)

// security is what the caller may do with the entry.
func (d reading) security(shared bool) flags {
	e, section := d.place.entry, d.place.section
	f := flags{names: folderActions}
	if e.Type == EntryFile {
		f.names = fileActions
		switch extension := strings.ToLower(path.Ext(e.Title)); {
		case extension == ".pdf", extension == ".xlsx", extension == ".csv" && d.place.room != nil:
			f.names = sheetActions
		}
	}
	switch {
	case section == SectionTrash && d.maker:
		f.on = []rights{keeperInTrash}
	case section == SectionTrash:
		f.on = []rights{onlyRead}
	case section == SectionArchive && (d.maker || d.admin):
		f.on = []rights{keeperInArchive}
	case section == SectionArchive:
		f.on = []rights{memberInArchive}
	case e.Type == EntryFile:
		f.on = d.fileRights(shared)
	default:
		f.on = d.folderRights(shared)
	}
	return f
}

func (d reading) folderRights(shared bool) []rights {
	isRoom := d.place.isRoom()
	pick := func(ofRoom, ofFolder rights) rights {
		if isRoom {
			return ofRoom
		}
		return ofFolder
	}
	var on []rights
	switch {
	case d.maker:
		on = append(on, pick(makerOfRoom, managerOfFolder))
	case d.manages():
		on = append(on, pick(managerOfRoom, managerOfFolder))
	case d.member != nil && d.member.Access == accessContentCreator:
		on = append(on, pick(creatorInRoom, creatorInFolder))
	case d.member != nil:
		on = append(on, pick(memberOfRoom, memberOfFolder))
	case d.link != nil && d.place.room == nil:
		on = append(on, visitorOfDocuments)
	case d.link != nil:
		on = append(on, pick(visitorOfRoom, visitorOfFolder))
	}
	if d.manages() && isRoom && shared {
		on = append(on, embed)
	}
	if d.admin {
		on = append(on, pick(adminOfRoom, adminOfFolder))
	}
	return on
}

func (d reading) fileRights(shared bool) []rights {
	var on []rights
	switch {
	case d.manages():
		on = append(on, managerOfFile)
		if d.place.room == nil {
			on = append(on, openForm)
		} else if shared {
			on = append(on, embed)
		}
		if slices.Contains(fileAccesses(d.place.entry.Title), accessFillForms) {
			on = append(on, byAccess[accessFillForms])
		}
	case d.link != nil && d.place.room == nil:
		on = append(on, visitorOfDocuments, byAccess[d.access()])
	case d.member != nil, d.link != nil:
		on = append(on, readerOfFile, byAccess[d.access()])
	}
	if d.admin {
		on = append(on, adminOfFile)
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

// shareSettings is how many links of each kind the entry can have, nil when the caller may make none.
func (d reading) shareSettings() *shareSettings {
	switch {
	case !d.maySetLinks():
		return nil
	case d.place.roomType == roomForm:
		return &shareSettings{PrimaryExternalLink: 1}
	case d.place.isRoom(), d.place.roomType == roomPublic:
		return &shareSettings{PrimaryExternalLink: 1, ExternalLink: 5}
	default:
		return &shareSettings{ExternalLink: 6}
	}
}

// shareSettings is the property of an entry, with the names of SubjectType.
type shareSettings struct {
	PrimaryExternalLink int `json:",omitempty"`
	ExternalLink        int `json:",omitempty"`
}

// shareRights is availableShareRights, with the names of SubjectType.
type shareRights struct {
	User                []string `json:",omitempty"`
	ExternalLink        []string `json:",omitempty"`
	Group               []string `json:",omitempty"`
	PrimaryExternalLink []string `json:",omitempty"`
}

// shareRights are the accesses that can be given to others. Only who may change the entry can take one away (FileSecurity.cs).
func (d reading) shareRights() shareRights {
	place := d.place
	if place.section == SectionTrash {
		return shareRights{}
	}
	accesses := []int{accessEditing, accessReview, accessComment, accessRead}
	switch {
	case place.roomType == roomForm && place.entry.Type == EntryFile:
		accesses = formAccesses(place.entry.Title)
	case place.roomType == roomForm:
		accesses = []int{accessFillForms}
	case place.entry.Type == EntryFile:
		accesses = fileAccesses(place.entry.Title)
	case place.room == nil, place.roomType == roomData:
		accesses = slices.Insert(accesses, 1, accessFillForms) // recorded: VN040, VM036
	}
	if len(accesses) == 0 {
		return shareRights{}
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
	r := shareRights{ExternalLink: names(accesses...)}
	r.PrimaryExternalLink = r.ExternalLink
	if place.room == nil {
		r.User = names(slices.Concat([]int{accessReadWrite}, accesses, []int{accessRestrict})...)
		r.Group = r.User
	}
	return r
}
