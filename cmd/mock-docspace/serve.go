package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/host"
)

// Bounds for clients that are slow or mean harm. They hold for the program only: in a test the server is the test's.
const (
	headerTimeout  = 10 * time.Second
	requestTimeout = 30 * time.Second // header and body
	answerTimeout  = 30 * time.Second
	idleTimeout    = 2 * time.Minute
	drainTimeout   = 10 * time.Second
	maxHeaderBytes = 32 << 10 // as Kestrel's
)

type serveCommand struct {
	portalFlags
	Watch bool `group:"portal" help:"Load the portal file again when it changes, as SIGHUP does. What became of the portal meanwhile is lost."`
	addressFlags
	tlsFlags
	controlFlags
	LogFormat string `group:"output" default:"text" enum:"text,json" placeholder:"FORMAT" help:"Format of what goes to stderr: text or json (${default}). JSON tells no passwords."`
	Quiet     bool   `group:"output" help:"Write nothing to stderr but warnings and errors."`
}

// Validate is called by kong. Whatever it refuses is a wrong flag.
func (c *serveCommand) Validate() error {
	for _, check := range []func() error{c.portalFlags.check, c.addressFlags.check, c.tlsFlags.check, c.controlFlags.check} {
		if err := check(); err != nil {
			return err
		}
	}
	switch {
	case c.Watch && c.Portal == nil:
		return errors.New("--watch: there is no portal file to watch: give --portal too")
	case c.enabled() && c.address() == "":
		return errors.New("--unix: a socket file does not speak https: give --addr too, or leave the --tls flags out")
	default:
		return nil
	}
}

func (c *serveCommand) logger(stderr io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{}
	if c.Quiet {
		options.Level = slog.LevelWarn
	}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(stderr, options))
	}
	return slog.New(slog.NewTextHandler(stderr, options))
}

