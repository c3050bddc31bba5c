package dotnet

import (
	"regexp"
	"strings"
	"testing"
)

func TestClientTraceID(t *testing.T) {
	const trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	for header, want := range map[string]string{
		"00-" + trace + "-" + parent + "-01":                             trace,
		"00-" + trace + "-" + parent + "-ff":                             trace,
		"cc-" + trace + "-" + parent + "-01":                             trace, // a later version
		"cc-" + trace + "-" + parent + "-01-more":                        trace,
		"cc-" + trace + "-" + parent + "-01.more":                        "",
		"00-" + trace + "-" + parent + "-01-more":                        "",
		"ff-" + trace + "-" + parent + "-01":                             "",
		"00-" + strings.Repeat("0", 32) + "-" + parent + "-01":           "",
		"00-" + trace + "-" + strings.Repeat("0", 16) + "-01":            "",
		"00-" + strings.ToUpper(trace) + "-" + parent + "-01":            "",
		"00-" + trace + "-" + parent:                                     "",
		"00-" + trace + "0-" + parent + "-01":                            "",
		trace:                                                            "",
		"":                                                               "",
		"cc-" + trace + "-" + parent + "-01-" + strings.Repeat("x", 600): "",
	} {
		if got := ClientTraceID([]string{header}); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
	once := "00-" + trace + "-" + parent + "-01"
	if got := ClientTraceID([]string{once, once}); got != "" {
		t.Errorf("two headers: %q", got)
	}
	if got := ClientTraceID(nil); got != "" {
		t.Errorf("no header: %q", got)
	}
}

func TestTraceContext(t *testing.T) {
	const trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
	const fresh, followed = `^00-[0-9a-f]{32}-[0-9a-f]{16}-00$`, `^00-` + trace + `-[0-9a-f]{16}-`
	for _, test := range []struct {
		headers []string
		want    string
	}{
		{nil, fresh},
		{[]string{""}, fresh},
		{[]string{"00-" + trace + "-" + parent + "-01"}, followed + "01$"}, // recorded: F1212
		{[]string{"00-" + trace + "-" + parent + "-00"}, followed + "00$"}, // recorded: F1213
		{[]string{"00-" + trace + "-" + parent + "-ff"}, followed + "7f$"}, // recorded: F1218
		{[]string{"00-" + trace + "-" + parent + "-80"}, followed + "00$"},
		{[]string{"01-" + trace + "-" + parent + "-01"}, followed + "01$"},
		{[]string{"", "00-" + trace + "-" + parent + "-01"}, followed + "01$"},

		{[]string{"cc-" + trace + "-" + parent + "-01-more"}, `^\|cc-` + trace + "-" + parent + `-01-more\.[0-9a-f]{8}_$`},
		{[]string{"cc-" + trace + "-" + parent + "-01-more_"}, `^\|cc-` + trace + "-" + parent + `-01-more_[0-9a-f]{8}_$`},

		{[]string{"00-xyz-01"}, fresh},                                // recorded: F1214
		{[]string{"garbage"}, fresh},                                  // recorded: F1574
		{[]string{"00-" + trace + "-" + parent + "-01-extra"}, fresh}, // recorded: F1568
		{[]string{"00-" + trace + "-" + parent + "-0x"}, fresh},       // recorded: F1573
		{[]string{"ff-" + trace + "-" + parent + "-01"}, fresh},       // recorded: F1570
		{[]string{"cc-" + trace + "-" + parent + "-01.more"}, fresh},
		{[]string{"00-" + strings.ToUpper(trace) + "-" + parent + "-01"}, fresh},
		{[]string{"00-" + strings.Repeat("0", 32) + "-" + strings.Repeat("0", 16) + "-01"}, fresh},    // recorded: F1219
		{[]string{"00-" + trace + "-" + parent + "-01", "00-" + trace + "-" + parent + "-01"}, fresh}, // recorded: F1579
	} {
		first, second := TraceContext(test.headers), TraceContext(test.headers)
		if !regexp.MustCompile(test.want).MatchString(first) {
			t.Errorf("%q: got %q", test.headers, first)
		}
		if first == second || strings.Contains(first, parent) && first[0] != '|' {
			t.Errorf("%q: the span is not its own: %q and %q", test.headers, first, second)
		}
	}
}
