package snippets_test

import (
	"fmt"
	"hash/crc32"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// document is a page of Markdown.
type document struct{ name, text string }

// block is a fenced snippet of a document.
type block struct {
	document string
	line     int // of the document, where its text begins
	language string
	text     string
	notRun   string // why it cannot run; "" for nearly all
}

// place is where a block begins, for people.
func (b block) place() string { return fmt.Sprintf("%s:%d", b.document, b.line) }

// id is a name for files and packages. A block with other ports has another one.
func (b block) id() string {
	name := strings.ToLower(strings.TrimSuffix(b.document, ".md"))
	return fmt.Sprintf("%s_%d_%08x", regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(name, "_"), b.line, crc32.ChecksumIEEE([]byte(b.text)))
}

const (
	languageShell      = "sh"
	languageGo         = "go"
	languageJavaScript = "js"
	languagePython     = "python"
	languageJava       = "java" // nothing runs it here
	languageYAML       = "yaml"
	languageOutput     = "text" // what the block before it prints
)

var languages = []string{languageShell, languageGo, languageJavaScript, languagePython, languageJava, languageYAML, languageOutput}

var (
	fence      = regexp.MustCompile("^(`{3,}|~{3,})(.*)$")
	notRunMark = regexp.MustCompile(`^<!--\s*not run:\s*(.*?)\s*-->$`)
	// escaped is code without a fence at the beginning of a line.
	escaped = regexp.MustCompile("^\\s+(`{3}|~{3})|(?i)<(pre|code)\\b")
)

// blocks are those of a document. A problem is a block that would escape the test.
func (d document) blocks() (found []block, problems []string) {
	problem := func(line int, format string, args ...any) {
		problems = append(problems, fmt.Sprintf("%s:%d: %s", d.name, line, fmt.Sprintf(format, args...)))
	}
	var open *block
	var closing, before string
	for i, line := range strings.Split(d.text, "\n") {
		number := i + 1
		mark := fence.FindStringSubmatch(line)
		switch {
		case open != nil && strings.TrimRight(line, " ") == closing:
			found = append(found, *open)
			open = nil
		case open != nil:
			open.text += line + "\n"
		case mark != nil:
			open = &block{document: d.name, line: number + 1, language: strings.TrimSpace(mark[2])}
			closing = mark[1]
			if reason := notRunMark.FindStringSubmatch(before); reason != nil {
				open.notRun = reason[1]
				if reason[1] == "" {
					problem(number, "the comment before this block gives no reason")
				}
			}
			switch {
			case open.language == "":
				problem(number, "this block has no language: use one of %s", strings.Join(languages, ", "))
			case !slices.Contains(languages, open.language):
				problem(number, "nothing is known of the language %q: use one of %s", open.language, strings.Join(languages, ", "))
			}
		case escaped.MatchString(line), before == "" && (strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")):
			problem(number, "this code is in no fence at the beginning of a line, and is not tested")
		case notRunMark.MatchString(before) && !strings.HasPrefix(line, "```"):
			problem(number, "the comment before this line stands before no block")
		}
		before = line
	}
	if open != nil {
		problem(open.line-1, "this block has no end")
	}
	return found, problems
}

func TestBlocks(t *testing.T) {
	g := NewWithT(t)
	found, problems := document{"docs/a.md", "# A\n\n```sh\necho a\n\necho b\n```\n\n<!-- not run: it needs the internet -->\n````go\n```\n````\n"}.blocks()
	g.Expect(problems).To(BeEmpty())
	g.Expect(found).To(Equal([]block{
		{document: "docs/a.md", line: 4, language: "sh", text: "echo a\n\necho b\n"},
		{document: "docs/a.md", line: 11, language: "go", text: "```\n", notRun: "it needs the internet"},
	}))
	g.Expect(found[0].place()).To(Equal("docs/a.md:4"))
	g.Expect(found[0].id()).To(HavePrefix("docs_a_4_"))
}

func TestNoBlockEscapes(t *testing.T) {
	for text, want := range map[string]string{
		"```\nx\n```\n":                            "a.md:1: this block has no language",
		"text\n\n```ruby\nx\n```\n":                `a.md:3: nothing is known of the language "ruby"`,
		"~~~\nx\n~~~\n":                            "a.md:1: this block has no language",
		"```sh\nx\n":                               "a.md:1: this block has no end",
		"- a\n  ```sh\n  x\n  ```\n":               "a.md:2: this code is in no fence",
		"a\n\n    x\n":                             "a.md:3: this code is in no fence",
		"a\n\n\tx\n":                               "a.md:3: this code is in no fence",
		"<pre>x</pre>\n":                           "a.md:1: this code is in no fence",
		"<!-- not run: -->\n```sh\nx\n```\n":       "a.md:2: the comment before this block gives no reason",
		"<!-- not run: why -->\n\n```sh\nx\n```\n": "a.md:2: the comment before this line stands before no block",
	} {
		_, problems := document{"a.md", text}.blocks()
		NewWithT(t).Expect(problems).To(ContainElement(HavePrefix(want)), text)
	}
}
