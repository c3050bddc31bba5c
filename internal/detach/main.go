// Command detach sets the header of a generated file apart from its package clause. Otherwise go doc takes the generator's
// sentence for the comment of the package.
//
//	go run ./internal/detach FILE
package main

import (
	"fmt"
	"os"
	"regexp"
)

var attached = regexp.MustCompile(`(?m)^(// Code generated .* DO NOT EDIT\.)\npackage `)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "detach:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("give one file, not %d", len(args))
	}
	text, err := os.ReadFile(args[0]) //nolint:gosec // the file that the caller names
	if err != nil {
		return err
	}
	if len(attached.FindAllIndex(text, -1)) != 1 {
		return fmt.Errorf("%s: the header of a generated file does not stand right above the package clause", args[0])
	}
	return os.WriteFile(args[0], attached.ReplaceAll(text, []byte("$1\n\npackage ")), 0o600) //nolint:gosec // the same file
}
