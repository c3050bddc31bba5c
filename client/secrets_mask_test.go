package client

import (
	"fmt"
	"strings"
	"testing"
)

func TestMaskLine(t *testing.T) {
	mask := newMasker("", `S3 CRET/"é<`, "S3", "*")
	for text, want := range map[string]string{
		"":                                         "",
		"nothing to hide":                          "nothing to hide",
		`a S3 CRET/"é< b`:                          "a *** b",
		`a S3%20CRET%2F%22%C3%A9%3C b`:             "a *** b", // in a path
		`a S3+CRET%2F%22%C3%A9%3C b`:               "a *** b", // in a query
		`a S3 CRET/\"é\u003c b`:                    "a *** b", // in JSON
		`a S3 CRET/\"é< b`:                         "a *** b", // quoted by Go
		`a S3 CRET/&#34;é&lt; b`:                   "a *** b", // in HTML
		`a S3 CRET/&quot;&#xE9;&lt; b`:             "a *** b", // in HTML, by another library
		`a S3\u0020CRET/\u0022\u00E9\u003C b`:      "a *** b",
		`a s3%20cret%2f%22%c3%a9%3c b`:             "a *** b",   // in lower case
		`a S3%2520CRET%252F%2522%25C3%25A9%253C b`: "a *** b",   // twice
		`a "S3 CRET/\\\"é<" b`:                     `a "***" b`, // JSON within JSON
		"a S3\r\nCRET/\"é< b":                      "a *** b",   // over two lines
		"S":                                        "S",
		"one\ntwo\x00three\u2028\u202efo":          "one two three fo",
		"\xff":                                     "\uFFFD",
	} {
		if got := mask.line(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	control := newMasker("PASS\tWORD\a\u007f\U0001F511")
	for _, text := range []string{"PASS\tWORD\a\u007f\U0001F511", `PASS\tWORD\a\x7f🔑`, `PASS\\tWORD\\a\\x7f🔑`, `PASS\u0009WORD\u0007\u007f\ud83d\udd11`, "PASS&#9;WORD&#7;&#127;&#128273;", "PASS WORD🔑"} {
		if got := control.line("x " + text + " y"); got != "x *** y" {
			t.Errorf("with control characters, %q: got %q", text, got)
		}
	}
	if got := newMasker("PASS WORD").line("x PASS\u200bWORD y PASS\nWORD"); got != "x *** y ***" {
		t.Errorf("put together by the cleaning: %q", got)
	}
	for _, text := range []string{`C:\SECRET7`, "100%SECRET7"} { // letters and digits are written in one way, so nothing before them belongs to them
		if got := newMasker("SECRET7").line(text); got != text[:len(text)-len("SECRET7")]+"***" {
			t.Errorf("%s: got %q", text, got)
		}
	}
	if got := newMasker("SECRET").line(strings.Repeat("é", 296) + "SECRET"); got != strings.Repeat("é", 296)+"***" {
		t.Errorf("at the cut: %q", got)
	}
	if got := masker(nil).line("a\nb"); got != "a b" {
		t.Errorf("without secrets: %q", got)
	}
	if text := fmt.Sprintf("%+v %#v", mask, mask); strings.Contains(text, "CRET") {
		t.Error(text)
	}
}
