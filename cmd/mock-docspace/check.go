package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/mock-docspace/mock-docspace/internal/printable"
)

type checkCommand struct {
	Files []string `arg:"" name:"file" help:"Portal files to check."`
}

// Run checks every file and writes one line for each: a summary to stdout, or its first mistake to stderr. Warnings go to
// stderr, and do not change the exit code.
func (c *checkCommand) Run(ctx context.Context, p *process) error {
	wrong := 0
	for _, name := range c.Files {
		portal, err := readPortal(ctx, "", name)
		if errors.Is(err, errEnded) {
			return err
		}
		if err == nil {
			portal, err = (&portalFlags{}).complete(portal)
		}
		if err != nil {
			wrong++
			fmt.Fprintln(p.stderr, printable.Line(err.Error()))
			continue
		}
		for _, w := range warnings(portal) {
			fmt.Fprintln(p.stderr, printable.Line(fmt.Sprintf("%s: warning: %s: %s", name, w.at, w.message)))
		}
		fmt.Fprintf(p.stdout, "%s: profile %s, %s, %s, %s, %s\n", name, portal.Profile, count(portal.Users, "user", "users"),
			count(portal.APIKeys, "API key", "API keys"), count(portal.Entries, "entry", "entries"), count(portal.Links, "link", "links"))
	}
	if wrong > 0 {
		return errReported
	}
	return nil
}

func count[T any](list []T, one, many string) string {
	if len(list) != 1 {
		one = many
	}
	return fmt.Sprintf("%d %s", len(list), one)
}
