// Command mock-docspace is a stateful, in-memory fake of ONLYOFFICE DocSpace for external sharing.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, end := context.WithCancel(ctx)
	stopPprof := startPprof(ctx)
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)
	endAnyway(ctx, os.Exit)
	code := run(ctx, parent{os.Stdin, end}, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	stopPprof()
	os.Exit(code)
}
