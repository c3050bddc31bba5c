package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/gofrs/flock"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// retryDelay is the time after a save that failed.
const retryDelay = time.Second

// readState reads a state file; ok says whether it is there. A file that is damaged is a [*mockserver.FileError].
func readState(name string) (p mockserver.Portal, ok bool, err error) {
	resolved, err := target(name)
	if err != nil {
		return p, false, fmt.Errorf("--state: %s: %w", name, err)
	}
	text, err := os.ReadFile(resolved) //nolint:gosec // the file that the flag names
	if errors.Is(err, fs.ErrNotExist) {
		return p, false, nil
	}
	if err != nil {
		return p, false, &mockserver.FileError{File: name, Message: fmt.Sprintf("cannot be read: %v", withoutPath(err))}
	}
	// What is cut off, or empty, can still be a portal file, which is YAML and may leave everything out.
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

// position is the line and column, from 1, of the byte at which reading JSON ended.
func position(text []byte, offset int64) (line, column int) {
	before := text[:max(0, offset-1)]
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}

// stateFile keeps the state of a portal in a file. Answers wait until the changes that they tell of are in it, which takes
// as long as the disk takes for an fsync: saving later, and hoping for a disk that is not busy, could not promise that nothing gets lost.
type stateFile struct {
	name  string
	state func() mockserver.Portal
	log   *slog.Logger
	saved []byte        // what is in the file
	dirty chan struct{} // the state may be another one
	free  func() error  // lets another process have the file

	mu      sync.Mutex
	changes int           // so far
	done    int           // those that are in the file
	failing bool          // the last save did not work
	tried   chan struct{} // closed after the next save
}

func newStateFile(name string, log *slog.Logger) *stateFile {
	return &stateFile{name: name, log: log, dirty: make(chan struct{}, 1), tried: make(chan struct{}), free: func() error { return nil }}
}

// changed says that the state is not the one in the file any more. It never waits.
func (f *stateFile) changed() {
	f.mu.Lock()
	f.changes++
	f.mu.Unlock()
	f.again()
}

func (f *stateFile) again() {
	select {
	case f.dirty <- struct{}{}:
	default: // a save is due already, and has not looked at the state yet
	}
}

// settle waits until all changes so far are in the file, unless they cannot be written.
func (f *stateFile) settle(ctx context.Context) {
	f.mu.Lock()
	wanted := f.changes
	for f.done < wanted && !f.failing {
		tried := f.tried
		f.mu.Unlock()
		select {
		case <-tried:
		case <-ctx.Done():
			return
		}
		f.mu.Lock()
	}
	f.mu.Unlock()
}

// beforeAnswers lets the answer to whatever may change the portal wait until the change is saved.
func (f *stateFile) beforeAnswers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			ctx := r.Context()
			w = &leaving{ResponseWriter: w, begin: func() { f.settle(ctx) }}
		}
		next.ServeHTTP(w, r)
	})
}

// lockState keeps a second process from the file: each would write over the changes of the other. The lock is on a file of
// its own, which stays: the state file itself is replaced with each save.
func lockState(name string) (*flock.Flock, error) {
	resolved, err := target(name)
	if err != nil {
		return nil, cannotWrite("--state", name, err)
	}
	lock := flock.New(filepath.Join(filepath.Dir(resolved), "."+filepath.Base(resolved)+".lock"), flock.SetPermissions(0o600))
	switch locked, err := lock.TryLock(); {
	case err != nil:
		return nil, cannotWrite("--state", name, withoutPath(err))
	case !locked:
		return nil, fmt.Errorf("--state: %s is kept by another mock-docspace: give each a file of its own", name)
	}
	return lock, nil
}

// start saves the state, and then each change until stop is called, which saves the last ones.
func (f *stateFile) start(ctx context.Context) (stop func() error, err error) {
	if err := f.save(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) // requests change the state until the last one has ended
	ended := make(chan error, 1)
	go func() { ended <- f.keep(ctx) }()
	return func() error {
		cancel()
		return errors.Join(<-ended, f.free())
	}, nil
}

// keep saves each change, together with those that were made during the save before, and the last ones when ctx is done. The
// error is that of the last save.
func (f *stateFile) keep(ctx context.Context) error {
	var failure string
	for {
		select {
		case <-ctx.Done():
			return f.save()
		case <-f.dirty:
		}
		err := f.save()
		switch {
		case err == nil && failure == "":
			continue
		case err == nil:
			failure = ""
			f.log.Warn("the state is saved again", "file", f.name)
			continue
		case err.Error() != failure:
			failure = err.Error()
			f.log.Error("the state could not be saved, which is tried again", "error", err)
		}
		f.again()
		wait(ctx, retryDelay)
	}
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// save writes the state as it is now.
func (f *stateFile) save() error {
	f.mu.Lock()
	changes := f.changes
	f.mu.Unlock()
	err := f.write()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.failing = err != nil; err == nil {
		f.done = changes
	}
	close(f.tried)
	f.tried = make(chan struct{})
	return err
}

// write writes the state, if it is not in the file already.
func (f *stateFile) write() error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(f.state()); err != nil {
		return cannotWrite("--state", f.name, err)
	}
	if bytes.Equal(text.Bytes(), f.saved) {
		return nil
	}
	if err := replaceFile(f.name, text.Bytes(), 0o600); err != nil {
		return cannotWrite("--state", f.name, err)
	}
	f.saved = text.Bytes()
	return nil
}
