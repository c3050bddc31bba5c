package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// reluctant is a writer that blocks until it is let go, and fails while it has an error.
type reluctant struct {
	output
	asked chan struct{} // has a value when somebody writes
	letGo chan struct{}
	err   error
}

func (r *reluctant) Write(text []byte) (int, error) {
	select {
	case r.asked <- struct{}{}:
	default:
	}
	<-r.letGo
	if r.err != nil {
		return 0, r.err
	}
	return r.output.Write(text)
}

func newReluctant(t *testing.T) (*lineWriter, *reluctant) {
	t.Helper()
	out := &reluctant{asked: make(chan struct{}, 1), letGo: make(chan struct{})}
	w := newLineWriter(out)
	w.tell(func(dropped int) []byte { return fmt.Appendf(nil, "dropped %d\n", dropped) })
	return w, out
}

func TestLinesAreWrittenInTheirOrder(t *testing.T) {
	var out output
	w := newLineWriter(&out)
	var want strings.Builder
	for i := range 10_000 {
		line := fmt.Sprintf("line %d\n", i)
		want.WriteString(line)
		if n, err := w.Write([]byte(line)); n != len(line) || err != nil {
			t.Fatal(n, err)
		}
	}
	w.close(t.Context())
	if got := out.String(); got != want.String() {
		t.Errorf("got %d bytes, want %d", len(got), want.Len())
	}
	if n, err := w.Write([]byte("late\n")); n != 5 || err != nil || strings.Contains(out.String(), "late") {
		t.Errorf("after the end: %d, %v", n, err)
	}
}

// Nothing waits for a reader that does not read. What was dropped meanwhile is counted, in lines and in bytes.
func TestDroppedLinesAreCounted(t *testing.T) {
	for name, line := range map[string]string{"many": "short\n", "long": strings.Repeat("x", 1<<20-1) + "\n"} {
		most := min(maxWaitingLines, maxWaitingBytes/len(line))
		w, out := newReluctant(t)
		_, _ = w.Write([]byte(line))
		<-out.asked
		for range most + 6 {
			_, _ = w.Write([]byte(line))
		}
		if out.String() != "" {
			t.Fatalf("%s: it was written", name)
		}
		close(out.letGo)
		w.flush(t.Context())
		_, _ = w.Write([]byte("again\n"))
		w.close(t.Context())
		if got, want := out.String(), strings.Repeat(line, most)+"dropped 7\nagain\n"; got != want {
			t.Errorf("%s: got %d bytes that end with %q, want %d", name, len(got), got[max(0, len(got)-30):], len(want))
		}
	}
}

// Lines that could not be written are counted too, and told when writing works again.
func TestFailedLinesAreCounted(t *testing.T) {
	w, out := newReluctant(t)
	out.err = errors.New("no space left on device")
	close(out.letGo)
	for i := range 3 {
		_, _ = fmt.Fprintf(w, "lost %d\n", i)
		w.flush(t.Context())
	}
	out.err = nil // nothing is being written
	_, _ = w.Write([]byte("again\n"))
	w.close(t.Context())
	if got := out.String(); got != "again\ndropped 3\n" {
		t.Errorf("got %q", got)
	}
}

// The end does not wait for a reader that does not read, but for one that is slow.
func TestFlushWaitsForWhoReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, out := newReluctant(t)
		for range 5 {
			_, _ = w.Write([]byte(strings.Repeat("x", pieceSize-1) + "\n"))
		}
		begun := time.Now()
		w.flush(t.Context())
		if waited := time.Since(begun); waited != stalledAfter {
			t.Errorf("waited for %s without a reader", waited)
		}
		begun = time.Now()
		w.flush(t.Context())
		if waited := time.Since(begun); waited != 0 {
			t.Errorf("waited for %s, although nobody had read for long", waited)
		}
		out.letGo <- struct{}{}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), stalledAfter/2)
		defer cancel()
		begun = time.Now()
		w.flush(ctx)
		if waited := time.Since(begun); waited != stalledAfter/2 {
			t.Errorf("waited for %s, beyond the time it had", waited)
		}
		go func() {
			for range 4 {
				<-time.After(stalledAfter / 3) // in the time of the test
				out.letGo <- struct{}{}
			}
		}()
		w.close(t.Context())
		if got := strings.Count(out.String(), "\n"); got != 5 {
			t.Errorf("%d of 5 lines were written", got)
		}
	})
}
