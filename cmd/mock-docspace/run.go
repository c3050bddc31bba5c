package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/mock-docspace/mock-docspace/internal/printable"
)

// Exit codes.
const (
	exitOK      = 0
	exitFailure = 1 // something failed while the program ran, such as a port that is taken
	exitUsage   = 2 // a flag, a variable or a file that it names is wrong
)

type commands struct {
	Version     kong.VersionFlag   `help:"Print the version and exit, with commit and date as far as they are known." env:"-"`
	Serve       serveCommand       `cmd:"" help:"Serve a portal until SIGINT or SIGTERM (the default command)."`
	Healthcheck healthcheckCommand `cmd:"" help:"Exit with 0 when mock-docspace answers at the address, and with 1 when it does not."`
	Env         envCommand         `cmd:"" help:"Print shell commands that export the address and an API key of the server."`
	Portal      portalCommands     `cmd:"" help:"Work with portal files."`
	Profiles    profilesCommand    `cmd:"" help:"Print what the profiles do differently, or what changes from one to another."`
	OpenAPI     openapiCommand     `cmd:"" name:"openapi" help:"Print the contract of the calls as JSON (OpenAPI)."`
	Why         whyCommand         `cmd:"" help:"Say why a running server answered a request as it did: the claims, their evidence, and what each profile does."`
	Completion  completionCommand  `cmd:"" help:"Print a script with which bash, zsh or fish completes commands, flags, values and names of files."`
}

type portalCommands struct {
	Check checkCommand `cmd:"" help:"Check portal files, and exit with 2 when one has a mistake."`
}

// process is the environment of a command.
type process struct {
	parent         parent
	environ        []string
	stdout, stderr io.Writer
	log            *lineWriter     // writes to stderr, for a command that must not wait for it
	ended          context.Context // done when the program has to have ended
	parser         *kong.Kong
}

// run runs the program with these arguments and variables, and returns the exit code.
func run(ctx context.Context, parent parent, args, environ []string, stdout, stderr io.Writer) int {
	ended, release := longAfter(ctx, drainTimeout+lastMoment)
	defer release()
	log := newLineWriter(stderr)
	defer log.close(ended)
	var c commands
	exited := -1
	parser, err := newParser(&c, stdout, stderr,
		kong.Exit(func(code int) { exited = code; panic(kongExit{}) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		return reportError(log, exitFailure, err)
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		args = append([]string{"serve"}, args...) // not by kong's default command, whose flags --help would leave out
	}
	parsed, err := parse(parser, joinNegativeNumbers(args))
	if exited >= 0 {
		return exited
	}
	if err != nil {
		return reportError(log, exitUsage, flagError(err, args, environ))
	}
	if err := refuseEmptyValues(parsed, environ); err != nil {
		return reportError(log, exitUsage, flagError(err, args, environ))
	}
	err = parsed.Run(&process{parent: parent, environ: environ, stdout: stdout, stderr: stderr, log: log, ended: ended, parser: parser})
	var usage *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errReported):
		return exitUsage
	case errors.As(err, &usage):
		return reportError(log, exitUsage, flagError(err, args, environ))
	default:
		return reportError(log, exitFailure, err)
	}
}

// newParser makes the grammar of the program from its commands.
func newParser(c *commands, stdout, stderr io.Writer, more ...kong.Option) (*kong.Kong, error) {
	build, _ := debug.ReadBuildInfo()
	return kong.New(c, append(more,
		kong.Name("mock-docspace"),
		kong.Description(description),
		kong.DefaultEnvars(envPrefix),
		kong.ExplicitGroups(helpGroups),
		kong.Vars{"version": versionLine(build, commit, date)},
		kong.Writers(stdout, stderr),
		kong.Help(printHelp),
	)...)
}

// kongExit ends the parsing after kong has printed the help or the version.
type kongExit struct{}

func parse(parser *kong.Kong, args []string) (parsed *kong.Context, err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(kongExit); !ok {
				panic(r)
			}
		}
	}()
	return parser.Parse(args)
}

// usageError is a mistake in a flag, in a variable, or in a file that one of them names.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

// asUsageError makes a mistake of an error, unless it says that the program was told to end.
func asUsageError(err error) error {
	if errors.Is(err, errEnded) {
		return err
	}
	return &usageError{err}
}

// errReported stands for mistakes that the command has printed already.
var errReported = errors.New("")

func reportError(stderr io.Writer, code int, err error) int {
	fmt.Fprintln(stderr, "mock-docspace: "+printable.Line(err.Error()))
	return code
}
