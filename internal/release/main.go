// Command release prints the text of a release: the section of CHANGELOG.md for a tag. It fails when the tag does not fit the repository.
package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "release: give one tag, such as v0.1.0")
		os.Exit(2)
	}
	text, err := notes(os.Args[1], os.ReadFile)
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
	fmt.Print(text)
}

var (
	form    = regexp.MustCompile(`^v(\d+\.\d+\.\d+)(-[0-9A-Za-z.-]+)?$`)
	version = regexp.MustCompile(`(?m)^const Version = "(.*)"$`)
)

// notes returns the text of a release. The program has its version in the source, because go install knows no flags of the linker: the tag
// has to be the same.
func notes(tag string, read func(name string) ([]byte, error)) (string, error) {
	parts := form.FindStringSubmatch(tag)
	if parts == nil {
		return "", fmt.Errorf("the tag %q has not the form v0.1.0 or v0.1.0-rc.1", tag)
	}
	source, err := read("mockserver/doc.go")
	if err != nil {
		return "", err
	}
	if found := version.FindSubmatch(source); found == nil || string(found[1]) != tag[1:] {
		return "", fmt.Errorf(`mockserver/doc.go does not say const Version = %q: change it in the commit of the tag`, tag[1:])
	}
	changelog, err := read("CHANGELOG.md")
	if err != nil {
		return "", err
	}
	text, err := section(string(changelog), tag[1:])
	if err != nil && parts[2] != "" { // a release candidate may have the text of what is not released yet
		return section(string(changelog), "Unreleased")
	}
	return text, err
}

// section returns what stands below the heading of a version, without the heading.
func section(changelog, version string) (string, error) {
	var text strings.Builder
	found := false
	for line := range strings.Lines(changelog) {
		if strings.HasPrefix(line, "## ") {
			if found {
				break
			}
			found = strings.HasPrefix(line, "## ["+version+"]")
			continue
		}
		if found {
			text.WriteString(line)
		}
	}
	if !found {
		return "", fmt.Errorf("CHANGELOG.md has no section ## [%s]: give what is under Unreleased this heading, with the date", version)
	}
	if strings.TrimSpace(text.String()) == "" {
		return "", errors.New("the section " + version + " of CHANGELOG.md is empty: say what changed")
	}
	return strings.TrimSpace(text.String()) + "\n", nil
}
