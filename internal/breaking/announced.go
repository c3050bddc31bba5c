package main

import "strings"

// announced returns the names that CHANGELOG.md writes as code under "### Breaking", above the heading of the last release.
func announced(changelog, tag string) map[string]bool {
	names := map[string]bool{}
	breaking := false
	for line := range strings.Lines(changelog) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "## ["+strings.TrimPrefix(tag, "v")+"]"):
			return names
		case strings.HasPrefix(line, "#"):
			breaking = line == "### Breaking"
		case breaking:
			for _, found := range code.FindAllStringSubmatch(line, -1) {
				names[found[1]] = true
			}
		}
	}
	return names
}
