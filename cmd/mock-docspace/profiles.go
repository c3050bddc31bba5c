package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

type profilesCommand struct {
	Diff []string `env:"-" placeholder:"FROM,TO" help:"Print only what changes for an app that moves from one profile to the other, such as v3.7.2,v3.8."`
}

// Run prints the facts in which the profiles differ, or those in which two of them do.
func (c *profilesCommand) Run(p *process) error {
	var text bytes.Buffer
	if c.Diff == nil {
		facts, err := mockserver.ProfileFacts(mockserver.ProfileNames()...)
		if err != nil {
			return err
		}
		printFacts(&text, mockserver.ProfileNames(), facts)
		_, err = text.WriteTo(p.stdout)
		return err
	}
	names := make([]string, len(c.Diff))
	for i, name := range c.Diff {
		names[i] = strings.TrimSpace(name)
	}
	if len(names) != 2 {
		return asUsageError(errors.New("--diff: give two profiles, such as v3.7.2,v3.8"))
	}
	facts, err := mockserver.ProfileFacts(names...)
	if err != nil {
		return asUsageError(fmt.Errorf("--diff: %w", err))
	}
	if names[0] == names[1] {
		return asUsageError(fmt.Errorf("--diff: give two different profiles, not %s twice", names[0]))
	}
	fmt.Fprintf(&text, "What changes for an app that moves from %s to %s:\n\n", names[0], names[1])
	printFacts(&text, names, slices.DeleteFunc(facts, func(f mockserver.ProfileFact) bool { return !f.Differs() }))
	_, err = text.WriteTo(p.stdout)
	return err
}

// terminalWidth is how long printed lines are at most, unless a word is longer.
const terminalWidth = 100

// printFacts prints a paragraph for each fact, with a line for all profiles that do the same.
func printFacts(w io.Writer, names []string, facts []mockserver.ProfileFact) {
	for i, fact := range facts {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, fact.About)
		same := namesBySaying(names, fact.Says)
		width := 0
		for _, group := range same {
			width = max(width, len(group.names))
		}
		for _, group := range same {
			printIndented(w, fmt.Sprintf("  %-*s  ", width, group.names), group.says)
		}
		if fact.Advice != "" {
			printIndented(w, "  For all profiles: ", fact.Advice)
		}
	}
}

// saying is what one or more profiles do.
type saying struct{ names, says string }

// namesBySaying joins the names of the profiles that do the same, in the order of the first of them.
func namesBySaying(names, says []string) []saying {
	var groups []saying
	for i, name := range names {
		known := slices.IndexFunc(groups, func(g saying) bool { return g.says == says[i] })
		if known >= 0 {
			groups[known].names += ", " + name
		} else {
			groups = append(groups, saying{name, says[i]})
		}
	}
	return groups
}

// printIndented prints a text behind its beginning, in lines that are not too long and that stand below each other.
func printIndented(w io.Writer, beginning, text string) {
	line := beginning
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
			line += word
		case len(line)+1+len(word) <= terminalWidth:
			line += " " + word
		default:
			fmt.Fprintln(w, line)
			line = strings.Repeat(" ", len(beginning)) + word
		}
	}
	fmt.Fprintln(w, line)
}
