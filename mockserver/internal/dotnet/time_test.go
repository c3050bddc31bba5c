package dotnet

import (
	"testing"
	"time"
)

func TestParseTime(t *testing.T) {
	for text, want := range map[string]string{
		"2030-01-02T03:04:05Z":            "2030-01-02T03:04:05.0000000Z",
		"2030-01-02T03:04:05.123456789Z":  "2030-01-02T03:04:05.1234567Z",
		"2030-01-02T03:04:05+02:00":       "2030-01-02T01:04:05.0000000Z",
		"2030-01-02T03:04:05":             "2030-01-02T03:04:05.0000000Z",
		"2030-01-02T03:04":                "2030-01-02T03:04:00.0000000Z",
		"2030-01-02":                      "2030-01-02T00:00:00.0000000Z",
		" 2030-01-02 03:04:05.5 +02:00\n": "2030-01-02T01:04:05.5000000Z",
		"2030-01-02T03-04-05.0000000Z":    "2030-01-02T03:04:05.0000000Z",
		"01/02/2030":                      "2030-01-02T00:00:00.0000000Z",
		"Wed, 02 Jan 2030 03:04:05 GMT":   "2030-01-02T03:04:05.0000000Z",
		"":                                "",
		"tomorrow":                        "",
		"1893553445":                      "",
		"2030-13-01":                      "",
		"2030-02-30T00:00:00Z":            "",
		"2030-01-02T25:00:00Z":            "",
		"{\"utcTime\":\"2030-01-02\"}":    "",
	} {
		got, ok := ParseTime(text)
		if ok != (want != "") || ok && FormatTime(got) != want || !ok && !got.IsZero() {
			t.Errorf("%q: got %v, %t, want %s", text, got, ok, want)
		}
	}
}

func TestFormatTime(t *testing.T) {
	at := time.Date(2030, 1, 2, 3, 4, 5, 123456789, time.FixedZone("", 3600))
	if got := FormatTime(at); got != "2030-01-02T02:04:05.1234567Z" {
		t.Errorf("got %s", got)
	}
	if read, ok := ParseTime(FormatTime(at)); !ok || !read.Equal(at.Truncate(100*time.Nanosecond)) {
		t.Errorf("got %v, %t", read, ok)
	}
}
