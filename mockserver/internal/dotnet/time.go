package dotnet

import (
	"strings"
	"time"
)

// timeLayouts are the forms of a time that callers send. The server reads more of them (DateTimeOffset.cs (runtime)).
var timeLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02",
	"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999 Z07:00", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04",
	"2006-01-02T15-04-05.999999999Z07:00", "2006-01-02T15-04-05.999999999", "2006/01/02", "01/02/2006", "01/02/2006 15:04:05",
	time.RFC1123, time.RFC1123Z,
}

// ParseTime reads a time as the server reads it, in UTC, which is also the zone of a time without one. It is false for a text that
// is no time (ApiDateTime.cs).
func ParseTime(text string) (t time.Time, ok bool) {
	text = strings.TrimSpace(text)
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC().Truncate(100 * time.Nanosecond), true
		}
	}
	return time.Time{}, false
}

// FormatTime writes a time as the server does (ApiDateTime.cs).
func FormatTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.0000000Z") }
