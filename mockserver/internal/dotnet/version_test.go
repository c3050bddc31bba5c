package dotnet

import "testing"

func TestVersion(t *testing.T) {
	for segment, want := range map[string]struct {
		is20       bool
		outOfRange string
	}{
		"2":                  {is20: true},
		"2.0":                {is20: true},
		"2.00":               {is20: true}, // recorded: F672
		"02.0":               {is20: true},
		"0002.0":             {is20: true}, // recorded: F1460
		"+2.0":               {is20: true}, // recorded: F1461
		"+2":                 {is20: true},
		"2.+0":               {is20: true},
		" 2.0":               {is20: true},
		"2.0 ":               {is20: true},
		"\t2 . 0\n":          {is20: true},
		"2.0-":               {is20: true}, // recorded: F1472
		"2-":                 {is20: true},
		"2.0000000000000000": {is20: true},

		"":           {},
		"2.":         {}, // recorded: F674
		".2":         {},
		".":          {},
		"2.0.0":      {},
		"v2":         {},
		"2.0-beta":   {}, // recorded: F675
		"2.0-0":      {},
		"2.0--":      {},
		"2.0-é":      {},
		"x":          {},
		"1.0":        {},
		"2.1":        {},
		"20":         {},
		"2,0":        {},
		"2_0":        {},
		"2.-0":       {},
		"2.-1":       {},
		"-0.0":       {},
		"-":          {},
		" -2.0":      {},
		"++2":        {},
		"0x2":        {},
		"２.0":        {},
		"\u00a02.0":  {},
		"4294967298": {}, // 2 when it overflows
		"-2.x":       {},
		"2020-01-01": {}, // recorded: F682

		"-2.0":  {outOfRange: "majorVersion"}, // recorded: F1471
		"-2":    {outOfRange: "majorVersion"},
		"-2.-1": {outOfRange: "majorVersion"},
		"-0.-1": {outOfRange: "minorVersion"},
	} {
		if is20, outOfRange := Version(segment); is20 != want.is20 || outOfRange != want.outOfRange {
			t.Errorf("%q: got %t and %q, want %t and %q", segment, is20, outOfRange, want.is20, want.outOfRange)
		}
	}
}
