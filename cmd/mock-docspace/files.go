package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// target is the file that a name leads to: where it is a symbolic link, the file behind is meant. What is there must be a
// file.
func target(name string) (string, error) {
	resolved, err := filepath.EvalSymlinks(name)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(name); err == nil {
			return "", errors.New("is a symbolic link that leads nowhere")
		}
		return name, nil
	}
	if err != nil {
		return "", withoutPath(err)
	}
	info, err := os.Stat(resolved)
	if err != nil {
		return "", withoutPath(err)
	}
	if !info.Mode().IsRegular() {
		return "", errors.New("is there, and is not a file")
	}
	return resolved, nil
}

// unfinished begins the names of the files that are about to take the place of another.
func unfinished(name string) string { return "." + filepath.Base(name) + ".saving-" }

// replaceFile writes a file so that whoever reads it, at any moment and after any crash, finds the old or the new text and
// nothing in between.
func replaceFile(name string, text []byte, mode fs.FileMode) (err error) {
	if name, err = target(name); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), unfinished(name)+"*")
	if err != nil {
		return withoutPath(err)
	}
	defer func() {
		if err != nil {
			_ = f.Close() // closed already, as a rule
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(text); err != nil {
		return withoutPath(err)
	}
	if err := f.Chmod(mode); err != nil {
		return withoutPath(err)
	}
	if err := f.Sync(); err != nil {
		return withoutPath(err)
	}
	if err := f.Close(); err != nil {
		return withoutPath(err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return withoutPath(err)
	}
	// So that the new name outlives a crash of the machine. Some file systems cannot, and nothing is lost but that.
	if directory, err := os.Open(filepath.Dir(name)); err == nil {
		_ = directory.Sync()
		_ = directory.Close()
	}
	return nil
}

// checkReplaceable says whether replaceFile could work, and writes nothing to the file.
func checkReplaceable(name string) error {
	name, err := target(name)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), unfinished(name)+"*")
	if err != nil {
		return withoutPath(err)
	}
	_ = f.Close()
	return withoutPath(os.Remove(f.Name()))
}

// removeUnfinished removes what a process left that was killed while it replaced the file.
func removeUnfinished(name string) {
	name, err := target(name)
	if err != nil {
		return
	}
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		return
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), unfinished(name)) {
			_ = os.Remove(filepath.Join(filepath.Dir(name), entry.Name()))
		}
	}
}

// sameFile says whether two names lead to one file.
func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return filepath.Clean(a) == filepath.Clean(b)
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// withoutPath is err without the name of a file, which its reader has said before.
func withoutPath(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}

// cannotWrite says that the file of a flag cannot be written.
func cannotWrite(flag, name string, err error) error {
	return fmt.Errorf("%s: %s cannot be written: %w", flag, name, err)
}
