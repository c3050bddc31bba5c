package mockserver

import (
	"cmp"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

// The types of rooms (RoomType).
const (
	roomForm          = 1
	roomCollaboration = 2
	roomCustom        = 5
	roomPublic        = 6
	roomData          = 8
	roomAI            = 9
)

// The accesses of links (FileShare).
const (
	accessNone           = 0
	accessReadWrite      = 1
	accessRead           = 2
	accessReview         = 5
	accessComment        = 6
	accessFillForms      = 7
	accessRoomManager    = 9
	accessEditing        = 10
	accessContentCreator = 11
)

// accessOrder is the order of links in lists (recorded: VL021).
var accessOrder = []int{accessRoomManager, accessContentCreator, accessEditing, accessFillForms, accessReview, accessComment, accessRead}

// The titles of links that were given none. That of an invitation was not recorded (best reading).
const (
	titleShared     = "Shared link"
	titleForm       = "Link to fill out"
	titleInvitation = "Invitation link"
)

// linkPlace is where links of an entry are.
type linkPlace struct {
	entry    *Entry
	room     *Entry // in which the entry is, or the entry itself; nil is none
	roomType int    // 0 outside of rooms
	section  Section
}

// placeOf finds the place of an entry.
func (s *state) placeOf(e *Entry) linkPlace {
	place := linkPlace{entry: e, room: s.entries.roomOf(e), section: s.entries.sectionOf(e)}
	if place.room != nil {
		place.roomType = place.room.roomType()
	}
	return place
}

// roomType is the type of a room. A portal file need not say it.
func (e *Entry) roomType() int { return cmp.Or(e.RoomType, roomCustom) }

func (l linkPlace) isRoom() bool { return l.entry == l.room }

// accesses are those that a share link can have there (FileSecurity.cs; recorded: VL006 to VL104, VL232 to VL287, VL373 to VL375).
func (l linkPlace) accesses(p *profile) []int {
	switch {
	case l.isRoom() && (l.roomType == roomCustom || l.roomType == roomPublic), l.entry.Type == EntryFolder && l.roomType != roomForm:
		return []int{accessEditing, accessFillForms, accessReview, accessComment, accessRead}
	case l.isRoom() && l.roomType == roomForm && p.formRoomLinks, l.entry.Type == EntryFolder:
		return []int{accessFillForms, accessRead}
	case l.isRoom():
		return nil
	case l.roomType == roomForm:
		return formAccesses(l.entry.Title)
	default:
		return fileAccesses(l.entry.Title)
	}
}

// invitationAccesses are those that an invitation to the room can have (FileSecurity.cs, best reading).
func (l linkPlace) invitationAccesses() []int {
	switch {
	case !l.isRoom():
		return nil // PUT rooms/{id}/links also takes the ID of a folder
	case l.roomType == roomForm:
		return []int{accessRoomManager, accessContentCreator, accessFillForms}
	case l.roomType == roomPublic:
		return []int{accessRoomManager, accessContentCreator}
	default:
		return []int{accessRoomManager, accessContentCreator, accessEditing, accessFillForms, accessReview, accessComment, accessRead}
	}
}

// fileFormats are the lists of extensions in the settings that say what can be done with a file.
var fileFormats = sync.OnceValue(func() map[string][]string {
	formats := map[string][]string{}
	for _, property := range freshSettingsBody() {
		var list []string
		var byExtension map[string]json.RawMessage
		switch {
		case json.Unmarshal(property.value, &list) == nil:
			formats[property.name] = list
		case json.Unmarshal(property.value, &byExtension) == nil:
			formats[property.name] = slices.Collect(maps.Keys(byExtension))
		}
	}
	return formats
})

// fileAccesses are those that the format of a file allows (FileSecurity.cs).
func fileAccesses(title string) []int {
	extension := strings.ToLower(path.Ext(title))
	var accesses []int
	for _, format := range []struct {
		list   string
		access int
	}{
		{"extsWebEdited", accessEditing}, {"extsWebRestrictedEditing", accessFillForms},
		{"extsWebReviewed", accessReview}, {"extsWebCommented", accessComment},
	} {
		if slices.Contains(fileFormats()[format.list], extension) {
			accesses = append(accesses, format.access)
		}
	}
	return append(accesses, accessRead)
}

// formAccesses are those of a file in a form room, where links are for filling out.
func formAccesses(title string) []int {
	if slices.Contains(fileAccesses(title), accessFillForms) {
		return []int{accessFillForms}
	}
	return nil
}

// mostLinks is how many links of a kind an entry can have (FileSecurity.cs; recorded: VL015, VL050, VL193, VL319).
func (l linkPlace) mostLinks(p *profile, link *Link) int {
	switch {
	case link.Invitation:
		return 1
	case link.Primary && (l.isRoom() || l.roomType == roomPublic || l.roomType == roomForm || !p.severalPrimaries):
		return 1
	case link.Primary:
		return 6
	case l.roomType == roomForm:
		return 0
	case l.isRoom(), l.roomType == roomPublic:
		return 5
	default:
		return 6
	}
}

// remade says whether a primary link comes back with another key when it is revoked.
func (l linkPlace) remade() bool { return l.roomType == roomPublic || l.roomType == roomForm }

// firstLink is the primary link with which a public room or a form room comes, and the one that takes the place of a revoked one
// (FileStorageService.cs).
func (l linkPlace) firstLink(settings Settings) Link {
	link := Link{Entry: l.entry.fullName(), Primary: true, Access: accessRead, Title: titleShared}
	if l.roomType == roomForm {
		link.Access, link.Title, link.Internal = accessFillForms, titleForm, settings.DefaultShareLinkInternal
	}
	return link
}

// usualTitle is the title of a link that was given none.
func (l linkPlace) usualTitle(link *Link) string {
	switch {
	case link.Invitation:
		return titleInvitation
	case link.Primary && l.roomType == roomForm:
		return titleForm
	default:
		return titleShared
	}
}

// linksOf are the links of an entry in the server's order of lists: by access, and then by ID.
func (s *state) linksOf(e *Entry) []*Link {
	links := slices.Clone(s.linksByEntry[e])
	slices.SortFunc(links, func(a, b *Link) int {
		if order := slices.Index(accessOrder, a.access()) - slices.Index(accessOrder, b.access()); order != 0 {
			return order
		}
		return strings.Compare(a.ID, b.ID)
	})
	return links
}

// primaryOf is the primary link of an entry, the first one of several; nil when there is none.
func (s *state) primaryOf(e *Entry) *Link {
	for _, link := range s.linksOf(e) {
		if link.Primary {
			return link
		}
	}
	return nil
}
