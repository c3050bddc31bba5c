package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// refuseEmptyValues returns an error for a flag or variable that is given without a value: an empty variable in a script is
// mostly a mistake.
func refuseEmptyValues(parsed *kong.Context, environ []string) error {
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

// joinNegativeNumbers writes --flag -1 as --flag=-1. No flag is called like a number, and kong would take it for one.
func joinNegativeNumbers(args []string) []string {
	var joined []string
	for i, arg := range args {
		if last := len(joined) - 1; i > 0 && negativeNumber.MatchString(arg) && strings.HasPrefix(args[i-1], "--") && args[i-1] != "--" && !strings.Contains(args[i-1], "=") {
			joined[last] += "=" + arg
			continue
		}
		joined = append(joined, arg)
	}
	return joined
}

var negativeNumber = regexp.MustCompile(`^-[0-9]`)

var wholeNumber = regexp.MustCompile(`^"[-+]?[0-9]+"$`)

// withHelp adds to an error about an unknown name, or about one that is missing, which help lists the names.
func withHelp(err error) string {
	message := err.Error()
	var parsing *kong.ParseError
	about := func(begin string) bool { return strings.HasPrefix(message, begin) }
	if !errors.As(err, &parsing) || strings.Contains(message, "did you mean") || !slices.ContainsFunc([]string{"unexpected argument ", "unknown flag ", "expected "}, about) {
		return message
	}
	command := parsing.Context.Model.Name
	for _, part := range parsing.Context.Path {
		if part.Command != nil && part.Command.Name != "serve" {
			command = part.Command.FullPath()
		}
	}
	return message + ": " + command + " --help lists what there is"
}

// flagError rewrites an error about a flag so that it begins with the flag, and names the variable when the value comes from
// one.
func flagError(err error, args, environ []string) error {
	message := withHelp(err)
	if before, after, found := strings.Cut(message, ": --"); found && slices.Contains([]string{"serve", "healthcheck", "env", "profiles", "openapi", "why"}, before) {
		message = "--" + after // kong begins with the command
	}
	message, _, _ = strings.Cut(message, " (from envar ")
	message = strings.Replace(message, `got "EOL" (<EOL>)`, "got none", 1)
	if flag, number, about := strings.Cut(message, "expected a valid 64 bit int but got "); about {
		message = flag + "must be a whole number, not " + number
		if wholeNumber.MatchString(number) {
			message = flag + number + " is too large or too small"
		}
	}
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
