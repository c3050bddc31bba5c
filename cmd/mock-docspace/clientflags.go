package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// clientFlags say where a client reaches the server. They have the names of the flags that say where the server listens, so
// that both read the same variables.
type clientFlags struct {
	Addr          *string `placeholder:"ADDRESS" help:"Address of the server: HOST:PORT or a URL (default: 127.0.0.1:8092)."`
	Unix          string  `placeholder:"PATH" help:"Socket file of the server."`
	PortFile      string  `placeholder:"FILE" help:"File to which the server has written its port. It is read when --addr has port 0."`
	TLSSelfSigned bool    `name:"tls-self-signed" help:"The server uses https at HOST:PORT."`
	TLSCert       string  `name:"tls-cert" placeholder:"FILE" help:"The server uses https at HOST:PORT."`
	TLSKey        string  `name:"tls-key" placeholder:"FILE" help:"Not needed, and taken because it is a flag of the server."`
}

func (f *clientFlags) check() error {
	address := f.address()
	if !strings.Contains(address, "://") {
		if err := checkAddress("--addr", address); err != nil {
			return err
		}
		if f.portIsFree() && f.PortFile == "" {
			return errors.New("--addr: port 0 cannot be connected to: give the port that the server printed, or its --port-file")
		}
		return checkSocketFile(f.Unix)
	}
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("--addr: %q is neither HOST:PORT nor a URL such as http://127.0.0.1:8092", address)
	}
	return checkSocketFile(f.Unix)
}

func (f *clientFlags) address() string {
	if f.Addr != nil {
		return *f.Addr
	}
	return defaultAddress
}

// portIsFree says whether the server has chosen its port.
func (f *clientFlags) portIsFree() bool {
	address := f.address()
	_, port, _ := net.SplitHostPort(address)
	return !strings.Contains(address, "://") && strings.TrimLeft(port, "0") == ""
}

// url is the address of the server as a client writes it. A server that listens on every address is reached on loopback. The error is about
// --port-file.
func (f *clientFlags) url(ctx context.Context) (string, error) {
	address := f.address()
	if strings.Contains(address, "://") {
		return strings.TrimRight(address, "/"), nil
	}
	host, port, _ := net.SplitHostPort(address) // check has seen it
	if f.portIsFree() {
		var err error
		if port, err = f.readPortFile(ctx); err != nil {
			return "", err
		}
	}
	scheme := "http"
	if f.TLSSelfSigned || f.TLSCert != "" {
		scheme = "https"
	}
	return scheme + "://" + net.JoinHostPort(reachable(host), port), nil
}

// base is the address for requests, and the one that messages name: the socket file comes first.
func (f *clientFlags) base(ctx context.Context) (base, address string, err error) {
	if f.Unix != "" {
		return "http://localhost", "unix:" + f.Unix, nil
	}
	base, err = f.url(ctx)
	return base, base, err
}

// readPortFile reads the port that a server has written, until ctx is done.
func (f *clientFlags) readPortFile(ctx context.Context) (string, error) {
	text, err := untilDone(ctx, notRead("--port-file: ", f.PortFile), func() ([]byte, error) { return os.ReadFile(f.PortFile) })
	if errors.Is(err, errEnded) {
		return "", err
	}
	if err != nil {
		return "", fmt.Errorf("--port-file: %s cannot be read, as before the server listens: %w", f.PortFile, withoutPath(err))
	}
	port := strings.TrimSpace(string(text))
	if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
		return "", fmt.Errorf("--port-file: %s has no port: give the file that the server has written", f.PortFile)
	}
	return port, nil
}

// reachable is the host that a client on this machine connects to. For a server that listens on every address it is loopback.
func reachable(host string) string {
	switch ip := net.ParseIP(host); {
	case host == "", ip != nil && ip.IsUnspecified() && ip.To4() != nil:
		return "127.0.0.1"
	case ip != nil && ip.IsUnspecified():
		return "::1"
	default:
		return host
	}
}
