package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"The shell: bash, zsh or fish."`
}

// Help is the text that kong prints below the first line of the help.
func (c *completionCommand) Help() string {
	return `Where the start files of the shell read it: source <(mock-docspace completion bash) in ~/.bashrc, source <(mock-docspace completion zsh) behind compinit in ~/.zshrc, mock-docspace completion fish | source in config.fish.`
}

// Run prints a script that completes commands, flags, values and names of files. All of them are those of the model, so that what is new
// is completed too.
func (c *completionCommand) Run(p *process) error {
	commands := completedCommands(p.parser.Model.Node)
	var script bytes.Buffer
	switch c.Shell {
	case "bash":
		printBash(&script, commands)
	case "zsh":
		printZsh(&script, commands)
	default:
		printFish(&script, commands)
	}
	_, err := script.WriteTo(p.stdout)
	return err
}

// completedCommand says what can stand behind a command.
type completedCommand struct {
	path     string // such as portal check; empty for what stands first
	below    []*kong.Node
	flags    []*kong.Flag
	argument *kong.Value // nil without one
}

// completedCommands lists all commands. What stands first may be a flag of serve, since serve can be left out.
func completedCommands(root *kong.Node) []completedCommand {
	var list []completedCommand
	var add func(node *kong.Node)
	add = func(node *kong.Node) {
		command := completedCommand{path: strings.TrimPrefix(node.Path(), root.Path()+" "), below: node.Children, flags: slices.Concat(node.AllFlags(true)...)}
		if node == root {
			command.path = ""
		}
		if len(node.Positional) > 0 {
			command.argument = node.Positional[0]
		}
		list = append(list, command)
		for _, child := range node.Children {
			add(child)
		}
	}
	add(root)
	serve := slices.IndexFunc(list, func(c completedCommand) bool { return c.path == "serve" })
	list[0].flags = list[serve].flags
	return list
}

// next lists what can stand behind the command beside flags. files says that it is the name of a file.
func (c *completedCommand) next() (words []string, files bool) {
	if c.argument != nil {
		return completedValues(c.argument)
	}
	for _, node := range c.below {
		words = append(words, node.Name)
	}
	return words, false
}

// completedValues are the values of a flag or an argument, as far as they are known. isFile says that the value is the name of a file.
func completedValues(v *kong.Value) (values []string, isFile bool) {
	switch {
	case v.Enum != "":
		return v.EnumSlice(), false
	case v.Name == "profile":
		return mockserver.ProfileNames(), false
	case v.Flag != nil:
		return nil, v.Flag.PlaceHolder == "FILE" || v.Flag.PlaceHolder == "PATH"
	default:
		return nil, v.Name == "file"
	}
}

// helpLine is the first sentence of a help, without its end.
func helpLine(help string) string {
	for _, end := range []string{". ", " (default", "; "} {
		help, _, _ = strings.Cut(help, end)
	}
	return strings.TrimSuffix(help, ".")
}

// flagNames are the names of flags, with their dashes.
func flagNames(flags []*kong.Flag) []string {
	var names []string
	for _, flag := range flags {
		names = append(names, "--"+flag.Name)
	}
	return names
}

// quoted quotes texts for a shell, each for itself. All three shells read them alike.
func quoted(texts []string) string {
	var list []string
	for _, text := range texts {
		list = append(list, shellQuote(text))
	}
	return strings.Join(list, " ")
}

// printCommandCases prints the cases of bash and zsh that find the command out, from the command so far and the next word.
func printCommandCases(w io.Writer, commands []completedCommand) {
	for _, command := range commands {
		for _, child := range command.below {
			fmt.Fprintf(w, "        %s) command=%s ;;\n", shellQuote(command.path+"/"+child.Name), shellQuote(strings.TrimSpace(command.path+" "+child.Name)))
		}
	}
	fmt.Fprint(w, "        *) break ;;\n")
}

// printValueCases prints the cases of bash and zsh in which a flag stands before the word that is completed. offer and files are what the
// shell does then.
func printValueCases(w io.Writer, commands []completedCommand, offer func(values []string) string, files string) {
	for _, command := range commands[1:] { // the first one has the flags of serve
		for _, flag := range command.flags {
			if flag.IsBool() {
				continue
			}
			action := "" // nothing is known of the value
			values, isFile := completedValues(flag.Value)
			switch {
			case isFile:
				action = files + "; "
			case len(values) > 0:
				action = offer(values) + "; "
			}
			fmt.Fprintf(w, "    %s) %sreturn ;;\n", shellQuote(command.path+" --"+flag.Name), action)
		}
	}
}
