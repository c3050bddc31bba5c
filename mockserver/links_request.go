package mockserver

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// linkRequest is the body of a call that makes or changes a link. The server has a class for rooms, one for files and one for folders,
// which differ in a few properties.
type linkRequest struct {
	linkID       string // "" for a new link
	access       int    // of FileShare, or any other number
	expires      time.Time
	internal     bool
	internalSaid bool
	title        string
	linkType     int // of rooms; 0 is an invitation
	password     string
	denyDownload bool
	primary      bool // of files and folders
	maxUses      int  // of an invitation; 0 is any number
}

// linkClass is how the server reads the body for one kind of entry.
type linkClass struct {
	name      string // of the class
	parameter string // of the action, which is in the keys of errors
	trims     bool   // blanks around a password do not count when a link is set
}

var linkClasses = map[EntryType]linkClass{
	EntryRoom:   {"RoomLinkRequest", "RoomLink", true},
	EntryFile:   {"FileLinkRequest", "File", false},
	EntryFolder: {"FolderLinkRequest", "FolderLink", true},
}

// bindLink reads the body of a link into the call.
func bindLink(call *call) error {
	kind := call.route.facts.entry
	class := linkClasses[kind]
	reader := call.jsonObject(requestDTO+class.name, class.parameter)
	if call.noBody() {
		return reader.Missing()
	}
	var r linkRequest
	invalid := map[string]*dotnet.BodyError{}
	var unread *dotnet.BodyError
	read := linkProperties(reader, class, &r, invalid, &unread)
	bad := reader.Read(func(name string, value dotnet.Value) *dotnet.BodyError {
		property := read[dotnet.ToLower(name)]
		if property == nil || kind == EntryRoom && property.notOfRooms || kind != EntryRoom && property.ofRooms {
			return nil
		}
		return property.read(value)
	})
	if bad != nil {
		return bad
	}
	// Attributes of the class are checked when the whole body has been read.
	for _, name := range []string{"title", "password", "maxusecount"} {
		if bad := invalid[name]; bad != nil {
			return bad
		}
	}
	if err := call.refusedAsUnread(unread); err != nil {
		return err
	}
	if class.trims && call.route.facts.method == "PUT" {
		r.password = strings.TrimSpace(r.password)
	}
	call.link = &r
	return nil
}

// refusedAsUnread is the error for a value that the server takes for none, where the profile refuses what is unknown.
func (c *call) refusedAsUnread(unread *dotnet.BodyError) error {
	if unread != nil && c.refuses(said{"A1149", "A721"}, func(p *profile) bool { return !p.unknownIsForbidden },
		"{refuses|refuse} %s of the body with 400", "{takes|take} %s of the body for none", pathIn(unread)) {
		return unread
	}
	return nil
}

// pathIn is the name of the property that an error is about.
func pathIn(bad *dotnet.BodyError) string { return strings.TrimPrefix(bad.Key, "$.") }

// linkProperty reads one property of the body.
type linkProperty struct {
	read                func(dotnet.Value) *dotnet.BodyError
	ofRooms, notOfRooms bool
}

