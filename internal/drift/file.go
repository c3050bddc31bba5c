package drift

import (
	"errors"
	"os"
	"path/filepath"
)

// WriteFile writes a whole file, or leaves the one that is there as it is. What is no file, and what a link such as /dev/stdout leads
// to, is written to.
func WriteFile(name string, text []byte) error {
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, text, 0o644) //nolint:gosec // a report is for everybody
	}
	file, err := os.CreateTemp(filepath.Dir(name), ".docspace-contract-*")
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	err = errors.Join(err, file.Chmod(0o644), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

// CanWrite says before a run why a file could not be written after it. It changes nothing.
func CanWrite(name string) error {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return &os.PathError{Op: "write", Path: name, Err: errors.New("it is a folder")}
	}
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return nil
	}
	file, err := os.CreateTemp(filepath.Dir(name), ".docspace-contract-*")
	if err != nil {
		var path *os.PathError
		if errors.As(err, &path) {
			path.Op, path.Path = "write", name
		}
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}
