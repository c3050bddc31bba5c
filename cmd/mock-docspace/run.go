package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Exit codes.
const (
	exitOK      = 0
	exitFailure = 1 // something failed while running, such as a port that is taken
	exitUsage   = 2 // a flag, a variable or the portal file is wrong
)

const description = "A stateful, in-memory ONLYOFFICE DocSpace for the four calls of external sharing."

type flags struct {
	Version kong.VersionFlag `help:"Print the version and exit." env:"-"`
	Serve   serveFlags       `cmd:"" help:"Serve a portal until SIGINT or SIGTERM (the default command)."`
}

type serveFlags struct {
	Addr      string   `default:"127.0.0.1:8092" placeholder:"HOST:PORT" help:"Address to listen on; port 0 picks a free one (${default})."`
	Portal    *string  `placeholder:"FILE" help:"Portal file (YAML): users, keys, entries, links, settings, limits. Left out: a fresh portal."`
	Profile   *string  `placeholder:"NAME" help:"Which truth to follow: documented (the published page and reference) or v3.7.2 (the server's source). Left out: what the portal file says, or documented."`
	APIKey    []string `name:"api-key" sep:"none" placeholder:"KEY" help:"Another key that the owner can use, sk-… or any token. Can be repeated."`
	LogFormat string   `default:"text" enum:"text,json" placeholder:"FORMAT" help:"Format of what goes to stderr: text or json (${default})."`
	Quiet     bool     `help:"Write nothing to stderr but warnings and errors."`
}

const envPrefix = "MOCK_DOCSPACE"

// run is the program: it answers the exit code.
func run(ctx context.Context, args, environ []string, stdout, stderr io.Writer) int {
	var f flags
	exited := -1
	parser, err := kong.New(&f,
		kong.Name("mock-docspace"),
		kong.Description(description+"\n\nEvery flag has an environment twin, such as "+envPrefix+"_ADDR for --addr."),
		kong.DefaultEnvars(envPrefix),
		kong.Vars{"version": "mock-docspace " + mockserver.Version},
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exited = code; panic(exit{}) }),
	)
	if err != nil {
		return fail(stderr, exitFailure, err)
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		args = append([]string{"serve"}, args...) // so that --help tells its flags
	}
	if err := parse(parser, args); exited >= 0 {
		return exited
	} else if err != nil {
		return fail(stderr, exitUsage, explainFlag(err, args, environ))
	}
	f.Serve.warnUnknownVariables(parser, environ, stderr)

	s, err := f.Serve.server(stderr)
	if err != nil {
		return fail(stderr, exitUsage, err)
	}
	if err := f.Serve.serve(ctx, s, stdout, stderr); err != nil {
		return fail(stderr, exitFailure, err)
	}
	return exitOK
}

// exit ends the parsing when kong has printed the help or the version.
type exit struct{}

func parse(parser *kong.Kong, args []string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(exit); !ok {
				panic(r)
			}
		}
	}()
	_, err = parser.Parse(args)
	return err
}

func fail(stderr io.Writer, code int, err error) int {
	fmt.Fprintln(stderr, "mock-docspace: "+strings.ReplaceAll(err.Error(), "\n", " "))
	return code
}

// Validate is called by kong. Whatever it refuses is a wrong flag.
func (f *serveFlags) Validate() error {
	host, port, err := net.SplitHostPort(f.Addr)
	if err != nil {
		return fmt.Errorf("--addr: %q is not HOST:PORT, such as 127.0.0.1:8092 or [::1]:0", f.Addr)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("--addr: %q is not a port: use a number from 0 to 65535", port)
	}
	if strings.ContainsAny(host, " /") {
		return fmt.Errorf("--addr: %q is not a host", host)
	}
	if f.Profile != nil && !slices.Contains(mockserver.ProfileNames(), *f.Profile) {
		return fmt.Errorf("--profile: unknown profile %q: use %s", *f.Profile, strings.Join(mockserver.ProfileNames(), " or "))
	}
	if f.Portal != nil && *f.Portal == "" {
		return errors.New("--portal: the name of the file is empty: leave the flag out for a fresh portal")
	}
	return nil
}

// explainFlag says where a wrong value comes from when it was not on the command line.
func explainFlag(err error, args, environ []string) error {
	message := strings.TrimPrefix(err.Error(), "serve: ")
	message, _, _ = strings.Cut(message, " (from envar ")
	message = strings.Replace(message, `got "EOL" (<EOL>)`, "got none", 1)
	for _, variable := range environ {
		name, _, _ := strings.Cut(variable, "=")
		suffix, ours := strings.CutPrefix(name, envPrefix+"_")
		flag := "--" + strings.ReplaceAll(strings.ToLower(suffix), "_", "-")
		given := slices.ContainsFunc(args, func(arg string) bool { return arg == flag || strings.HasPrefix(arg, flag+"=") })
		if ours && !given && strings.HasPrefix(message, flag) {
			return fmt.Errorf("%s (from %s)", message, name)
		}
	}
	return errors.New(message)
}

// warnUnknownVariables names the variables that look like ours and are not. They are no error: a cluster may set some for
// a service of this name.
func (f *serveFlags) warnUnknownVariables(parser *kong.Kong, environ []string, stderr io.Writer) {
	var known []string
	for _, node := range parser.Model.Leaves(false) {
		for _, group := range node.AllFlags(false) {
			for _, flag := range group {
				known = append(known, flag.Envs...)
			}
		}
	}
	for _, variable := range environ {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, envPrefix+"_") && !slices.Contains(known, name) {
			f.logger(stderr).Warn("this variable is none of mine, and is ignored", "variable", name, "known", strings.Join(known, ", "))
		}
	}
}
