package host

import "testing"

// The tests of a limit name it, so that they hold whatever it is. These are the numbers that documents and measurements name.
func TestLimits(t *testing.T) {
	for name, limit := range map[string]struct{ got, want int64 }{
		"bytes of a body":                   {maxBody, 1_048_576},
		"bytes of a body that is large":     {largeBody, 32_768},
		"records of a portal that is large": {largeRecords, 1000},
		"small calls at a time":             {wholeTurn / smallTurn, 8},
	} {
		if limit.got != limit.want {
			t.Errorf("%s: %d, want %d", name, limit.got, limit.want)
		}
	}
}