// Run serves until ctx is done, and then lets the requests under way come to their end.
func (c *serveCommand) Run(ctx context.Context, p *process) (err error) {
	logger := c.logger(p.stderr)
	warnUnknownVariables(p, logger)

	// What is wrong here is the use of the program.
	metrics := newMetrics()
	options := append(c.serverOptions(), mockserver.WithLogger(logger), mockserver.WithObserver(metrics.observe))
	portal, err := c.load(logger, options...)
	if err != nil {
		return wrongUse(err)
	}
	tlsConfig, authority, err := c.config(time.Now())
	if err != nil {
		return wrongUse(err)
	}
	for flag, name := range map[string]string{"--port-file": c.PortFile, "--tls-ca-out": c.TLSCAOut} {
		if name == "" {
			continue
		}
		if err := checkReplaceable(name); err != nil {
			return wrongUse(cannotWrite(flag, name, err))
		}
	}

	// From here on it is what happens to it.
	doors, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer doors.close()
	if c.TLSCAOut != "" { // not before: a server that listens there already has written its own
		if err := replaceFile(c.TLSCAOut, authority, 0o644); err != nil {
			return cannotWrite("--tls-ca-out", c.TLSCAOut, err)
		}
	}
	if portal.file != nil {
		stop, failed := portal.file.start(ctx)
		if failed != nil {
			return failed
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	if c.PortFile != "" {
		remove, err := writePort(c.PortFile, doors.tcp)
		if err != nil {
			return err
		}
		defer remove()
	}
	token := c.token(doors)
	h, err := c.host(portal.server, token, doors, logger, metrics, options)
	if err != nil {
		return err
	}
	metrics.watch(h)
	if !c.Quiet {
		c.announce(portal.server, p.stderr)
		c.announceAuthority(authority, p.stderr)
		c.announceControl(doors, p.stderr)
	}
	if beyondLoopback(doors.tcp) {
		logger.Warn("listening beyond loopback: whoever reaches this address can use the portal's keys", "address", doors.tcp.Addr().String())
	}
	if token != c.ControlToken {
		logger.Warn("the control API can be reached from beyond loopback, and wants this token, as X-Mock-Token or Authorization: Bearer", "token", token)
	}
	stopReloading := c.startReloading(ctx, portal, logger, func() {
		if !c.Quiet {
			c.announce(portal.server, p.stderr)
		}
	})
	defer stopReloading()
	fmt.Fprintf(p.stdout, "mock-docspace %s listening on %s\n", mockserver.Version, strings.Join(c.names(doors), " and "))
	return c.serve(ctx, h, portal.file, doors, tlsConfig, logger)
}

// host is the portal and the named ones that are made beside it, with the control API.
func (c *serveCommand) host(main *mockserver.Server, token string, d *doors, logger *slog.Logger, metrics *metrics, options []mockserver.Option) (*host.Host, error) {
	if c.Profile != nil {
		options = append(slices.Clone(options), mockserver.WithProfile(*c.Profile))
	}
	hostOptions := []host.Option{host.WithMain(main), host.WithServerOptions(options...), host.WithControlLogger(logger), host.WithMetrics(metrics.handler())}
	if token != "" {
		hostOptions = append(hostOptions, host.WithControlToken(token))
	}
	if c.NoControl || d.control != nil {
		hostOptions = append(hostOptions, host.WithoutControl())
	}
	if d.control != nil && d.tcp != nil {
		hostOptions = append(hostOptions, host.WithURL(c.url(d.tcp)))
	}
	return host.New(hostOptions...)
}

// url is the address of a listener as clients write it.
func (c *serveCommand) url(listener net.Listener) string {
	if c.enabled() {
		return "https://" + listener.Addr().String()
	}
	return "http://" + listener.Addr().String()
}

// names are the addresses of the portal.
func (c *serveCommand) names(d *doors) []string {
	var names []string
	if d.tcp != nil {
		names = append(names, c.url(d.tcp))
	}
	if d.unix != nil {
		names = append(names, "unix:"+c.Unix)
	}
	return names
}

// writePort writes the port to a file; remove removes it, if it is still ours.
func writePort(name string, listener net.Listener) (remove func(), err error) {
	port := strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	if err := replaceFile(name, []byte(port), 0o644); err != nil {
		return nil, cannotWrite("--port-file", name, err)
	}
	return func() {
		if text, err := os.ReadFile(name); err == nil && string(text) == port { //nolint:gosec // the file that the flag names
			_ = os.Remove(name)
		}
	}, nil
}

// startReloading loads the portal file again at SIGHUP, and with --watch when it changes, until it is stopped.
func (c *serveCommand) startReloading(ctx context.Context, portal *served, logger *slog.Logger, loaded func()) (stop func()) {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	ticker := time.NewTicker(watchInterval)
	if !c.Watch {
		ticker.Stop()
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		newReloader(&c.portalFlags, portal, logger, loaded).run(ctx, hangups, ticker.C)
		close(ended)
	}()
	return func() {
		signal.Stop(hangups)
		ticker.Stop()
		cancel()
		<-ended
	}
}

// newHTTPServer speaks HTTP/1.1, HTTP/2 over TLS, and HTTP/2 without TLS to clients that begin with it.
func newHTTPServer(handler http.Handler, tlsConfig *tls.Config, logger *slog.Logger) *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(true)
	protocols.SetUnencryptedHTTP2(true)
	return &http.Server{
		Handler:           handler,
		TLSConfig:         tlsConfig,
		Protocols:         protocols,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       requestTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,

		DisableGeneralOptionsHandler: true, // OPTIONS * is answered like any other path
		ErrorLog:                     log.New(ownPanics{logger}, "", 0),
	}
}

// ownPanics passes on what net/http says of a mistake of ours; what clients break off is not ours to report.
type ownPanics struct{ logger *slog.Logger }

func (w ownPanics) Write(line []byte) (int, error) {
	if bytes.HasPrefix(line, []byte("http: panic serving")) {
		w.logger.Error("panic", "error", strings.TrimSpace(string(line)))
	}
	return len(line), nil
}

// fromSocket makes a request over a socket file one from loopback: who can open the file is on this machine.
func fromSocket(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok && local.Network() == "unix" {
			r.RemoteAddr = "127.0.0.1:0"
		}
		next.ServeHTTP(w, r)
	})
}

// around is what a request meets before the portal or the control API, from the inside out.
func around(handler http.Handler, file *stateFile) http.Handler {
	handler = fromSocket(handler)
	if file != nil {
		handler = file.beforeAnswers(handler) // changes are saved first
	}
	return deadlines(handler, answerTimeout)
}

// serve answers at all doors until ctx is done, or one of them fails.
func (c *serveCommand) serve(ctx context.Context, h *host.Host, file *stateFile, d *doors, tlsConfig *tls.Config, logger *slog.Logger) error {
	portal := newHTTPServer(around(h, file), tlsConfig, logger)
	control := newHTTPServer(around(h.Control(), file), tlsConfig, logger)
	failed := make(chan error, 3)
	answer := func(server *http.Server, listener net.Listener, encrypted bool) {
		switch {
		case listener == nil:
		case encrypted:
			go func() { failed <- server.ServeTLS(listener, "", "") }()
		default:
			go func() { failed <- server.Serve(listener) }()
		}
	}
	answer(portal, d.tcp, tlsConfig != nil)
	answer(portal, d.unix, false)
	answer(control, d.control, tlsConfig != nil)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	h.Close() // ends what hangs because of a fault, which would not end by itself
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	// The control API stays until the portal has ended: it can end what hangs.
	if err := errors.Join(portal.Shutdown(drain), control.Shutdown(drain)); err != nil {
		logger.Warn("some requests did not end in time, and were cut off", "time", drainTimeout)
		return errors.Join(portal.Close(), control.Close())
	}
	return nil
}
