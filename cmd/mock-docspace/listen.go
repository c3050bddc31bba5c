package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const defaultAddress = "127.0.0.1:8092"

// addressFlags say where the program listens.
type addressFlags struct {
	Addr     *string `group:"address" placeholder:"HOST:PORT" help:"Address to listen on; port 0 picks a free one (127.0.0.1:8092, and none with --unix)."`
	Unix     string  `group:"address" placeholder:"PATH" help:"Socket file to listen on, in place of an address, or beside --addr when both are given. Only its owner can connect."`
	PortFile string  `group:"address" placeholder:"FILE" help:"Write the port to this file once it can be connected to, and remove it at the end."`
}

// address is where to listen with TCP, "" for nowhere.
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
	if err := checkSocket(f.Unix); err != nil {
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

func checkAddress(flag, address string) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("%s: %q is not HOST:PORT, such as 127.0.0.1:8092 or [::1]:0", flag, address)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("%s: %q is not a port: use a number from 0 to 65535", flag, port)
	}
	if strings.ContainsAny(host, " /") {
		return fmt.Errorf("%s: %q is not a host", flag, host)
	}
	return nil
}

func checkSocket(path string) error {
	longest := 107 // sun_path, without the zero at the end
	if runtime.GOOS == "darwin" {
		longest = 103
	}
	switch {
	case strings.HasPrefix(path, "@"):
		return fmt.Errorf("--unix: %q would be no file: write ./%s", path, path)
	case len(path) > longest:
		return fmt.Errorf("--unix: the path of a socket file can have %d bytes, not %d: use a shorter one", longest, len(path))
	case path == "":
		return nil
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().Type() != fs.ModeSocket {
		return fmt.Errorf("--unix: %s is there, and is no socket file: remove it, or use another path", path)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("--unix: %s is in no directory that there is", path)
	}
	return nil
}

func listenTCP(ctx context.Context, address string) (net.Listener, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w", address, errors.Unwrap(err))
	}
	return listener, nil
}

// listenUnix makes a socket file that only its owner can connect to. It takes the place of one that a killed process left.
// Closing the listener removes it.
func listenUnix(ctx context.Context, path string) (net.Listener, error) {
	if err := removeStale(ctx, path); err != nil {
		return nil, fmt.Errorf("cannot listen on unix:%s: %w", path, err)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on unix:%s: %w", path, errors.Unwrap(err))
	}
	if err := os.Chmod(path, 0o600); err != nil {
		_ = listener.Close()
		return nil, fmt.Errorf("cannot listen on unix:%s: %w", path, withoutPath(err))
	}
	return listener, nil
}

// removeStale removes a socket file that nobody listens on. Anything else that is there is an error.
func removeStale(ctx context.Context, path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return withoutPath(err)
	}
	if info.Mode().Type() != fs.ModeSocket {
		return errors.New("something is there that is no socket file: remove it, or use another path")
	}
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(context.WithoutCancel(ctx), "unix", path)
	if err == nil {
		_ = conn.Close()
		return errors.New("another process listens there")
	}
	if !errors.Is(err, syscall.ECONNREFUSED) {
		return errors.Unwrap(err)
	}
	return withoutPath(os.Remove(path))
}

// beyondLoopback says whether others than this machine can connect.
func beyondLoopback(listener net.Listener) bool {
	if listener == nil {
		return false
	}
	address, ok := listener.Addr().(*net.TCPAddr)
	return ok && !address.IP.IsLoopback()
}

// doors are what the program listens on; those that nobody asked for are nil.
type doors struct{ tcp, unix, control net.Listener }

func (c *serveCommand) open(ctx context.Context) (*doors, error) {
	d := &doors{}
	var err error
	if address := c.address(); address != "" {
		d.tcp, err = listenTCP(ctx, address)
	}
	if err == nil && c.Unix != "" {
		d.unix, err = listenUnix(ctx, c.Unix)
	}
	if err == nil && c.ControlAddr != "" {
		d.control, err = listenTCP(ctx, c.ControlAddr)
	}
	if err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

func (d *doors) close() {
	for _, listener := range []net.Listener{d.tcp, d.unix, d.control} {
		if listener != nil {
			_ = listener.Close() // as a rule the server has closed it
		}
	}
}
