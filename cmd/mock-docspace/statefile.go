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
	"time"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Saving a state takes about a millisecond, and what changes meanwhile waits for the next time: a change is in the file
// after at most twice that and saveDelay, which is well below 100 ms.
const (
	saveDelay  = 10 * time.Millisecond // so that many changes are saved at once
	retryDelay = time.Second           // after a save that failed
)

// readState reads a state file; ok says whether it is there. A file that is damaged is a [*mockserver.FileError].
func readState(name string) (p mockserver.Portal, ok bool, err error) {
	resolved, err := target(name)
	if err != nil {
		return p, false, &mockserver.FileError{File: name, Message: err.Error()}
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

// stateFile keeps the state of a portal in a file.
type stateFile struct {
	name  string
	state func() mockserver.Portal
	log   *slog.Logger

	dirty chan struct{}
	saved []byte // what is in the file
}

func newStateFile(name string, log *slog.Logger) *stateFile {
	return &stateFile{name: name, log: log, dirty: make(chan struct{}, 1)}
}

// changed says that the state is not the one in the file any more. It never waits.
func (f *stateFile) changed() {
	select {
	case f.dirty <- struct{}{}:
	default: // a save is due already, and has not looked at the state yet
	}
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
		return <-ended
	}, nil
}

// keep saves each change soon after it was made, and the last ones when ctx is done. The error is that of the last save.
func (f *stateFile) keep(ctx context.Context) error {
	var failure string
	for {
		select {
		case <-ctx.Done():
			return f.save()
		case <-f.dirty:
		}
		wait(ctx, saveDelay)
		select {
		case <-f.dirty:
		default:
		}
		err := f.save()
		if err == nil {
			if failure != "" {
				f.log.Warn("the state is saved again", "file", f.name)
			}
			failure = ""
			continue
		}
		if err.Error() != failure {
			failure = err.Error()
			f.log.Error("the state could not be saved, which is tried again", "error", err)
		}
		f.changed()
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

// save writes the state as it is now, if it is not in the file already.
func (f *stateFile) save() error {
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
