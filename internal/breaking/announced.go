package main

import "strings"

// announced is the code in what CHANGELOG.md says under its headings "### Breaking" above the last release: of what is not
// released yet, or just being released.
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
