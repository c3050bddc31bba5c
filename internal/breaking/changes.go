package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// change is a breaking change, with the names by which it can be announced.
type change struct {
	where, what string
	names       []string
}

func (c change) String() string {
	return fmt.Sprintf("%s: %s [%s]", c.where, c.what, strings.Join(c.names, ", "))
}

func (c change) isIn(announced map[string]bool) bool {
	return slices.ContainsFunc(c.names, func(name string) bool { return announced[name] })
}

// tools are the folder of the two programs, and the folder with the last release.
type tools struct{ bin, released string }

// severity makes a new operationId a breaking change, since generated clients take the names of their methods from it.
//
//go:embed severity.txt
var severity []byte

func (t tools) severity() string { return filepath.Join(t.bin, "severity.txt") }

func (t tools) prepare(ctx context.Context, tag string) error {
	for _, dir := range []string{t.bin, t.released} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			return err
		}
	}
	for _, tool := range []string{oasdiff, apidiff} {
		if _, err := output(ctx, "", "env", "GOBIN="+t.bin, "go", "install", tool); err != nil {
			return err
		}
	}
	archive := filepath.Join(t.bin, "released.tar")
	if _, err := output(ctx, "", "git", "archive", "--output", archive, tag); err != nil {
		return err
	}
	if _, err := output(ctx, "", "tar", "-xf", archive, "-C", t.released); err != nil {
		return err
	}
	return os.WriteFile(t.severity(), severity, 0o600)
}

// changes compares the contracts and packages of the last release with those of now. New ones cannot break anything.
func (t tools) changes(ctx context.Context) ([]change, error) {
	var all []change
	for _, name := range contracts {
		if !exists(filepath.Join(t.released, name)) {
			continue
		}
		found, err := t.contract(ctx, name)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	for _, name := range packages {
		if !exists(filepath.Join(t.released, name)) {
			continue
		}
		found, err := t.goPackage(ctx, name)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

func (t tools) contract(ctx context.Context, name string) ([]change, error) {
	if !exists(name) {
		return []change{{where: name, what: "removed", names: []string{name}}}, nil
	}
	for side, dir := range map[string]string{"before": t.released, "now": "."} {
		plain, err := plainContract(ctx, filepath.Join(dir, name))
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", name, side, err)
		}
		file := filepath.Join(t.bin, side+".yaml")
		if err := os.WriteFile(file, plain, 0o600); err != nil {
			return nil, err
		}
	}
	text, err := output(ctx, t.bin, filepath.Join(t.bin, "oasdiff"), "breaking", "before.yaml", "now.yaml", "--format", "json", "--severity-levels", t.severity())
	if err != nil {
		return nil, err
	}
	return contractChanges(name, text)
}

// plainContract is a contract without our extension x-optional-content: oasdiff then sees changes of bodies that may be missing.
func plainContract(ctx context.Context, name string) ([]byte, error) {
	text, err := os.ReadFile(name) //nolint:gosec // one of the contracts of this module
	if err != nil {
		return nil, err
	}
	text = bytes.ReplaceAll(text, []byte("x-optional-content:"), []byte("content:"))
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return nil, err
	}
	return text, doc.Validate(ctx, openapi3.DisableExamplesValidation()) // make lint checks the examples
}

// contractChanges reads what oasdiff prints.
func contractChanges(name, text string) ([]change, error) {
	var found []struct{ ID, Text, Operation, OperationID, Path string }
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		return nil, fmt.Errorf("oasdiff, on %s: %w", name, err)
	}
	var all []change
	for _, f := range found {
		c := change{where: name, what: strings.TrimSpace(f.Operation+" "+f.Path) + ": " + f.Text + " (" + f.ID + ")"}
		if f.OperationID != "" {
			c.names = append(c.names, f.OperationID)
		}
		if f.Path != "" {
			c.names = append(c.names, f.Path)
		}
		for _, quoted := range code.FindAllStringSubmatch(f.Text, -1) {
			if property := path.Base(quoted[1]); identifier.MatchString(property) && !slices.Contains(c.names, property) {
				c.names = append(c.names, property)
			}
		}
		all = append(all, c)
	}
	return all, nil
}

var (
	code       = regexp.MustCompile("`([^`]+)`")
	identifier = regexp.MustCompile(`^[A-Za-z][\w.-]*$`)
)

func (t tools) goPackage(ctx context.Context, name string) ([]change, error) {
	if !exists(name) {
		return []change{{where: name, what: "removed", names: []string{name}}}, nil
	}
	program, export := filepath.Join(t.bin, "apidiff"), filepath.Join(t.bin, path.Base(name)+".export")
	if _, err := output(ctx, t.released, program, "-w", export, module+"/"+name); err != nil {
		return nil, err
	}
	text, err := output(ctx, "", program, "-incompatible", export, module+"/"+name)
	if err != nil {
		return nil, err
	}
	return goChanges(name, text), nil
}

var symbol = regexp.MustCompile(`^- ([^:]+): (.*)`)

// goChanges reads what apidiff prints: lines such as "- (*Portal).Unlock: removed".
func goChanges(name, text string) []change {
	var all []change
	for line := range strings.Lines(text) {
		// Every release changes the value of Version.
		if found := symbol.FindStringSubmatch(strings.TrimRight(line, "\n")); found != nil && (found[1] != "Version" || !strings.HasPrefix(found[2], "value changed")) {
			plain := path.Base(name) + "." + strings.NewReplacer("(*", "", "(", "", ")", "").Replace(found[1])
			all = append(all, change{where: name, what: found[1] + ": " + found[2], names: []string{plain}})
		}
	}
	return all
}
