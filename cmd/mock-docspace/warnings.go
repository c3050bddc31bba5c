package main

import (
	"fmt"
	"log/slog"
	"regexp"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// warning is about a value of a portal that is allowed, but is probably a mistake.
type warning struct{ at, message string }

var permissionForm = regexp.MustCompile(`^(\*|[^:\s]+:(read|write|\*))$`)

// warnings finds permissions that do not look like one, and links to entries that do not exist. p is complete.
func warnings(p mockserver.Portal) []warning {
	var found []warning
	for i, key := range p.APIKeys {
		for j, permission := range key.Permissions {
			if !permissionForm.MatchString(permission) {
				found = append(found, warning{fmt.Sprintf("apiKeys[%d].permissions[%d]", i, j), fmt.Sprintf("%q does not look like a permission, and allows none of the four calls: use * or one such as files:read", permission)})
			}
		}
	}
	entryNamed := p.EntryNames()
	for i, link := range p.Links {
		if entryNamed(link.Entry) == nil {
			found = append(found, warning{fmt.Sprintf("links[%d].entry", i), fmt.Sprintf("there is no entry %q: the link is answered as Invalid, like the link of a deleted entry", link.Entry)})
		}
	}
	return found
}

func logWarnings(p mockserver.Portal, logger *slog.Logger) {
	for _, w := range warnings(p) {
		logger.Warn("this may be a mistake in the portal file", "at", w.at, "message", w.message)
	}
}
