package main

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"reflect"
	"syscall"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// watchInterval is how often --watch looks at the portal file. It does not use notifications of the operating system: they
// miss changes behind symbolic links, in directories that are replaced, and on most network and container mounts.
const watchInterval = 200 * time.Millisecond

// catchHangups keeps SIGHUP from ending the program until release is called. One that nobody has taken yet is remembered.
func catchHangups() (hangups chan os.Signal, release func()) {
	hangups = make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	return hangups, func() { signal.Stop(hangups) }
}

// startReloading loads the portal file again at a hangup, and with --watch when it changes, until stop is called. It calls
// reloaded after each time. stop waits for a load under way until its context is done.
func (c *serveCommand) startReloading(ctx context.Context, hangups <-chan os.Signal, portal *servedPortal, logger *slog.Logger, reloaded func()) (stop func(context.Context)) {
	ticker := time.NewTicker(watchInterval)
	if !c.Watch {
		ticker.Stop()
	}
	ctx, cancel := context.WithCancel(ctx)
	finished := make(chan struct{})
	go func() {
		newReloader(&c.portalFlags, portal, logger, reloaded).run(ctx, hangups, ticker.C)
		close(finished)
	}()
	return func(ctx context.Context) {
		ticker.Stop()
		cancel()
		select {
		case <-finished:
		case <-ctx.Done():
		}
	}
}

// reloader loads the portal file again. A file with a mistake changes nothing.
type reloader struct {
	flags    *portalFlags
	portal   *servedPortal
	log      *slog.Logger
	reloaded func()

	lastSeen    fs.FileInfo // nil when there was no file
	changing    bool        // the file had changed at the last look
	lastFailure string      // logged already
}

func newReloader(flags *portalFlags, portal *servedPortal, log *slog.Logger, reloaded func()) *reloader {
	return &reloader{flags: flags, portal: portal, log: log, reloaded: reloaded, changing: true}
}

// run loads the file at each hangup, and at a tick when the file has changed and two ticks see the same file.
func (r *reloader) run(ctx context.Context, hangups <-chan os.Signal, ticks <-chan time.Time) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangups:
			if r.flags.Portal == nil {
				r.log.Warn("there is no portal file to load again")
				continue
			}
			r.lastFailure = ""
			r.reload(ctx, true)
		case <-ticks:
			if r.hasSettled() {
				r.reload(ctx, false)
			}
		}
	}
}

// hasSettled says whether the file has changed and does not change any more. Its writer may not have finished at the first
// look.
func (r *reloader) hasSettled() bool {
	now, err := os.Stat(*r.flags.Portal)
	if err != nil {
		now = nil
	}
	same := sameVersion(now, r.lastSeen)
	settled := same && r.changing
	r.lastSeen, r.changing = now, !same
	return settled
}

// reload serves the portal of the file. Unless always is set, it does nothing when the file still describes the same portal.
func (r *reloader) reload(ctx context.Context, always bool) {
	fromFile, err := r.flags.readPortalFile(ctx)
	if ctx.Err() != nil {
		return
	}
	if err == nil && !always && reflect.DeepEqual(fromFile, r.portal.fromFile) {
		r.lastFailure = ""
		return
	}
	var p mockserver.Portal
	if err == nil {
		p, err = r.flags.complete(fromFile)
	}
	if err == nil {
		err = r.portal.server.Reseed(p)
	}
	if err != nil {
		if err.Error() != r.lastFailure {
			r.log.Warn("the portal file was not loaded again, and the portal is unchanged", "error", err)
		}
		r.lastFailure = err.Error()
		return
	}
	r.lastFailure = ""
	r.portal.fromFile = fromFile
	logWarnings(p, r.log)
	r.log.Info("the portal file was loaded again", "portal", *r.flags.Portal)
	r.reloaded()
}
