package main

import (
	"bytes"
	"context"
	"io"
	"sync"
	"time"
)

// Limits of what waits to be written.
const (
	maxWaitingBytes = 4 << 20
	maxWaitingLines = 50_000
	pieceSize       = 32 << 10        // of one write
	stalledAfter    = 1 * time.Second // when one write takes this long, nobody is thought to read
)

// lineWriter writes lines in the background, so that nothing waits for whoever reads them: a pipe can be full, and its reader can be slow
// or gone. When too much waits, a line is dropped. As soon as lines can be written again, one of them says how many were dropped.
type lineWriter struct {
	out  io.Writer
	wake chan struct{} // holds a value when there may be something to write

	mu       sync.Mutex
	notice   func(dropped int) []byte // the line that says how many were dropped; nil says nothing
	queue    []byte                   // what run has not taken yet
	bytes    int                      // that wait, in the queue and with run
	lines    int
	dropped  int
	writing  bool          // run has taken something
	progress chan struct{} // closed after the next write
	closed   bool

	waitsSince time.Time // when the write under way began
}

func newLineWriter(out io.Writer) *lineWriter {
	w := &lineWriter{out: out, wake: make(chan struct{}, 1), progress: make(chan struct{})}
	go w.run()
	return w
}

// tell sets the line that says how many lines were dropped.
func (w *lineWriter) tell(notice func(dropped int) []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.notice = notice
}

// Write takes one line or several that belong together. It neither waits nor fails.
func (w *lineWriter) Write(line []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.bytes+len(line) > maxWaitingBytes || w.lines >= maxWaitingLines {
		w.dropped += max(1, countLines(line))
		return len(line), nil
	}
	if w.bytes == 0 {
		w.waitsSince = time.Now()
	}
	w.queue = append(w.queue, line...)
	w.bytes += len(line)
	w.lines += countLines(line)
	select {
	case w.wake <- struct{}{}:
	default: // it is awake
	}
	return len(line), nil
}

func countLines(text []byte) int { return bytes.Count(text, []byte("\n")) }

// run writes what waits until close.
func (w *lineWriter) run() {
	var taken []byte
	works := false
	for range w.wake {
		for {
			var dropped int
			if taken, dropped = w.take(taken[:0], works); len(taken) == 0 && dropped == 0 {
				break
			}
			for rest := taken; len(rest) > 0; {
				piece := firstPiece(rest)
				rest = rest[len(piece):]
				works = w.write(piece)
			}
			if works && dropped > 0 {
				works = w.writeNotice(dropped)
			}
		}
	}
}

// take takes the queue, and leaves an empty one that uses the memory of spare. dropped is how many lines were dropped, if that can be
// told: they came after those in the queue.
func (w *lineWriter) take(spare []byte, works bool) (taken []byte, dropped int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if cap(spare) > pieceSize {
		spare = nil // a burst is over
	}
	taken, w.queue = w.queue, spare
	if w.notice != nil && (works || len(taken) > 0) {
		dropped = w.dropped
	}
	w.writing = len(taken) > 0 || dropped > 0
	w.tellProgress()
	return taken, dropped
}

func (w *lineWriter) tellProgress() {
	close(w.progress)
	w.progress = make(chan struct{})
}

// firstPiece is as many whole lines as one write takes, and at least one.
func firstPiece(batch []byte) []byte {
	if len(batch) <= pieceSize {
		return batch
	}
	if end := bytes.LastIndexByte(batch[:pieceSize], '\n'); end >= 0 {
		return batch[:end+1]
	}
	if end := bytes.IndexByte(batch, '\n'); end >= 0 {
		return batch[:end+1]
	}
	return batch
}

// write writes a piece. What an error keeps from being written is dropped.
func (w *lineWriter) write(piece []byte) bool {
	n, err := w.out.Write(piece)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bytes -= len(piece)
	w.waitsSince = time.Now()
	w.lines -= countLines(piece)
	if err != nil {
		w.dropped += countLines(piece[min(n, len(piece)):])
	}
	w.tellProgress()
	return err == nil
}

func (w *lineWriter) writeNotice(dropped int) bool {
	w.mu.Lock()
	line := w.notice(dropped)
	w.mu.Unlock()
	if _, err := w.out.Write(line); err != nil {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dropped -= dropped
	return true
}

// flush waits until everything is written. It gives up when ctx is done, and when nobody reads.
func (w *lineWriter) flush(ctx context.Context) {
	for {
		w.mu.Lock()
		done, progress, left := w.bytes == 0 && !w.writing, w.progress, stalledAfter-time.Since(w.waitsSince)
		w.mu.Unlock()
		if done || left <= 0 {
			return
		}
		stalled := time.NewTimer(left)
		select {
		case <-progress:
		case <-stalled.C:
		case <-ctx.Done():
			return
		}
		stalled.Stop()
	}
}

// close is flush, and ends the writing. What is written later is dropped.
func (w *lineWriter) close(ctx context.Context) {
	w.flush(ctx)
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.closed = true
		close(w.wake)
	}
}
