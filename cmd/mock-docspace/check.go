package main

import (
	"errors"
	"fmt"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

type checkCommand struct {
	Files []string `arg:"" name:"file" help:"Portal files."`
}

// Run checks every file, and writes one line for each: a summary to stdout, or to stderr what is wrong with it. What may be
// a slip is told on stderr, and is no error.
func (c *checkCommand) Run(p *process) error {
	wrong := 0
	for _, name := range c.Files {
		portal, err := mockserver.ReadPortalFile(name)
		if err == nil {
			portal, err = (&portalFlags{}).complete(portal)
		}
		if err != nil {
			wrong++
			fmt.Fprintln(p.stderr, err)
			continue
		}
		for _, slip := range slips(portal) {
			fmt.Fprintf(p.stderr, "%s: warning: %s: %s\n", name, slip.at, slip.message)
		}
		fmt.Fprintf(p.stdout, "%s: profile %s, %s, %s, %s, %s\n", name, portal.Profile, count(portal.Users, "user", "users"),
			count(portal.APIKeys, "API key", "API keys"), count(portal.Entries, "entry", "entries"), count(portal.Links, "link", "links"))
	}
	if wrong > 0 {
		return wrongUse(errSaid)
	}
	return nil
}

// errSaid is an error of which all has been written already.
var errSaid = errors.New("")

func count[T any](list []T, one, many string) string {
	if len(list) != 1 {
		one = many
	}
	return fmt.Sprintf("%d %s", len(list), one)
}
