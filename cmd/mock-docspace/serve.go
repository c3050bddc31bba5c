package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/mock-docspace/mock-docspace/internal/kestrel"
	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/host"
)

type serveCommand struct {
	portalFlags
	Watch bool `group:"portal" help:"Load the portal file again whenever it changes; SIGHUP loads it at any time. Loading it discards the changes that were made to the portal since."`
	addressFlags
	connectionFlags
	memoryFlags
	tlsFlags
	controlFlags
	outputFlags
	parentFlags
}

// Validate is called by kong. Its errors are about flags.
func (c *serveCommand) Validate() error {
	for _, check := range []func() error{c.portalFlags.check, c.addressFlags.check, c.connectionFlags.check, c.memoryFlags.check, c.tlsFlags.check, c.controlFlags.check, c.checkFlagFiles} {
		if err := check(); err != nil {
			return err
		}
	}
	switch {
	case c.Watch && c.Portal == nil:
		return errors.New("--watch: there is no portal file to watch: give --portal too")
	case c.usesTLS() && c.address() == "":
		return errors.New("--unix: a socket file does not speak https: give --addr too, or leave the --tls flags out")
	default:
		return nil
	}
}

// Run builds the portal, listens, announces both, and serves until ctx is done. Then it lets the requests that have begun
// finish.
func (c *serveCommand) Run(ctx context.Context, p *process) (err error) {
	hangups, release := catchHangups() // first of all, since it would end the program until then
	defer release()
	logger := c.startLog(p.log)
	drained, forget := longAfter(ctx, drainTimeout)
	defer forget()
	c.limitMemory(ctx, p.environ)
	warnUnknownVariables(p, logger)
	c.endWithStdin(p.parent)

	// Build the portal. Errors in this part are mistakes in flags and files.
	counters := newMetrics()
	options := append(c.serverOptions(), mockserver.WithLogger(logger), mockserver.WithObserver(counters.observe),
		mockserver.WithJournalBudget(mockserver.NewJournalBudget()), mockserver.WithMemoryCheck(func() error { return c.checkMemory(true) }))
	portal, err := c.loadPortal(ctx, logger, options...)
	if err != nil {
		return asUsageError(err)
	}
	tlsConfig, caCertificate, err := c.loadCertificates(ctx, time.Now())
	if err != nil {
		return asUsageError(err)
	}
	if err := c.checkOutputFiles(); err != nil {
		return asUsageError(err)
	}

	// Listen before anything is written: a server that listens there already may have written files of the same names.
	l, err := c.listen(ctx)
	if err != nil {
		return err
	}
	defer l.close()
	if err := c.writeAuthority(caCertificate); err != nil {
		return err
	}
	if portal.saver != nil {
		stopSaving, startErr := portal.saver.start(ctx)
		if startErr != nil {
			return startErr
		}
		defer func() { err = errors.Join(err, waitFor(p.ended, notSaved(c.State), stopSaving)) }()
	}
	removePortFile, err := c.writePortFile(l)
	if err != nil {
		return err
	}
	defer removePortFile()

	// Host the portal.
	token := c.requiredToken(l)
	h, err := c.newHost(portal.server, token, l, logger, counters, options)
	if err != nil {
		return err
	}
	counters.registerHost(h)

	// Announce what is served.
	a := c.announcer(p.log)
	a.portal(portal.server.State())
	a.authority(caCertificate)
	if !c.NoControl {
		a.control(l)
	}
	a.local(l)
	c.warnExposed(l, token, logger)
	stopReloading := c.startReloading(ctx, hangups, portal, logger, func() { a.portal(portal.server.State()) })
	defer stopReloading(p.ended)
	announced, enough := context.WithTimeout(ctx, stalledAfter)
	p.log.flush(announced) // who reads the line on stdout may look for the keys on stderr
	enough()
	ready := newLineWriter(p.stdout)
	defer ready.close(p.ended)
	fmt.Fprintf(ready, "mock-docspace %s listening on %s\n", mockserver.Version, strings.Join(l.portalAddresses(), " and "))

	// Serve, and drain.
	portalMost, controlMost := c.share(openFileLimit(), l.control != nil, logger)
	portalServer := limitConnections(newHTTPServer(newChain(h, portal.saver, newBodyLimits(), portalMost), tlsConfig, logger), portalMost)
	controlServer := limitConnections(newHTTPServer(newChain(h.Control(), portal.saver, newBodyLimits(), controlMost), tlsConfig, logger), controlMost)
	if err := serve(ctx, l, portalServer, controlServer); err != nil {
		return err
	}
	l.close()
	h.Close() // a request that hangs because of a fault would not end by itself
	return drain(drained, portalServer, controlServer, logger)
}

