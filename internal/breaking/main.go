// Command breaking compares the two contracts and the exported Go API with those of the last release. It fails on a breaking
// change that CHANGELOG.md does not announce.
//
// The last release is the last tag vX.Y.Z, because Go's module proxy takes this tag for the release too. A copy of the old
// contracts in the repository would be no proof: the same commit could change both.
//
// A change is announced by an item under "### Breaking", above the heading of the last release. The item names as code the
// operation (`externalShare`), the property (`displayValue`) or the Go symbol (`client.Portal.Unlock`).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
)

// The tools, and the module that they compare.
const (
	oasdiff = "github.com/oasdiff/oasdiff@v1.36.0"
	apidiff = "golang.org/x/exp/cmd/apidiff@v0.0.0-20261014143641-f0251eb4aa3e"
	module  = "github.com/mock-docspace/mock-docspace"
)

var (
	contracts = []string{"openapi.yaml", "mockserver/control/openapi.yaml"}
	packages  = []string{"client", "client/api", "mockserver", "mockserver/control", "mockserver/host", "mockserver/matchers"}
)

// errUnannounced is returned after the changes have been printed.
var errUnannounced = errors.New("some breaking changes are not announced")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout)
	stop()
	switch {
	case errors.Is(err, errUnannounced):
		os.Exit(1)
	case err != nil:
		fmt.Fprintln(os.Stderr, "breaking:", err)
		os.Exit(2)
	}
}

func run(ctx context.Context, out io.Writer) error {
	text, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		return err
	}
	changelog := string(text)
	tag, err := lastRelease(ctx, changelog)
	if err != nil {
		return err
	}
	if tag == "" {
		fmt.Fprintln(out, "There is no tag vX.Y.Z: nothing is released yet, so nothing can break.")
		return nil
	}
	dir, err := os.MkdirTemp("", "breaking")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	t := tools{bin: filepath.Join(dir, "bin"), released: filepath.Join(dir, "released")}
	if err := t.prepare(ctx, tag); err != nil {
		return err
	}
	changes, err := t.changes(ctx)
	if err != nil {
		return err
	}
	return report(out, tag, changes, announced(changelog, tag))
}

var (
	release  = regexp.MustCompile(`^v\d+\.\d+\.\d+$`)
	released = regexp.MustCompile(`(?m)^## \[\d+\.\d+\.\d+\]`)
)

// lastRelease returns the tag of the last release, or "" when there is none. A shallow clone of a project with releases is an
// error, since it has no tags.
func lastRelease(ctx context.Context, changelog string) (string, error) {
	tags, err := output(ctx, "", "git", "tag", "--list", "v*", "--merged", "HEAD", "--sort=-version:refname")
	if err != nil {
		return "", err
	}
	for tag := range strings.FieldsSeq(tags) {
		if release.MatchString(tag) {
			return tag, nil
		}
	}
	shallow, err := output(ctx, "", "git", "rev-parse", "--is-shallow-repository")
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(shallow) == "true" && released.MatchString(changelog) {
		return "", errors.New("CHANGELOG.md has releases, but this clone is shallow and has no tags: git fetch --unshallow --tags")
	}
	return "", nil
}

// report prints every change, and says whether it is announced.
func report(out io.Writer, tag string, changes []change, announced map[string]bool) error {
	unannounced := 0
	for _, c := range changes {
		if c.isIn(announced) {
			fmt.Fprintf(out, "announced  %s\n", c)
			continue
		}
		unannounced++
		fmt.Fprintf(out, "BREAKING   %s\n", c)
	}
	if unannounced > 0 {
		fmt.Fprintf(out, "%d of %d breaking changes since %s are not announced. Undo them, or announce them in CHANGELOG.md above %s, under \"### Breaking\":\nwrite one of the names in brackets as code.\n",
			unannounced, len(changes), tag, tag)
		return errUnannounced
	}
	fmt.Fprintf(out, "Breaking changes since %s: %d, all announced.\n", tag, len(changes))
	return nil
}

// output runs a command in a folder, and returns what it prints. The error has what the command printed to stderr.
func output(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // this program chooses the commands
	cmd.Dir = dir
	var text, complaint strings.Builder
	cmd.Stdout, cmd.Stderr = &text, &complaint
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w: %s", filepath.Base(name), err, strings.TrimSpace(complaint.String()))
	}
	return text.String(), nil
}
