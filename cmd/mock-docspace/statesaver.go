package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// retryDelay is the time between a failed save and the next attempt.
const retryDelay = time.Second

// stateSaver saves the state of a portal to a file. The answer to a change waits until the change is in the file, which
// takes as long as an fsync of the disk. A save in the background could lose changes that are answered already.
type stateSaver struct {
	name     string
	state    func() mockserver.Portal
	log      *slog.Logger
	holdLock func() error  // makes sure that no other process uses the file
	unlock   func() error  // lets another process use the file
	pending  chan struct{} // holds a value when the state may differ from the file
	written  []byte        // the content of the file

	mu        sync.Mutex
	changes   int           // how many changes were made
	saved     int           // how many of them are in the file
	failing   bool          // the last attempt to save failed
	attempted chan struct{} // closed after the next attempt to save
}

func newStateSaver(name string, log *slog.Logger) *stateSaver {
	nothing := func() error { return nil }
	return &stateSaver{name: name, log: log, pending: make(chan struct{}, 1), attempted: make(chan struct{}), holdLock: nothing, unlock: nothing}
}

// start saves the state, and from then on each change until stop is called. stop saves the last changes.
func (s *stateSaver) start(ctx context.Context) (stop func() error, err error) {
	if err := s.save(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) // requests change the state until the last one has ended
	finished := make(chan error, 1)
	go func() { finished <- s.saveChanges(ctx) }()
	return func() error {
		cancel()
		return errors.Join(<-finished, s.unlock())
	}, nil
}

// saveChanges saves each change until ctx is done, and then once more. Changes that are made during a save are saved
// together. The error is that of the last save. It saves no more when another process has the file, whose changes would be lost.
func (s *stateSaver) saveChanges(ctx context.Context) error {
	var failure string
	for {
		select {
		case <-ctx.Done():
			return s.save()
		case <-s.pending:
		}
		err := s.save()
		switch {
		case errors.Is(err, errTaken):
			s.log.Error("the state is not saved any more", "error", err)
			<-ctx.Done()
			return err
		case err == nil && failure == "":
			continue
		case err == nil:
			failure = ""
			s.log.Warn("the state is saved again", "file", s.name)
			continue
		case err.Error() != failure:
			failure = err.Error()
			s.log.Error("the state could not be saved: the program will try again", "error", err)
		}
		s.requestSave()
		wait(ctx, retryDelay)
	}
}

// notSaved is the error for a state that was not saved before the program had to have ended.
func notSaved(name string) error {
	return cannotWrite("--state", name, errors.New("saving took too long at the end, and changes that were not answered may be lost"))
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// changed records that the state has changed. It never waits.
func (s *stateSaver) changed() {
	s.mu.Lock()
	s.changes++
	s.mu.Unlock()
	s.requestSave()
}

func (s *stateSaver) requestSave() {
	select {
	case s.pending <- struct{}{}:
	default: // a save is requested already, and has not read the state yet
	}
}

// saveBeforeAnswers makes the answer to a request that may have changed the portal wait until the change is saved. A GET changes
// it too when it makes the primary link of an entry; it waits only when something has changed since it came.
func (s *stateSaver) saveBeforeAnswers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, reads, before := r.Context(), r.Method == http.MethodGet || r.Method == http.MethodHead, s.changesSoFar()
		next.ServeHTTP(&hookedWriter{ResponseWriter: w, beforeAnswer: func() {
			if !reads || s.changesSoFar() != before {
				s.waitUntilSaved(ctx)
			}
		}}, r)
	})
}

func (s *stateSaver) changesSoFar() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changes
}

// waitUntilSaved waits until all changes so far are in the file. It does not wait while saving fails.
func (s *stateSaver) waitUntilSaved(ctx context.Context) {
	s.mu.Lock()
	wanted := s.changes
	for s.saved < wanted && !s.failing {
		attempted := s.attempted
		s.mu.Unlock()
		select {
		case <-attempted:
		case <-ctx.Done():
			return
		}
		s.mu.Lock()
	}
	s.mu.Unlock()
}

// save makes one attempt to save the state, and wakes everybody who waits for it.
func (s *stateSaver) save() error {
	s.mu.Lock()
	changes := s.changes
	s.mu.Unlock()
	err := s.write()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failing = err != nil; err == nil {
		s.saved = changes
	}
	close(s.attempted)
	s.attempted = make(chan struct{})
	return err
}

// write writes the state to the file, unless the file has it already.
func (s *stateSaver) write() error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(s.state()); err != nil {
		return cannotWrite("--state", s.name, err)
	}
	if bytes.Equal(text.Bytes(), s.written) {
		return nil
	}
	if err := s.holdLock(); err != nil {
		return err
	}
	if err := replaceFile(s.name, text.Bytes(), 0o600); err != nil {
		return cannotWrite("--state", s.name, err)
	}
	s.written = text.Bytes()
	return nil
}
