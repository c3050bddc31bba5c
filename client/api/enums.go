package api

import (
	"encoding/json"
	"slices"
)

// A server sends the enums of the settings and of entries as numbers. The published description also allows their names, so
// both are read. A number that this version does not know stays as it is. A name that it does not know becomes -1. The status
// of a share link must be a number, because it decides whether the link is open. The server's name of 0 is None. Here it is NotSet
// or NoAccess, since None cannot be a name in Python, and RoomType is TypeOfRoom, since a schema has that name.

// UnmarshalJSON reads a number or a name.
func (v *SortedByType) UnmarshalJSON(text []byte) error {
	return unmarshalEnum((*int32)(v), text, "DateAndTime", "AZ", "Size", "Author", "Type", "New", "DateAndTimeCreation",
		"RoomType", "Tags", "Room", "CustomOrder", "LastOpened", "UsedSpace")
}

// UnmarshalJSON reads a number or a name.
func (v *DateToAutoCleanUp) UnmarshalJSON(text []byte) error {
	return unmarshalEnum((*int32)(v), text, "None", "OneWeek", "TwoWeeks", "OneMonth", "ThirtyDays", "TwoMonths", "ThreeMonths")
}

// UnmarshalJSON reads a number or a name.
func (v *FileShare) UnmarshalJSON(text []byte) error {
	return unmarshalEnum((*int32)(v), text, "None", "ReadWrite", "Read", "Restrict", "Varies", "Review", "Comment", "FillForms",
		"CustomFilter", "RoomManager", "Editing", "ContentCreator")
}

// UnmarshalJSON reads a number or a name.
func (v *FileEntryType) UnmarshalJSON(text []byte) error {
	return unmarshalEnum((*int32)(v), text, "", "Folder", "File")
}

// unmarshalEnum reads a number, or a name whose number is its place in names. An empty name in names is no name.
func unmarshalEnum(into *int32, text []byte, names ...string) error {
	if len(text) == 0 || text[0] != '"' {
		return json.Unmarshal(text, into)
	}
	var name string
	if err := json.Unmarshal(text, &name); err != nil {
		return err
	}
	*into = -1
	if name != "" {
		*into = int32(slices.Index(names, name)) //nolint:gosec // a dozen names
	}
	return nil
}
