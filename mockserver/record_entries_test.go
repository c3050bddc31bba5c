package mockserver

import (
	"testing"
)

func TestFreeEntryID(t *testing.T) {
	p := Portal{Entries: []Entry{{ID: "7"}, {ID: "2147483647"}, {ID: "2147483648"}, {ID: "a"}, {ID: "99999999999999999999"}}}
	if got := p.freeEntryID(); got != "2147483649" {
		t.Errorf("got %s", got)
	}
	if got := (&Portal{}).freeEntryID(); got != "1" {
		t.Errorf("got %s", got)
	}
}
