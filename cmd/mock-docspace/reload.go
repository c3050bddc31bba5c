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

// slowRead is how long the portal file may take to be read before the reloader goes on without it.
const slowRead = 5 * time.Second

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
	patience time.Duration // with a file that is being read

	slow        <-chan readAgain // gets a file that was not read in time; nil without one
	lastSeen    fs.FileInfo      // nil when there was no file
	changing    bool             // the file had changed at the last look
	lastFailure string           // logged already
}

// readAgain is a portal file that was read. Unless always is set, nothing is done when it still describes the same portal.
type readAgain struct {
	portal mockserver.PortalFile
	err    error
	always bool
}

func newReloader(flags *portalFlags, portal *servedPortal, log *slog.Logger, reloaded func()) *reloader {
	return &reloader{flags: flags, portal: portal, log: log, reloaded: reloaded, patience: slowRead, changing: true}
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
		case file := <-r.slow:
			r.slow = nil
			r.serve(ctx, file)
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

// reload reads the file and serves its portal. It leaves a file that takes long to run, and forgets an earlier one.
func (r *reloader) reload(ctx context.Context, always bool) {
	read := make(chan readAgain, 1)
	go func() {
		p, err := r.flags.readPortalFile(ctx)
		read <- readAgain{p, err, always}
	}()
	r.slow = nil
	timer := time.NewTimer(r.patience)
	defer timer.Stop()
	select {
	case file := <-read:
		r.serve(ctx, file)
	case <-timer.C:
		r.slow = read
		r.log.Warn("reading the portal file takes long, and the portal is unchanged until it is read: SIGHUP begins again with the file that is there then", "portal", *r.flags.Portal)
	}
}

// serve serves the portal of a file that was read.
func (r *reloader) serve(ctx context.Context, file readAgain) {
	fromFile, err := file.portal, file.err
	if ctx.Err() != nil {
		return
	}
	if err == nil && !file.always && reflect.DeepEqual(fromFile.Portal, r.portal.fromFile) {
		r.lastFailure = ""
		return
	}
	var p mockserver.Portal
	if err == nil {
		p, err = r.flags.complete(fromFile.Portal)
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
	r.portal.fromFile = fromFile.Portal
	logWarnings(fromFile, r.log)
	r.log.Info("the portal file was loaded again", "portal", *r.flags.Portal)
	r.reloaded()
}
