package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"

	"github.com/mock-docspace/mock-docspace/internal/printable"
)

const defaultAddress = "127.0.0.1:8092"

// addressFlags say where the program listens.
type addressFlags struct {
	Addr     *string `group:"address" placeholder:"HOST:PORT" help:"Address to listen on; port 0 picks a free port (default: 127.0.0.1:8092, or no address with --unix)."`
	Unix     string  `group:"address" placeholder:"PATH" help:"Socket file to listen on instead of an address. With --addr too, the program listens on both. Only the owner of the file can connect."`
	PortFile string  `group:"address" placeholder:"FILE" help:"Write the port number to this file as soon as clients can connect, and remove the file at the end."`
}

// address is the TCP address to listen on. It is empty when the program listens on a socket file only.
func (f *addressFlags) address() string {
	switch {
	case f.Addr != nil:
		return *f.Addr
	case f.Unix != "":
		return ""
	default:
		return defaultAddress
	}
}

func (f *addressFlags) check() error {
	if err := checkSocketFile(f.Unix); err != nil {
		return err
	}
	address := f.address()
	if address == "" {
		if f.PortFile != "" {
			return errors.New("--port-file: a socket file has no port: give --addr too")
		}
		return nil
	}
	return checkAddress("--addr", address)
}

// checkAddress checks the HOST:PORT that a flag has.
func checkAddress(flag, address string) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("%s: %q is not HOST:PORT, such as 127.0.0.1:8092 or [::1]:0", flag, address)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("%s: %q is not a port: use a number from 0 to 65535", flag, port)
	}
	if strings.ContainsAny(host, " /") {
		return fmt.Errorf("%s: %q is not a host", flag, host)
	}
	return nil
}

// listeners accept the connections of the program. A listener that no flag asks for is nil.
type listeners struct {
	tcp, unix, control net.Listener
	tls                bool // tcp and control use https
}

// listen opens all listeners, or none when one of them fails.
func (c *serveCommand) listen(ctx context.Context) (*listeners, error) {
	l := &listeners{tls: c.usesTLS()}
	var err error
	if address := c.address(); address != "" {
		l.tcp, err = listenTCP(ctx, "--addr", address)
	}
	if err == nil && c.Unix != "" {
		l.unix, err = listenUnix(ctx, c.Unix)
	}
	if err == nil && c.ControlAddr != "" {
		l.control, err = listenTCP(ctx, "--control-addr", c.ControlAddr)
	}
	if err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

// listenTCP listens on the HOST:PORT that a flag has.
func listenTCP(ctx context.Context, flag, address string) (net.Listener, error) {
	host, _, _ := net.SplitHostPort(address) // checkAddress has seen it
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	var failed *net.OpError
	switch {
	case errors.As(err, &failed) && isTaken(err):
		at, ok := failed.Addr.(*net.TCPAddr)
		who := ""
		if ok {
			who = whoListens(ctx, at)
		}
		return nil, fmt.Errorf("cannot listen on %s: %w%s: for a free port give %s %s", address, failed.Err, who, flag, net.JoinHostPort(host, "0"))
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w", address, errors.Unwrap(err))
	}
	at, ok := listener.Addr().(*net.TCPAddr)
	if given := net.ParseIP(host); ok && given.To4() != nil && given.IsUnspecified() {
		return listenerAt{listener, &net.TCPAddr{IP: given, Port: at.Port}}, nil
	}
	return listener, nil
}

// listenerAt is a listener with the address that was asked for. Go listens on [::] for 0.0.0.0, and says so.
type listenerAt struct {
	net.Listener
	address net.Addr
}

func (l listenerAt) Addr() net.Addr { return l.address }

func (l *listeners) close() {
	for _, listener := range []net.Listener{l.tcp, l.unix, l.control} {
		if listener != nil {
			_ = listener.Close() // mostly the server has closed it already
		}
	}
}

// url is the address of a TCP listener as clients write it.
func (l *listeners) url(listener net.Listener) string {
	return l.scheme() + listener.Addr().String()
}

func (l *listeners) scheme() string {
	if l.tls {
		return "https://"
	}
	return "http://"
}

// localURL is the address of the portal for clients on this machine when it listens on every address, which is none that a browser
// opens everywhere. Otherwise it is empty.
func (l *listeners) localURL() string {
	if l.tcp == nil || l.browserURL(l.tcp) == l.url(l.tcp) {
		return ""
	}
	return l.browserURL(l.tcp)
}

// browserURL is the address of a TCP listener as a browser on this machine opens it.
func (l *listeners) browserURL(listener net.Listener) string {
	host, port, _ := net.SplitHostPort(listener.Addr().String()) // of the listener itself
	return l.scheme() + net.JoinHostPort(reachable(host), port)
}

// portalAddresses lists where clients reach the portal.
func (l *listeners) portalAddresses() []string {
	var addresses []string
	if l.tcp != nil {
		addresses = append(addresses, l.url(l.tcp))
	}
	if l.unix != nil {
		addresses = append(addresses, "unix:"+printable.Text(l.unix.Addr().String()))
	}
	return addresses
}

// beyondLoopback says whether other machines can connect.
func beyondLoopback(listener net.Listener) bool {
	if listener == nil {
		return false
	}
	address, ok := listener.Addr().(*net.TCPAddr)
	return ok && !address.IP.IsLoopback()
}

// writePortFile writes the port to the file of --port-file, if the flag is given. remove removes the file, unless another
// process has written its own since.
func (f *addressFlags) writePortFile(l *listeners) (remove func(), err error) {
	if f.PortFile == "" {
		return func() {}, nil
	}
	port := strconv.Itoa(l.tcp.Addr().(*net.TCPAddr).Port)
	if err := replaceFile(f.PortFile, []byte(port), 0o644); err != nil {
		return nil, cannotWrite("--port-file", f.PortFile, err)
	}
	written, err := os.Lstat(f.PortFile)
	if err != nil {
		return nil, cannotWrite("--port-file", f.PortFile, withoutPath(err))
	}
	return func() {
		now, err := os.Lstat(f.PortFile)
		if err != nil || !now.Mode().IsRegular() || !os.SameFile(now, written) { // a new file may have the number of a removed one
			return
		}
		if text, err := os.ReadFile(f.PortFile); err == nil && string(text) == port { // it may be written over in place
			_ = os.Remove(f.PortFile)
		}
	}, nil
}
