package main

import (
	"os"
	"strings"
	"testing"
)

const changelog = `# Changelog

## [Unreleased]

- not yet

## [0.2.0] - 2027-01-02

### Added

- a thing

## [0.1.1] - 2026-12-24

## [0.1.0] - 2026-12-01

- the first one
`

func TestTextOfARelease(t *testing.T) {
	for _, test := range []struct{ tag, version, want, mistake string }{
		{"v0.2.0", "0.2.0", "### Added\n\n- a thing\n", ""},
		{"v0.1.0", "0.1.0", "- the first one\n", ""},
		{"v0.3.0-rc.1", "0.3.0-rc.1", "- not yet\n", ""},
		{"v0.3.0", "0.3.0", "", "CHANGELOG.md has no section ## [0.3.0]"},
		{"v0.2", "0.2", "", `"v0.2" has not the form`},
		{"0.2.0", "0.2.0", "", `"0.2.0" has not the form`},
		{"v0.2.0", "0.1.0", "", `const Version = "0.2.0"`},
		{"v0.1.1", "0.1.1", "", "section 0.1.1 of CHANGELOG.md is empty"},
	} {
		got, err := notes(test.tag, func(name string) ([]byte, error) {
			return map[string][]byte{"CHANGELOG.md": []byte(changelog), "mockserver/doc.go": []byte("package x\n\nconst Version = \"" + test.version + "\"\n")}[name], nil
		})
		if got != test.want || (err != nil) != (test.mistake != "") || err != nil && !strings.Contains(err.Error(), test.mistake) {
			t.Errorf("%s: got %q, %v; want %q, %s", test.tag, got, err, test.want, test.mistake)
		}
	}
}

// The files of the repository have the form that is read.
func TestTextOfTheRepository(t *testing.T) {
	source, err := os.ReadFile("../../mockserver/doc.go")
	if err != nil {
		t.Fatal(err)
	}
	tag := "v" + string(version.FindSubmatch(source)[1]) + "-rc.1"
	_, err = notes(tag, func(name string) ([]byte, error) {
		if name == "mockserver/doc.go" {
			return []byte(`const Version = "` + tag[1:] + `"`), nil
		}
		return os.ReadFile("../../" + name)
	})
	if err != nil {
		t.Error(err)
	}
}
