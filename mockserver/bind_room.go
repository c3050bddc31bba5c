package mockserver

import (
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// roomTypeNames are the names of RoomType, by their numbers.
var roomTypeNames = map[string]int{
	"fillingformsroom": roomForm, "editingroom": roomCollaboration, "customroom": roomCustom, "publicroom": roomPublic,
	"virtualdataroom": roomData, "airoom": roomAI,
}

// maxRoomTexts are the lengths of the texts of a room (CreateRoomRequestDto.cs: [StringLength], which counts UTF-16 units), by their
// names in lower case.
var maxRoomTexts = map[string]int{"title": 170, "color": 6, "cover": 50}

// bindRoom reads the body of the call that makes a room. The fake keeps nothing but the title, the type and whether the room is
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
	invalid := map[string]*dotnet.BodyError{}
	bad := reader.Read(func(name string, value dotnet.Value) *dotnet.BodyError {
		missing = withoutName(missing, name)
		switch lower := dotnet.ToLower(name); lower {
		case "title", "color", "cover":
			text, ok := value.Text()
			if !ok && !value.IsNull() {
				return reader.Mismatch("a text", "System.String")
			}
			property := strings.ToUpper(lower[:1]) + lower[1:]
			invalid[lower] = longerThan(maxRoomTexts[lower], property, property, "a "+lower+" of a room", text)
			if lower == "title" {
				r.title, r.noTitle = text, value.IsNull()
			} else {
				ignored = append(ignored, name)
			}
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
	for _, name := range []string{"title", "color", "cover"} {
		if bad := invalid[name]; bad != nil {
			return bad
		}
	}
	if len(ignored) > 0 {
		call.note("mock-docspace keeps the title and the type of a room, and ignores the rest of the body")
	}
	call.room = &r
	return nil
}

// bindRemoval reads the body of the call that removes a room. deleteAfter has no effect: the fake keeps no file operations.
func bindRemoval(call *call) error {
	reader := call.jsonObject("ASC.Files.Core.ApiModels.RequestDto.DeleteRoomRequest", "DeleteRoom")
	if call.noBody() {
		return reader.Missing()
	}
	bad := reader.Read(func(name string, value dotnet.Value) *dotnet.BodyError {
		if _, ok := value.Bool(); !ok && dotnet.EqualFold(name, "deleteAfter") {
			return reader.Mismatch("true or false", "System.Boolean")
		}
		return nil
	})
	if bad != nil {
		return bad
	}
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
