package mockserver

import (
	"testing"
)

func TestDroppedErrorSaysWhatToDo(t *testing.T) {
	for want, e := range map[string]DroppedError{
		"the journal has dropped 1 request which could match, with sequence 7: clear it more often, or make it larger":                   {1, 7},
		"the journal has dropped 2 requests which could match, the last of them with sequence 7: clear it more often, or make it larger": {2, 7},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
