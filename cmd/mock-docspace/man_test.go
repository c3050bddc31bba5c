package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

var writeMan = flag.Bool("man", false, "write the man page anew")

// The man page is made here, so that the program need not have what makes it.
const manFile = "mock-docspace.1"

func TestManPageIsUpToDate(t *testing.T) {
	var c commands
	parser, err := newParser(&c, io.Discard, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	page := manPage(parser.Model)
	if *writeMan {
		if err := os.WriteFile(manFile, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(manFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != page {
		t.Errorf("%s is stale: run make man and commit what it changes", manFile)
	}
}

// Every command, flag and variable that the program has is on the page.
func TestManPageIsComplete(t *testing.T) {
	page, err := os.ReadFile(manFile)
	if err != nil {
		t.Fatal(err)
	}
	shown := strings.NewReplacer(`\-`, "-", `\fB`, "", `\fI`, "", `\fR`, "", "[", "", "]", "").Replace(string(page))
	_, help, _ := runToEnd(t, nil, "--help")
	for _, word := range regexp.MustCompile(`--[a-z][a-z-]+|MOCK_DOCSPACE_[A-Z_]+`).FindAllString(help, -1) {
		if !strings.Contains(shown, word) {
			t.Errorf("no %s", word)
		}
	}
	for _, command := range []string{"serve", "healthcheck", "env", "portal check", "profiles", "openapi", "completion"} {
		if !strings.Contains(shown, "\nmock-docspace "+command) {
			t.Errorf("no %s", command)
		}
	}
}

func TestManPageHasNoMistakes(t *testing.T) {
	mandoc, err := exec.LookPath("mandoc")
	if err != nil {
		t.Skipf("this test needs mandoc: %v", err)
	}
	if text, err := exec.CommandContext(t.Context(), mandoc, "-T", "lint", "-W", "error", manFile).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, text)
	}
}

// manPage writes the man page of the program from its grammar.
func manPage(model *kong.Application) string {
	var page strings.Builder
	write := func(format string, values ...any) { fmt.Fprintf(&page, format+"\n", values...) }
	write(`.\" Made from the flags of the program: make man`)
	write(`.TH MOCK\-DOCSPACE 1 "" "mock\-docspace" "User Commands"`)
	write(".SH NAME\nmock\\-docspace \\- %s", roff(strings.TrimSuffix(strings.TrimPrefix(description, "A "), ".")))
	leaves := model.Leaves(true)
	write(".SH SYNOPSIS\n.nf")
	for _, command := range leaves {
		write("%s", manUsage(command))
	}
	write(".fi\n.SH DESCRIPTION\n%s\n.PP\n%s", roff(description), roff("serve is the default command: it may be left out. It prints one line to stdout when clients can connect, and everything else to stderr."))
	write(".SH OPTIONS OF SERVE\n" + roff("A flag overrides its variable, and a variable overrides the portal file."))
	serve := leaves[slices.IndexFunc(leaves, func(n *kong.Node) bool { return n.Name == "serve" })]
	flags := slices.Concat(serve.AllFlags(true)...)
	for _, group := range append([]kong.Group{{}}, helpGroups...) {
		if group.Title != "" {
			write(".SS %s", roff(strings.TrimSuffix(group.Title, ":")))
		}
		for _, flag := range flags {
			if flag.Group == nil && group.Key == "" || flag.Group != nil && flag.Group.Key == group.Key {
				write("%s", manFlag(flag))
			}
		}
	}
	write(".SH OTHER COMMANDS")
	for _, command := range leaves {
		if command.Name == "serve" {
			continue
		}
		write(".SS %s\n%s", roff(command.Path()), roff(command.Help))
		if command.Detail != "" {
			write(".PP\n%s", roff(command.Detail))
		}
		for _, argument := range command.Positional {
			write(".TP\n\\fI%s\\fR\n%s", roff(strings.ToUpper(argument.Name)), roff(argument.Help))
		}
		for _, flag := range command.Flags {
			if flag.Hidden {
				continue
			}
			write("%s", manFlag(flag))
		}
	}
	write(`.SH EXIT STATUS
.TP
.B 0
It did what it was told; serve was ended by a signal.
.TP
.B 1
Something failed while it ran, such as a port that is taken.
.TP
.B 2
A flag, a variable or a file is wrong. One line on stderr says which, and where in the file.
.SH SEE ALSO
https://github.com/mock\-docspace/mock\-docspace`)
	return page.String()
}

// manUsage is the line of a command in the synopsis.
func manUsage(command *kong.Node) string {
	line := `\fBmock\-docspace\fR`
	for word := range strings.SplitSeq(command.Path(), " ") {
		if word == "serve" {
			line += ` [\fBserve\fR]`
			continue
		}
		line += ` \fB` + roff(word) + `\fR`
	}
	for _, argument := range command.Positional {
		line += ` \fI` + roff(strings.ToUpper(argument.Name)) + `\fR`
		if argument.IsCumulative() {
			line += " ..."
		}
	}
	return line + ` [\fIFLAGS\fR]`
}

// manFlag is the paragraph of a flag, with its variable.
func manFlag(flag *kong.Flag) string {
	head := `\fB\-\-` + roff(flag.Name) + `\fR`
	if !flag.IsBool() {
		head += ` \fI` + roff(flag.FormatPlaceHolder()) + `\fR`
	}
	text := roff(flag.Help)
	for _, variable := range flag.Envs {
		text += "\n.br\nVariable: " + roff(variable)
	}
	return ".TP\n" + head + "\n" + text
}

// roff writes a text so that the formatter shows it as it is.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}
