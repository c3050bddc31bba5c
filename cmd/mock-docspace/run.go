package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Exit codes.
const (
	exitOK      = 0
	exitFailure = 1 // something failed while running, such as a port that is taken
	exitUsage   = 2 // a flag, a variable or a file that it names is wrong
)

const description = "A stateful, in-memory ONLYOFFICE DocSpace for the four calls of external sharing."

type commands struct {
	Version     kong.VersionFlag   `help:"Print the version and exit." env:"-"`
	Serve       serveCommand       `cmd:"" help:"Serve a portal until SIGINT or SIGTERM (the default command)."`
	Healthcheck healthcheckCommand `cmd:"" help:"Exit with 0 when a mock-docspace answers, and with 1 when none does."`
	Env         envCommand         `cmd:"" help:"Print the export lines with which a client finds the server."`
	Portal      portalCommands     `cmd:"" help:"Look at portal files."`
	OpenAPI     openapiCommand     `cmd:"" name:"openapi" help:"Print the contract, as JSON."`
}

type portalCommands struct {
	Check checkCommand `cmd:"" help:"Check portal files, and exit with 2 when one cannot be served."`
}

const envPrefix = "MOCK_DOCSPACE"

// groups are those of the help of serve.
var groups = []kong.Group{
	{Key: "portal", Title: "The portal:"},
	{Key: "address", Title: "Where it is reached:"},
	{Key: "control", Title: "Steering and watching:"},
	{Key: "output", Title: "What is told:"},
}

// process is what a command runs in.
type process struct {
	environ        []string
	stdout, stderr io.Writer
	parser         *kong.Kong
}

// run is the program: it answers the exit code.
func run(ctx context.Context, args, environ []string, stdout, stderr io.Writer) int {
	var c commands
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("mock-docspace"),
		kong.Description(description),
		kong.DefaultEnvars(envPrefix),
		kong.ExplicitGroups(groups),
		kong.Vars{"version": "mock-docspace " + mockserver.Version},
		kong.Writers(stdout, stderr),
		kong.Help(help),
		kong.Exit(func(code int) { exited = code; panic(exit{}) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		return fail(stderr, exitFailure, err)
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		args = append([]string{"serve"}, args...) // so that --help tells its flags
	}
	parsed, err := parse(parser, args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		return fail(stderr, exitUsage, explainFlag(err, args, environ))
	}
	if err := emptyFlag(parsed, environ); err != nil {
		return fail(stderr, exitUsage, explainFlag(err, args, environ))
	}
	err = parsed.Run(&process{environ: environ, stdout: stdout, stderr: stderr, parser: parser})
	var wrong *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errSaid):
		return exitUsage
	case errors.As(err, &wrong):
		return fail(stderr, exitUsage, explainFlag(err, args, environ))
	default:
		return fail(stderr, exitFailure, err)
	}
}

// usageError is a mistake in a flag, a variable or a file that they name.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

func wrongUse(err error) error {
	if err == nil {
		return nil
	}
	return &usageError{err}
}

// help is kong's, with the way to the other commands at the end of that of serve, which is the program's own.
func help(options kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(options, ctx); err != nil {
		return err
	}
	if selected := ctx.Selected(); selected == nil || selected.Name != "serve" {
		return nil
	}
	fmt.Fprint(ctx.Stdout, "\nOther commands (mock-docspace COMMAND --help tells more):\n")
	for _, command := range ctx.Model.Leaves(true) {
		if command.Name != "serve" {
			fmt.Fprintf(ctx.Stdout, "  %-14s %s\n", command.Path(), command.Help)
		}
	}
	fmt.Fprintf(ctx.Stdout, "\nA flag beats its variable, and the variable beats the portal file.\n")
	return nil
}

// exit ends the parsing when kong has printed the help or the version.
type exit struct{}

func parse(parser *kong.Kong, args []string) (parsed *kong.Context, err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(exit); !ok {
				panic(r)
			}
		}
	}()
	return parser.Parse(args)
}

// emptyFlag refuses a flag or variable that is given and empty: it was meant to say something.
func emptyFlag(parsed *kong.Context, environ []string) error {
	given := map[*kong.Flag]bool{}
	for _, part := range parsed.Path {
		if part.Flag != nil {
			given[part.Flag] = true
		}
	}
	for _, flag := range parsed.Flags() {
		for _, variable := range flag.Envs {
			given[flag] = given[flag] || slices.Contains(environ, variable+"=")
		}
		if value := parsed.FlagValue(flag); given[flag] && isEmptyText(value) {
			return fmt.Errorf("--%s: the value is empty: leave it out", flag.Name)
		}
	}
	return nil
}

func isEmptyText(value any) bool {
	switch v := value.(type) {
	case string:
		return v == ""
	case *string:
		return v != nil && *v == ""
	default:
		return false
	}
}

func fail(stderr io.Writer, code int, err error) int {
	fmt.Fprintln(stderr, "mock-docspace: "+strings.ReplaceAll(err.Error(), "\n", " "))
	return code
}

// explainFlag says where a wrong value comes from when it was not on the command line.
func explainFlag(err error, args, environ []string) error {
	message := err.Error()
	if before, after, found := strings.Cut(message, ": --"); found && slices.Contains([]string{"serve", "healthcheck", "env", "openapi"}, before) {
		message = "--" + after // kong names the command
	}
	message, _, _ = strings.Cut(message, " (from envar ")
	message = strings.Replace(message, `got "EOL" (<EOL>)`, "got none", 1)
	for _, variable := range environ {
		name, _, _ := strings.Cut(variable, "=")
		suffix, ours := strings.CutPrefix(name, envPrefix+"_")
		flag := "--" + strings.ReplaceAll(strings.ToLower(suffix), "_", "-")
		given := slices.ContainsFunc(args, func(arg string) bool { return arg == flag || strings.HasPrefix(arg, flag+"=") })
		if rest, about := strings.CutPrefix(message, flag); ours && !given && about && !strings.HasPrefix(rest, "-") {
			return fmt.Errorf("%s (from %s)", message, name)
		}
	}
	return errors.New(message)
}

// knownVariables are the variables that stand for flags.
func knownVariables(parser *kong.Kong) []string {
	var known []string
	for _, node := range parser.Model.Leaves(false) {
		for _, group := range node.AllFlags(false) {
			for _, flag := range group {
				known = append(known, flag.Envs...)
			}
		}
	}
	slices.Sort(known)
	return slices.Compact(known)
}

// warnUnknownVariables names the variables that look like ours and are not. They are no error: a cluster may set some for
// a service of this name.
func warnUnknownVariables(p *process, logger *slog.Logger) {
	known := knownVariables(p.parser)
	for _, variable := range p.environ {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, envPrefix+"_") && !slices.Contains(known, name) {
			logger.Warn("this variable is none of mine, and is ignored", "variable", name, "known", strings.Join(known, ", "))
		}
	}
}
