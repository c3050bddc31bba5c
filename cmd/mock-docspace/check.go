package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/mock-docspace/mock-docspace/internal/printable"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

type checkCommand struct {
	Strict bool     `env:"-" help:"Take warnings for mistakes."`
	Files  []string `arg:"" name:"file" help:"Portal files to check."`
}

// Run checks every file and writes one line for each: a summary to stdout, or its first mistake to stderr. Each warning is a line on
// stderr. It does not change the exit code, unless warnings are mistakes.
func (c *checkCommand) Run(ctx context.Context, p *process) error {
	wrong := 0
	for _, name := range c.Files {
		file, err := readPortal(ctx, "", name)
		if errors.Is(err, errEnded) {
			return err
		}
		portal := file.Portal
		if err == nil {
			portal, err = (&portalFlags{}).complete(portal)
		}
		if err != nil {
			wrong++
			fmt.Fprintln(p.stderr, printable.Line(err.Error()))
			continue
		}
		c.printWarnings(p, file.Warnings)
		if c.Strict && len(file.Warnings) > 0 {
			wrong++
			continue
		}
		fmt.Fprintf(p.stdout, "%s: profile %s, %s, %s, %s, %s\n", name, portal.Profile, count(portal.Users, "user", "users"),
			count(portal.APIKeys, "API key", "API keys"), count(portal.Entries, "entry", "entries"), count(portal.Links, "link", "links"))
	}
	if wrong > 0 {
		return errReported
	}
	return nil
}

func (c *checkCommand) printWarnings(p *process, warnings []*mockserver.FileError) {
	for _, w := range warnings {
		line := *w
		if !c.Strict {
			line.Message = "warning: " + w.Message
		}
		fmt.Fprintln(p.stderr, printable.Line(line.Error()))
	}
}

func count[T any](list []T, one, many string) string {
	if len(list) != 1 {
		one = many
	}
	return fmt.Sprintf("%d %s", len(list), one)
}
