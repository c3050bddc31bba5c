package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
	if got := filesIn(t, dir); got != "file" {
		t.Errorf("left behind: %s", got)
	}
}

func TestReplaceFileRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("nowhere", filepath.Join(dir, "dangling")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"file", "target", "first"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("precious"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Symlink("target", filepath.Join(dir, "link")), os.Link(filepath.Join(dir, "first"), filepath.Join(dir, "second"))); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		dir:                                 "not a regular file",
		os.DevNull:                          "not a regular file",
		filepath.Join(dir, "dangling"):      "a symbolic link",
		filepath.Join(dir, "link"):          "a symbolic link",
		filepath.Join(dir, "no", "such"):    "no such file or directory",
		filepath.Join(dir, "file", "under"): "not a directory",
	} {
		for what, err := range map[string]error{"replace": replaceFile(name, nil, 0o600), "check": checkReplaceable(name)} {
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), dir) {
				t.Errorf("%s %s: got %v, want %q and no path", what, name, err, want)
			}
		}
	}
	if got := filesIn(t, dir); got != "dangling file first link second target" {
		t.Errorf("left behind: %s", got)
	}
	if err := replaceFile(filepath.Join(dir, "first"), []byte("new"), 0o600); err != nil { // such as when somebody makes a backup
		t.Error(err)
	}
	for _, name := range []string{"link", "second"} {
		if got := read(t, filepath.Join(dir, name)); got != "precious" {
			t.Errorf("%s was written: %q", name, got)
		}
	}
}

// A text is on the disk before it has its name, and the name is on the disk when the call returns.
func TestReplaceFileSyncs(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "file")
	var synced []string
	sync := syncFile
	defer func() { syncFile = sync }()
	syncFile = func(f *os.File) error {
		info, err := f.Stat()
		if err != nil {
			return err
		}
		_, missing := os.Lstat(name)
		what := fmt.Sprintf("a directory, named: %t", missing == nil)
		if info.Mode().IsRegular() {
			what = fmt.Sprintf("%d bytes, named: %t", info.Size(), missing == nil)
		}
		synced = append(synced, what)
		return sync(f)
	}
	if err := replaceFile(name, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(synced, []string{"4 bytes, named: false", "a directory, named: true"}) {
		t.Errorf("synced: %q", synced)
	}
	syncFile = func(*os.File) error { return errors.New("the disk is gone") }
	if err := replaceFile(name, []byte("other"), 0o600); err == nil || read(t, name) != "text" || filesIn(t, dir) != "file" {
		t.Errorf("got %v, %q, left %s", err, read(t, name), filesIn(t, dir))
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
