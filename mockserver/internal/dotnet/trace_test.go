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

func TestNewTraceContext(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		got := NewTraceContext()
		if !regexp.MustCompile(`^00-[0-9a-f]{32}-[0-9a-f]{16}-00$`).MatchString(got) || seen[got] {
			t.Errorf("got %q", got)
		}
		seen[got] = true
	}
}
