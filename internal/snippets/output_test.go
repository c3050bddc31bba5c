package snippets_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// ellipsis stands for what is another text each time: alone on a line for any lines, or none, within a line for any text.
const ellipsis = "…"

// outputProblem says how an output differs from what a block shows; "" when it does not.
func outputProblem(b block, got string) string {
	if outputPattern(b.text).MatchString(plain(got)) {
		return ""
	}
	return fmt.Sprintf("%s: the output is another one:\n%s", b.place(), plain(got))
}

// plain is an output without what nobody sees: carriage returns, blanks at the end of lines, empty lines around it.
func plain(output string) string {
	lines := strings.Split(output, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func outputPattern(shown string) *regexp.Regexp {
	pattern := `\A`
	lines := strings.Split(plain(shown), "\n")
	for i, line := range lines {
		last := i == len(lines)-1
		switch {
		case line == ellipsis && last:
			pattern += `(?s:.*)`
			continue
		case line == ellipsis:
			pattern += `(.*\n)*`
			continue
		}
		pattern += strings.ReplaceAll(regexp.QuoteMeta(line), ellipsis, `.*`)
		if !last {
			pattern += `\n`
		}
	}
	return regexp.MustCompile(pattern + `\z`)
}

func TestOutput(t *testing.T) {
	g := NewWithT(t)
	for _, ok := range []struct{ shown, got string }{
		{"a\nb\n", "\na\r\nb  \r\n\n"},
		{"a\n…\nc\n", "a\nc\n"},
		{"a\n…\nc\n", "a\nb\nb\nc\n"},
		{"…\nc\n", "c\n"},
		{"a\n…\n", "a\nb\nc"},
		{`{"id":"…","n":1}`, `{"id":"x.y","n":1}`},
	} {
		g.Expect(outputProblem(block{text: ok.shown}, ok.got)).To(BeEmpty(), ok.shown)
	}
	for _, wrong := range []struct{ shown, got string }{
		{"a\nb\n", "a\n"},
		{"a\n", "a\nb\n"},
		{"a.c\n", "abc\n"},
		{"a\n…\nc\n", "a\nb\ncc\n"},
		{`{"id":"…","n":1}`, `{"id":"x","n":2}`},
		{"a…c\n", "a\nc\n"},
	} {
		g.Expect(outputProblem(block{document: "a.md", line: 3, text: wrong.shown}, wrong.got)).To(HavePrefix("a.md:3: the output is another one:\n"), wrong.shown)
	}
}