// linkProperties are the properties of the body, by their names in lower case. invalid gets the errors of values that are of the right
// type and break a rule, and unread that of one which the server takes for none, without a word: an access that there is not, or no time.
func linkProperties(reader *dotnet.ObjectReader, class linkClass, r *linkRequest, invalid map[string]*dotnet.BodyError, unread **dotnet.BodyError) map[string]*linkProperty {
	flag := func(into *bool) func(dotnet.Value) *dotnet.BodyError {
		return func(value dotnet.Value) *dotnet.BodyError {
			on, ok := value.Bool()
			if !ok {
				return reader.Mismatch("true or false", "System.Boolean")
			}
			*into = on
			return nil
		}
	}
	text := func(name string, into *string) func(dotnet.Value) *dotnet.BodyError {
		return func(value dotnet.Value) *dotnet.BodyError {
			given, ok := value.Text()
			if !ok && !value.IsNull() {
				return reader.Mismatch("a text or null", "System.String")
			}
			*into = given
			delete(invalid, strings.ToLower(name))
			if bad := tooLong(class.parameter+"."+name, name, given); bad != nil {
				invalid[strings.ToLower(name)] = bad
			}
			return nil
		}
	}
	return map[string]*linkProperty{
		"linkid": {read: func(value dotnet.Value) *dotnet.BodyError {
			given, _ := value.Text()
			id, err := uuid.Parse(given)
			if err != nil || len(given) != len(id.String()) {
				return reader.Mismatch("a GUID", "System.Guid")
			}
			if r.linkID = id.String(); id == uuid.Nil {
				r.linkID = ""
			}
			return nil
		}},
		"access": {read: func(value dotnet.Value) *dotnet.BodyError {
			if value.IsContainer() {
				return reader.Unread("a number or the name of an access", "The converter 'ASC.Files.Core.Security.FileShareConverter' read too much or not enough.")
			}
			access, known := readAccess(value)
			if r.access = access; !known {
				*unread = reader.Mismatch("the number or the name of an access, such as 2 or Read", "ASC.Files.Core.Security.FileShare")
			}
			return nil
		}},
		"expirationdate": {read: func(value dotnet.Value) *dotnet.BodyError {
			given, ok := value.Text()
			if !ok && !value.IsNull() {
				return reader.Mismatch("a time as a text", "ASC.Api.Core.ApiDateTime")
			}
			if r.expires, ok = dotnet.ParseTime(given); !ok && given != "" {
				*unread = reader.Mismatch("a time such as 2030-01-01T00:00:00Z", "ASC.Api.Core.ApiDateTime")
			}
			return nil
		}},
		"title":    {read: text("Title", &r.title)},
		"password": {read: text("Password", &r.password)},
		"internal": {read: func(value dotnet.Value) *dotnet.BodyError {
			r.internalSaid = true
			return flag(&r.internal)(value)
		}},
		"denydownload": {read: flag(&r.denyDownload)},
		"primary":      {read: flag(&r.primary), notOfRooms: true},
		"linktype": {ofRooms: true, read: func(value dotnet.Value) *dotnet.BodyError {
			n, ok := value.Int()
			if !ok {
				return reader.Mismatch("a whole number", "ASC.Files.Core.ApiModels.ResponseDto.LinkType")
			}
			r.linkType = int(n)
			return nil
		}},
		"maxusecount": {ofRooms: true, read: func(value dotnet.Value) *dotnet.BodyError {
			n, ok := dotnet.IntOrText(value)
			if !ok && !value.IsNull() {
				return reader.Mismatch("a whole number or null", "System.Nullable`1[System.Int32]")
			}
			r.maxUses = int(n)
			delete(invalid, "maxusecount")
			if ok && (n < 1 || n > 1000) {
				invalid["maxusecount"] = &dotnet.BodyError{Key: class.parameter + ".MaxUseCount", Message: "The field MaxUseCount must be between 1 and 1000.",
					Explanation: fmt.Sprintf("Body: $.maxUseCount: is %d: give 1 to 1000, or leave it out", n)}
			}
			return nil
		}},
		"currentusecount": {ofRooms: true, read: func(value dotnet.Value) *dotnet.BodyError {
			if _, ok := dotnet.IntOrText(value); !ok {
				return reader.Mismatch("a whole number", "System.Int32")
			}
			return nil
		}},
	}
}

// shareNames are the names of FileShare, by their numbers.
var shareNames = []string{"None", "ReadWrite", "Read", "Restrict", "Varies", "Review", "Comment", "FillForms", "CustomFilter", "RoomManager", "Editing", "ContentCreator"}

// readAccess reads an access as a number, as its exact name, or as a text with the number. Everything else is 0 (FileShareConverter;
// recorded: VL017, VL019, VL189 to VL191).
func readAccess(value dotnet.Value) (access int, known bool) {
	if n, ok := dotnet.IntOrText(value); ok {
		return int(n), true
	}
	given, _ := value.Text()
	access = slices.Index(shareNames, given)
	return max(0, access), access >= 0
}

// maxLinkText is the length of a title or password of a link (FileLinkRequestDto.cs: [StringLength(255)], which counts UTF-16 units).
const maxLinkText = 255

// tooLong refuses a text that is too long for a link.
func tooLong(key, name, value string) *dotnet.BodyError {
	return longerThan(maxLinkText, key, name, "the "+strings.ToLower(name)+" of a link", value)
}