// checkOutputFiles says before anything is served whether a file of a flag cannot be written.
func (c *serveCommand) checkOutputFiles() error {
	for _, output := range []struct{ flag, name string }{{"--port-file", c.PortFile}, {"--tls-ca-out", c.TLSCAOut}} {
		if output.name == "" {
			continue
		}
		if err := checkReplaceable(output.name); err != nil {
			return cannotWrite(output.flag, output.name, err)
		}
	}
	return nil
}

// newHost makes the host of the main portal and of the named portals that clients add. The options are those of every portal.
func (c *serveCommand) newHost(main *mockserver.Server, token string, l *listeners, logger *slog.Logger, counters *metrics, options []mockserver.Option) (*host.Host, error) {
	if c.Profile != nil {
		options = append(slices.Clone(options), mockserver.WithProfile(*c.Profile))
	}
	hostOptions := []host.Option{host.WithMain(main), host.WithServerOptions(options...), host.WithControlLogger(logger), host.WithMetrics(counters.handler()), host.WithMemoryCheck(c.checkMemory)}
	if token != "" {
		hostOptions = append(hostOptions, host.WithControlToken(token))
	}
	if c.NoControl || l.control != nil {
		hostOptions = append(hostOptions, host.WithoutControl())
	}
	if l.control != nil && l.tcp != nil {
		hostOptions = append(hostOptions, host.WithURL(l.url(l.tcp)))
	}
	return host.New(hostOptions...)
}

// warnExposed warns when other machines can connect. It prints the token of the control API if no flag has given it.
func (c *serveCommand) warnExposed(l *listeners, token string, logger *slog.Logger) {
	if beyondLoopback(l.tcp) {
		logger.Warn("listening beyond loopback: everybody who can reach this address can use the keys of the portal", "address", l.tcp.Addr().String())
	}
	if token != c.ControlToken {
		logger.Warn("the control API can be reached from other machines: requests need this token as X-Mock-Token or Authorization: Bearer", "token", token)
	}
}

// serve answers on all listeners until ctx is done. It returns an error when one of them fails.
func serve(ctx context.Context, l *listeners, portal, control *limitedServer) error {
	failed := make(chan error, 3)
	start := func(server *limitedServer, listener net.Listener, encrypted bool) {
		switch {
		case listener == nil:
		case encrypted:
			go func() { failed <- server.ServeTLS(server.listen(listener), "", "") }()
		default:
			go func() { failed <- server.Serve(kestrel.Listen(server.listen(listener))) }()
		}
	}
	start(portal, l.tcp, l.tls)
	start(portal, l.unix, false)
	start(control, l.control, l.tls)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil
	}
}

// drain waits until the requests that have begun are answered, and closes their connections when ctx is done. The control
// API is the last to end, since a client can use it to end requests that hang.
func drain(ctx context.Context, portal, control *limitedServer, logger *slog.Logger) error {
	draining, drained := context.WithCancel(ctx)
	defer drained()
	go portal.closeUnused(draining)
	go control.closeUnused(draining)
	portal.settle(ctx)
	err := errors.Join(portal.Shutdown(ctx), control.Shutdown(ctx))
	if err != nil && ctx.Err() != nil { // the other error is that a listener is closed already
		logger.Warn("some requests did not end in time: their connections were closed", "time", drainTimeout)
		return errors.Join(portal.Close(), control.Close())
	}
	return nil
}
