package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"unicode/utf8"

	"github.com/gofrs/flock"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// loadState makes a portal whose state is kept in the file of --state. If the file exists, the portal begins as the file
// says. The seed of the options is where a reset returns to.
func (f *portalFlags) loadState(ctx context.Context, logger *slog.Logger, options ...mockserver.Option) (server *mockserver.Server, saver *stateSaver, err error) {
	seen, _ := os.Lstat(f.State) // an error is that of the reading too
	state, found, err := f.readStateFile(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err = checkReplaceable(f.State); err != nil {
		return nil, nil, cannotWrite("--state", f.State, err)
	}
	lock, err := takeLock(f.State)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			_ = lock.Close() // the error that is there already matters more
		}
	}()
	if now, _ := os.Lstat(f.State); !sameVersion(seen, now) { // a program that has ended meanwhile has saved its last changes
		if state, found, err = f.readStateFile(ctx); err != nil {
			return nil, nil, err
		}
	}
	removeUnfinished(f.State)
	saver = newStateSaver(f.State, logger)
	saver.holdLock = func() (err error) {
		lock, err = holdLock(f.State, lock)
		return err
	}
	saver.unlock = func() error { return lock.Close() }
	server, err = mockserver.New(append(options, mockserver.WithChanged(saver.changed))...)
	if err != nil {
		return nil, nil, err
	}
	saver.state = server.State
	if !found {
		return server, saver, nil
	}
	if state, err = f.complete(state); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", f.State, err)
	}
	if err = server.Replace(state); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", f.State, err)
	}
	logger.Info("the portal was loaded from the state file: a reset returns to the portal file, or to a fresh portal without one", "state", f.State)
	return server, saver, nil
}

// readStateFile is readState of the file of --state, until ctx is done.
func (f *portalFlags) readStateFile(ctx context.Context) (p mockserver.Portal, found bool, err error) {
	type state struct {
		portal mockserver.Portal
		found  bool
	}
	read, err := untilDone(ctx, notRead("--state: ", f.State), func() (s state, err error) {
		s.portal, s.found, err = readState(f.State)
		return s, err
	})
	return read.portal, read.found, err
}

// readState reads a state file. found is false if the file does not exist. The error for a damaged file is a
// [*mockserver.FileError].
func readState(name string) (p mockserver.Portal, found bool, err error) {
	if err := checkOwnFile(name); err != nil {
		return p, false, fmt.Errorf("--state: %s: %w", name, err)
	}
	if info, err := os.Lstat(name); err == nil && hasOtherNames(info) { // each save gives the name another file, so they would part
		return p, false, fmt.Errorf("--state: %s: a file with several names (hard links): use a file of its own", name)
	}
	text, err := os.ReadFile(name) //nolint:gosec // the file that the flag names
	if errors.Is(err, fs.ErrNotExist) {
		return p, false, nil
	}
	if err != nil {
		return p, false, &mockserver.FileError{File: name, Message: fmt.Sprintf("cannot be read: %v", withoutPath(err))}
	}
	// A state file that is empty or cut off could still be a valid portal file, since that is YAML and may leave everything
	// out. So the text has to be JSON first.
	var syntax *json.SyntaxError
	if err := json.Unmarshal(text, new(any)); errors.As(err, &syntax) {
		line, column := position(text, syntax.Offset)
		return p, false, &mockserver.FileError{File: name, Line: line, Column: column, Message: "is damaged: " + syntax.Error()}
	}
	if !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return p, false, &mockserver.FileError{File: name, Line: 1, Column: 1, Message: "is damaged: expected a JSON object"}
	}
	p, err = mockserver.ParsePortal(name, text)
	return p, err == nil, err
}

// position is the line and column, counted from 1, of the byte at which the reading of JSON ended.
func position(text []byte, offset int64) (line, column int) {
	before := text[:max(0, offset-1)]
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}

// lockName is the name of the file that lockState locks for a state file. It is empty for none.
func lockName(name string) string {
	if name == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".lock")
}

// takeLock is lockState; tests change it.
var takeLock = lockState

// lockState prevents a second process from using the state file: each would overwrite the changes of the other. It locks a
// file beside the state file, which is itself replaced at each save. The lock file stays.
func lockState(name string) (*flock.Flock, error) {
	locked := lockName(name)
	if err := checkOwnFile(locked); err != nil {
		return nil, fmt.Errorf("--state: %s is %w", locked, err)
	}
	lock := flock.New(locked, flock.SetPermissions(0o600))
	switch ours, err := lock.TryLock(); {
	case err != nil:
		return nil, cannotWrite("--state", name, withoutPath(err))
	case !ours:
		return nil, fmt.Errorf("--state: %s %w", name, errTaken)
	}
	return lock, nil
}

// errTaken is the error for a state file that another process has.
var errTaken = errors.New("is used by another mock-docspace: give each a file of its own")

// holdLock takes the lock again when its file was removed or replaced: that keeps nobody out.
func holdLock(name string, lock *flock.Flock) (*flock.Flock, error) {
	held, err := lock.Stat()
	if there, missing := os.Lstat(lock.Path()); err == nil && missing == nil && os.SameFile(held, there) {
		return lock, nil
	}
	again, err := lockState(name)
	if err != nil {
		return lock, err
	}
	_ = lock.Close() // nothing can be done about an error
	return again, nil
}
