package main

import (
	"testing"

	. "github.com/onsi/gomega"
)

const changelog = `# Changelog

## [Unreleased]

### Breaking

- The password call forgets ` + "`entityTitle`, and\n  `client.Portal.Unlock`" + ` is gone.

### Added

- ` + "`link`" + `

## [0.2.0]

### Breaking

- ` + "`getFilesSettings`" + `
`

func TestAnnounced(t *testing.T) {
	g := NewWithT(t)
	g.Expect(announced(changelog, "v0.2.0")).To(Equal(map[string]bool{"entityTitle": true, "client.Portal.Unlock": true}))
	g.Expect(announced(changelog, "v0.1.0")).To(HaveKey("getFilesSettings"), "0.2.0 is being released")
}
