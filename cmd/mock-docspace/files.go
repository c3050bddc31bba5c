package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// checkOwnFile checks a file that the program writes, which need not exist. Only a regular file will do: behind a symbolic link
// would be a file that nobody has named.
func checkOwnFile(name string) error {
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return withoutPath(err)
	case info.Mode().Type() == fs.ModeSymlink:
		return errors.New("a symbolic link: name the file itself")
	case !info.Mode().IsRegular():
		return errors.New("not a regular file")
	default:
		return nil
	}
}

// unfinishedPrefix begins the names of the temporary files that replaceFile renames to the file at the end.
func unfinishedPrefix(name string) string { return "." + filepath.Base(name) + ".saving-" }

// syncFile waits until a file or directory is on the disk. Tests see what is synced.
var syncFile = (*os.File).Sync

// replaceFile writes a file. A process that reads the file at any moment, even after a crash, finds the whole old text or the
// whole new text. It never writes through a symbolic link.
func replaceFile(name string, text []byte, mode fs.FileMode) (err error) {
	if err := checkOwnFile(name); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), unfinishedPrefix(name)+"*")
	if err != nil {
		return withoutPath(err)
	}
	defer func() {
		if err != nil {
			_ = f.Close() // mostly it is closed already
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(text); err != nil {
		return withoutPath(err)
	}
	if err := f.Chmod(mode); err != nil {
		return withoutPath(err)
	}
	if err := syncFile(f); err != nil {
		return withoutPath(err)
	}
	if err := f.Close(); err != nil {
		return withoutPath(err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return withoutPath(err)
	}
	// The new name has to survive a crash of the machine. Some file systems cannot sync a directory, which is no error here.
	if directory, err := os.Open(filepath.Dir(name)); err == nil {
		_ = syncFile(directory)
		_ = directory.Close()
	}
	return nil
}

// checkReplaceable returns the error that replaceFile would return. It does not write to the file.
func checkReplaceable(name string) error {
	if err := checkOwnFile(name); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), unfinishedPrefix(name)+"*")
	if err != nil {
		return withoutPath(err)
	}
	_ = f.Close()
	return withoutPath(os.Remove(f.Name()))
}

// removeUnfinished removes the temporary files of processes that were killed while they replaced the file.
func removeUnfinished(name string) {
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		return
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), unfinishedPrefix(name)) {
			_ = os.Remove(filepath.Join(filepath.Dir(name), entry.Name()))
		}
	}
}

// sameFile says whether two names mean the same file, which need not exist.
func sameFile(a, b string) bool {
	inA, nameA := filepath.Split(a)
	inB, nameB := filepath.Split(b)
	return sameOnDisk(a, b) || nameA == nameB && sameOnDisk(cmp.Or(inA, "."), cmp.Or(inB, "."))
}

func sameOnDisk(a, b string) bool {
	first, errA := os.Stat(a)
	second, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(first, second)
}

// withoutPath removes the name of the file from an error whose reader knows the name already.
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

// notRead is the error for a file that was not read before the program was told to end.
func notRead(flag, name string) error {
	return fmt.Errorf("%s%s was not read to its end: %w", flag, name, errEnded)
}

// cannotWrite is the error for a file that a flag names and that cannot be written.
func cannotWrite(flag, name string, err error) error {
	return fmt.Errorf("%s: %s cannot be written: %w", flag, name, err)
}

// sameVersion says whether nobody has written to a file between two looks at it. nil is no file.
func sameVersion(a, b fs.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}
