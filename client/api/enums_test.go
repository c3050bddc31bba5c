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
		`2`: SortedByTypeSize, `"DateAndTime"`: SortedByTypeDateAndTime, `"RoomType"`: SortedByTypeRoomType, `"UsedSpace"`: SortedByTypeUsedSpace,
	})
	check(t, map[string]DateToAutoCleanUp{
		`1`: DateToAutoCleanUpOneWeek, `"None"`: 0, `"OneWeek"`: DateToAutoCleanUpOneWeek, `"ThreeMonths"`: DateToAutoCleanUpThreeMonths,
	})
	check(t, map[string]FileShare{
		`1`: FileShareReadWrite, `"None"`: 0, `"CustomFilter"`: FileShareCustomFilter, `"ContentCreator"`: FileShareContentCreator,
	})
	check(t, map[string]FileEntryType{`1`: FileEntryTypeFolder, `"Folder"`: FileEntryTypeFolder, `"File"`: FileEntryTypeFile})
}
