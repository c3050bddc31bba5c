package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// clientFlags say where a client reaches the server. They have the names of the flags that say where the server listens, so
// that both read the same variables.
type clientFlags struct {
	Addr          *string `placeholder:"ADDRESS" help:"Address of the server: HOST:PORT or a URL (default: 127.0.0.1:8092)."`
	Unix          string  `placeholder:"PATH" help:"Socket file of the server."`
	TLSSelfSigned bool    `name:"tls-self-signed" help:"The server uses https at HOST:PORT."`
	TLSCert       string  `name:"tls-cert" placeholder:"FILE" help:"The server uses https at HOST:PORT."`
}

func (f *clientFlags) check() error {
	address := f.address()
	if !strings.Contains(address, "://") {
		if err := checkAddress("--addr", address); err != nil {
			return err
		}
		if _, port, _ := net.SplitHostPort(address); strings.TrimLeft(port, "0") == "" {
			return errors.New("--addr: port 0 cannot be connected to: give the port that the server printed")
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

// url is the address of the server as a client writes it. A server that listens on every address is reached on loopback.
func (f *clientFlags) url() string {
	address := f.address()
	if strings.Contains(address, "://") {
		return strings.TrimRight(address, "/")
	}
	host, port, _ := net.SplitHostPort(address) // check has seen it
	scheme := "http"
	if f.TLSSelfSigned || f.TLSCert != "" {
		scheme = "https"
	}
	return scheme + "://" + net.JoinHostPort(reachable(host), port)
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
