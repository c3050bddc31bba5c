package main

import (
	"fmt"

	"github.com/alecthomas/kong"
)

const description = "A stateful, in-memory fake of ONLYOFFICE DocSpace for external sharing."

// helpGroups are the headings of the flags in the help of serve.
var helpGroups = []kong.Group{
	{Key: "portal", Title: "The portal:"},
	{Key: "address", Title: "Addresses and TLS:"},
	{Key: "control", Title: "Control API, journal and contract:"},
	{Key: "output", Title: "Input and output:"},
}

// printHelp prints kong's help. For serve, which is the default command, it adds the list of the other commands.
func printHelp(options kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(options, ctx); err != nil {
		return err
	}
	if selected := ctx.Selected(); selected == nil || selected.Name != "serve" {
		return nil
	}
	fmt.Fprint(ctx.Stdout, "\nOther commands (mock-docspace COMMAND --help describes each):\n")
	for _, command := range ctx.Model.Leaves(true) {
		if command.Name != "serve" {
			fmt.Fprintf(ctx.Stdout, "  %-14s %s\n", command.Path(), command.Help)
		}
	}
	fmt.Fprintf(ctx.Stdout, "\nA flag overrides its variable, and a variable overrides the portal file.\n")
	return nil
}
