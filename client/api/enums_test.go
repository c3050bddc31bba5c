package api

import (
	"encoding/json"
	"testing"
)

// check reads each text as an enum.
func check[T ~int32](t *testing.T, known map[string]T) {
	t.Helper()
	for text, want := range known {
		var got T
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%T %s: got %d, %v, want %d", want, text, got, err, want)
		}
	}
	for text, want := range map[string]T{`99`: 99, `"Newest"`: -1, `""`: -1, `null`: 0} {
		var got T
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%T %s: got %d, %v, want %d", want, text, got, err, want)
		}
	}
	for _, text := range []string{`true`, `1.5`, `[]`, `{}`} {
		var got T
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%T: %s was read as %d", got, text, got)
		}
	}
}

// An enum is read from a number or from a name. An unknown number stays, and an unknown name becomes -1.
func TestEnumsFromNumbersAndNames(t *testing.T) {
	check(t, map[string]SortedByType{
		`2`: SortedByTypeSize, `"DateAndTime"`: SortedByTypeDateAndTime, `"AZ"`: SortedByTypeAZ, `"Size"`: SortedByTypeSize,
		`"Author"`: SortedByTypeAuthor, `"Type"`: SortedByTypeType, `"New"`: SortedByTypeNew,
		`"DateAndTimeCreation"`: SortedByTypeDateAndTimeCreation, `"RoomType"`: SortedByTypeTypeOfRoom, `"Tags"`: SortedByTypeTags,
		`"Room"`: SortedByTypeRoom, `"CustomOrder"`: SortedByTypeCustomOrder, `"LastOpened"`: SortedByTypeLastOpened,
		`"UsedSpace"`: SortedByTypeUsedSpace,
	})
	check(t, map[string]DateToAutoCleanUp{
		`1`: DateToAutoCleanUpOneWeek, `"None"`: DateToAutoCleanUpNotSet, `"OneWeek"`: DateToAutoCleanUpOneWeek,
		`"TwoWeeks"`: DateToAutoCleanUpTwoWeeks, `"OneMonth"`: DateToAutoCleanUpOneMonth, `"ThirtyDays"`: DateToAutoCleanUpThirtyDays,
		`"TwoMonths"`: DateToAutoCleanUpTwoMonths, `"ThreeMonths"`: DateToAutoCleanUpThreeMonths,
	})
	check(t, map[string]FileShare{
		`1`: FileShareReadWrite, `"None"`: FileShareNoAccess, `"ReadWrite"`: FileShareReadWrite, `"Read"`: FileShareRead,
		`"Restrict"`: FileShareRestrict, `"Varies"`: FileShareVaries, `"Review"`: FileShareReview, `"Comment"`: FileShareComment,
		`"FillForms"`: FileShareFillForms, `"CustomFilter"`: FileShareCustomFilter, `"RoomManager"`: FileShareRoomManager,
		`"Editing"`: FileShareEditing, `"ContentCreator"`: FileShareContentCreator,
	})
	check(t, map[string]FileEntryType{`1`: FileEntryTypeFolder, `"Folder"`: FileEntryTypeFolder, `"File"`: FileEntryTypeFile})
}

// The status of a share link decides whether the link is open, so its name is not read.
func TestStatusIsNumber(t *testing.T) {
	var status ExternalShareStatus
	if err := json.Unmarshal([]byte(`"Ok"`), &status); err == nil {
		t.Errorf("\"Ok\" was read as %d", status)
	}
	if err := json.Unmarshal([]byte(`4`), &status); err != nil || status != ExternalShareStatusInvalidPassword {
		t.Errorf("4: got %d, %v", status, err)
	}
}
