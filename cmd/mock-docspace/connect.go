package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
)

// connectFlags say how a client connects to the server.
type connectFlags struct {
	CA       string `name:"ca" placeholder:"FILE" help:"File with certificates to trust (PEM), such as the file that --tls-ca-out wrote."`
	TLSCAOut string `name:"tls-ca-out" placeholder:"FILE" help:"Same as --ca. It is named like the flag of the server, so that one variable sets both."`
	Insecure bool   `help:"Trust any certificate."`
}

// newClient is a client of the server, at a socket file when unix is not empty. The error is about a flag.
func (f *connectFlags) newClient(ctx context.Context, unix string) (*http.Client, error) {
	late := fmt.Errorf("--ca: %s was not read within %s", cmp.Or(f.CA, f.TLSCAOut), healthTimeout)
	return untilDone(ctx, late, func() (*http.Client, error) { return f.readClient(unix) })
}

func (f *connectFlags) readClient(unix string) (*http.Client, error) {
	transport := &http.Transport{DisableKeepAlives: true} // and no proxy, since the server is near
	if unix != "" {
		transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", unix)
		}
	}
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: f.Insecure} //nolint:gosec // as the flag says
	name, flag := f.CA, "--ca"
	if name == "" && !f.Insecure {
		name, flag = f.TLSCAOut, "--tls-ca-out"
	}
	if name != "" {
		text, err := os.ReadFile(name) //nolint:gosec // the file that the flag names
		if err != nil {
			return nil, fmt.Errorf("%s: %s cannot be read: %w", flag, name, withoutPath(err))
		}
		transport.TLSClientConfig.RootCAs = x509.NewCertPool()
		if !transport.TLSClientConfig.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("%s: %s contains no certificate (PEM)", flag, name)
		}
	}
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, nil
}

// connectionError is the reason why there is no answer. It leaves the address out, which the message names already.
func connectionError(err error) error {
	var unknown x509.UnknownAuthorityError
	var transport *url.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("there was no answer within %s", healthTimeout)
	case errors.As(err, &unknown):
		return errors.New("its certificate is signed by an unknown authority: give --ca FILE or --insecure")
	case errors.As(err, &transport):
		return transport.Err
	default:
		return err
	}
}
