package main

import (
	"log/slog"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// envPrefix begins the variable of every flag: --addr can be given as MOCK_DOCSPACE_ADDR.
const envPrefix = "MOCK_DOCSPACE"

// variablesOfOthers have our prefix, and are read by what starts the program: the helpers and docspace-contract.
var variablesOfOthers = []string{envPrefix + "_PROGRAM", envPrefix + "_RELEASES"}

// knownVariables lists the variables of all flags.
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

// warnUnknownVariables logs the variables that have our prefix and belong to no flag. They are not an error, since a cluster
// may set some for a service of this name.
func warnUnknownVariables(p *process, logger *slog.Logger) {
	known := knownVariables(p.parser)
	for _, variable := range p.environ {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, envPrefix+"_") && !slices.Contains(known, name) && !slices.Contains(variablesOfOthers, name) {
			logger.Warn("this variable is unknown and is ignored", "variable", name, "known", strings.Join(known, ", "))
		}
	}
}
