package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// overlay writes the file for go build -overlay. It replaces a file of the module by a changed one without changing it.
func (r *runner) overlay(dir, file string, change func(string) (string, error)) (string, error) {
	original := filepath.Join(r.root, filepath.FromSlash(file))
	text, err := os.ReadFile(original) //nolint:gosec // a file of this module
	if err != nil {
		return "", err
	}
	changed, err := change(string(text))
	if err != nil {
		return "", err
	}
	mutated := filepath.Join(dir, filepath.Base(file))
	if err := os.WriteFile(mutated, []byte(changed), 0o600); err != nil {
		return "", err
	}
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {original: mutated}})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, replace, 0o600)
}

// withOverlay gives commands an overlay if there is one. The commands that they start have it too, so that tests which build the
// program build the changed one.
func withOverlay(overlay string, commands ...*exec.Cmd) {
	if overlay == "" {
		return
	}
	for _, c := range commands {
		c.Env = append(c.Env, "GOFLAGS=-overlay="+overlay)
	}
}

func (m mutant) apply(text string) (string, error) {
	switch n := strings.Count(text, m.old); {
	case m.old == m.new:
		return "", fmt.Errorf("%s: the mutant changes nothing", m.file)
	case n != 1:
		return "", fmt.Errorf("%s: the text exists %d times, not once: %.80q", m.file, n, m.old)
	}
	return strings.Replace(text, m.old, m.new, 1), nil
}
