package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReplaceFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "file")
	for _, text := range []string{"first", "second"} {
		if err := replaceFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := read(t, name); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
	}
	if info, _ := os.Stat(name); info.Mode() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("file", link); err != nil {
		t.Fatal(err)
	}
	if err := replaceFile(link, []byte("third"), 0o600); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Lstat(link); info.Mode().Type() != os.ModeSymlink || read(t, name) != "third" {
		t.Errorf("the link was replaced, and not the file behind it: %v", info.Mode())
	}
	if got := filesIn(t, dir); got != "file link" {
		t.Errorf("left behind: %s", got)
	}
}

func TestReplaceFileRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("nowhere", filepath.Join(dir, "dangling")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		dir:                                 "not a regular file",
		os.DevNull:                          "not a regular file",
		filepath.Join(dir, "dangling"):      "leads nowhere",
		filepath.Join(dir, "no", "such"):    "no such file or directory",
		filepath.Join(dir, "file", "under"): "not a directory",
	} {
		for what, err := range map[string]error{"replace": replaceFile(name, nil, 0o600), "check": checkReplaceable(name)} {
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), dir) {
				t.Errorf("%s %s: got %v, want %q and no path", what, name, err, want)
			}
		}
	}
	if got := filesIn(t, dir); got != "dangling file" {
		t.Errorf("left behind: %s", got)
	}
}

func TestRemoveUnfinished(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"state.json", ".state.json.saving-123", ".other.json.saving-1", "state.json.saving-1"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	removeUnfinished(filepath.Join(dir, "state.json"))
	if got := filesIn(t, dir); got != ".other.json.saving-1 state.json state.json.saving-1" {
		t.Errorf("left: %s", got)
	}
}
