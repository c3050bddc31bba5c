package mockserver

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// roomTypeNames are the names of RoomType, by their numbers.
var roomTypeNames = map[string]int{
	"fillingformsroom": roomForm, "editingroom": roomCollaboration, "customroom": roomCustom, "publicroom": roomPublic,
	"virtualdataroom": roomData, "airoom": roomAI,
}

// maxRoomTitle is the length of the title of a room (CreateRoomRequestDto.cs: [StringLength(170)], which counts UTF-16 units).
const maxRoomTitle = 170

// bindRoom reads the body of the call that makes a room. The fake reads nothing but the title, the type and whether the room is
// encrypted.
func bindRoom(call *call) error {
	const class = requestDTO + "CreateRoomRequestDto"
	reader := call.jsonObject(class, "")
	if call.noBody() {
		return reader.Missing()
	}
	var r roomRequest
	missing := []string{"title", "roomType"}
	var ignored []string
	bad := reader.Read(func(name string, value dotnet.Value) *dotnet.BodyError {
		missing = withoutName(missing, name)
		switch dotnet.ToLower(name) {
		case "title":
			title, ok := value.Text()
			if !ok && !value.IsNull() {
				return reader.Mismatch("a text", "System.String")
			}
			r.title, r.noTitle = title, value.IsNull()
		case "roomtype":
			n, ok := roomTypeOf(value)
			if !ok {
				return reader.Mismatch("a number from 1 to 9", "ASC.Files.Core.ApiModels.RoomType")
			}
			r.roomType = n
		case "private":
			on, ok := value.Bool()
			if !ok {
				return reader.Mismatch("true or false", "System.Boolean")
			}
			r.private = on
		default:
			ignored = append(ignored, name)
		}
		return nil
	})
	switch {
	case bad != nil:
		return bad
	case len(missing) > 0:
		return &dotnet.BodyError{Key: "$",
			Message:     "JSON deserialization for type '" + class + "' was missing required properties including: '" + strings.Join(missing, "', '") + "'.",
			Explanation: "Body: has no " + strings.Join(missing, " and no ") + ": add it"}
	}
	if n := len(utf16.Encode([]rune(r.title))); n > maxRoomTitle {
		return &dotnet.BodyError{Key: "Title", Message: fmt.Sprintf("The field Title must be a string with a maximum length of %d.", maxRoomTitle),
			Explanation: fmt.Sprintf("Body: $.title: has %d characters, the title of a room has at most %d", n, maxRoomTitle)}
	}
	if len(ignored) > 0 {
		call.note("mock-docspace keeps the title and the type of a room, and ignores the rest of the body")
	}
	call.room = r
	return nil
}

// withoutName is the list without a name, in any letter case.
func withoutName(names []string, gone string) []string {
	var kept []string
	for _, name := range names {
		if !dotnet.EqualFold(name, gone) {
			kept = append(kept, name)
		}
	}
	return kept
}

// roomTypeOf reads a kind of room as a number, as a name in any letter case, or as a text with the number (recorded: VM020, VM021).
func roomTypeOf(value dotnet.Value) (roomType int, ok bool) {
	if n, ok := dotnet.IntOrText(value); ok {
		return int(n), true
	}
	name, _ := value.Text()
	roomType, ok = roomTypeNames[dotnet.ToLower(name)]
	return roomType, ok
}
