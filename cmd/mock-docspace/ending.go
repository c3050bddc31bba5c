package main

import (
	"context"
	"errors"
	"time"
)

const (
	// drainTimeout is how long the requests that have begun may take after the first signal. Then their connections are closed, which takes
	// a time too when they are thousands.
	drainTimeout = 9 * time.Second
	// lastMoment is what that, the state file and the log have beyond it, when the requests have taken all of it.
	lastMoment = time.Second
	// wholeEnd is when the program ends in any case.
	wholeEnd = drainTimeout + lastMoment + 500*time.Millisecond
)

// errEnded is the error for something that was given up because the program was told to end.
var errEnded = errors.New("ended by a signal")

// longAfter is a context that is done that long after ctx is done.
func longAfter(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	later, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(d, cancel) })
	return later, func() { stop(); cancel() }
}

// untilDone calls f, and gives up on it with an error when ctx is done. It is for what nothing else can interrupt: a named pipe that nobody
// writes to, or a disk that has gone.
func untilDone[T any](ctx context.Context, giveUp error, f func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	finished := make(chan result, 1)
	go func() {
		value, err := f()
		finished <- result{value, err}
	}()
	select {
	case r := <-finished:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, giveUp
	}
}

// waitFor is untilDone for what has no result.
func waitFor(ctx context.Context, giveUp error, f func() error) error {
	_, err := untilDone(ctx, giveUp, func() (struct{}, error) { return struct{}{}, f() })
	return err
}

// endAnyway ends the program after a signal if nothing else does, because something blocks that nothing can interrupt.
func endAnyway(ctx context.Context, exit func(code int)) {
	context.AfterFunc(ctx, func() {
		time.AfterFunc(wholeEnd, func() { exit(exitFailure) })
	})
}
