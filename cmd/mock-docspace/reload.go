package main

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"reflect"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// watchInterval is how often --watch looks at the portal file. It looks, and is not told by the operating system: that would
// miss changes behind symbolic links, in directories that are replaced, and on most network and container mounts.
const watchInterval = 200 * time.Millisecond

// reloader loads the portal file again. A file that is wrong changes nothing.
type reloader struct {
	flags  *portalFlags
	portal *served
	log    *slog.Logger
	loaded func() // after each time

	seen    fs.FileInfo // nil when there is no file
	moving  bool        // it had changed when it was last looked at
	failure string      // what was last found wrong
}

func newReloader(flags *portalFlags, portal *served, log *slog.Logger, loaded func()) *reloader {
	return &reloader{flags: flags, portal: portal, log: log, loaded: loaded, moving: true}
}

// run loads the file at each hangup, and when it is other than it was and two ticks find the same.
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
			r.failure = ""
			r.reload(true)
		case <-ticks:
			if r.settled() {
				r.reload(false)
			}
		}
	}
}

// settled says whether the file has changed, and stands still now: who writes it may not be done yet.
func (r *reloader) settled() bool {
	now, err := os.Stat(*r.flags.Portal)
	if err != nil {
		now = nil
	}
	same := (now == nil) == (r.seen == nil) &&
		(now == nil || os.SameFile(now, r.seen) && now.Size() == r.seen.Size() && now.ModTime().Equal(r.seen.ModTime()))
	settled := same && r.moving
	r.seen, r.moving = now, !same
	return settled
}

// reload serves what the file says. Unless always, the portal is left alone when the file still says the same.
func (r *reloader) reload(always bool) {
	read, err := r.flags.read()
	if err == nil && !always && reflect.DeepEqual(read, r.portal.read) {
		r.failure = ""
		return
	}
	var p mockserver.Portal
	if err == nil {
		p, err = r.flags.complete(read)
	}
	if err == nil {
		err = r.portal.server.Reseed(p)
	}
	if err != nil {
		if err.Error() != r.failure {
			r.log.Warn("the portal file was not loaded again, the portal stays as it is", "error", err)
		}
		r.failure = err.Error()
		return
	}
	r.failure = ""
	r.portal.read = read
	warnSlips(p, r.log)
	r.log.Info("the portal file was loaded again", "portal", *r.flags.Portal)
	r.loaded()
}
