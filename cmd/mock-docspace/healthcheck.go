package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"
)

const healthTimeout = 3 * time.Second

type healthcheckCommand struct {
	clientFlags
	CA       string `name:"ca" placeholder:"FILE" help:"File with certificates to trust (PEM), such as the file that --tls-ca-out wrote."`
	TLSCAOut string `name:"tls-ca-out" placeholder:"FILE" help:"Same as --ca. It is named like the flag of the server, so that one variable sets both."`
	Insecure bool   `help:"Trust any certificate."`
}

// Help is the text that kong prints below the first line of the help.
func (c *healthcheckCommand) Help() string {
	return `For container images without curl. The command requests /__mock/health. If the control API is switched off or has another address, mock-docspace answers 404, which counts as healthy too. --unix overrides --addr. The command waits 3 s for an answer.`
}

// Validate is called by kong. Its errors are about flags.
func (c *healthcheckCommand) Validate() error { return c.check() }

// Run sends the request. It returns an error unless a healthy mock-docspace answers.
func (c *healthcheckCommand) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	client, err := untilDone(ctx, fmt.Errorf("--ca: %s was not read within %s", cmp.Or(c.CA, c.TLSCAOut), healthTimeout), c.newClient)
	if err != nil {
		return asUsageError(err)
	}
	base, address := "http://localhost", "unix:"+c.Unix
	if c.Unix == "" {
		if base, err = c.url(ctx); err != nil {
			return err
		}
		address = base
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/__mock/health", http.NoBody)
	if err != nil {
		return asUsageError(fmt.Errorf("--addr: %w", err))
	}
	answer, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("%s does not answer: %w", address, connectionError(err))
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16)) // only the status and the headers matter
	ours := answer.Header.Get("X-Mock-Docspace") != ""
	switch {
	case answer.StatusCode == http.StatusOK && ours, answer.StatusCode == http.StatusNotFound && ours:
		return nil
	case ours:
		return fmt.Errorf("%s is not healthy: %s", address, answer.Status)
	default:
		return fmt.Errorf("%s is something other than mock-docspace: it answers %s", address, answer.Status)
	}
}

func (c *healthcheckCommand) newClient() (*http.Client, error) {
	transport := &http.Transport{DisableKeepAlives: true} // and no proxy, since the server is near
	if c.Unix != "" {
		transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", c.Unix)
		}
	}
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: c.Insecure} //nolint:gosec // as the flag says
	name, flag := c.CA, "--ca"
	if name == "" && !c.Insecure {
		name, flag = c.TLSCAOut, "--tls-ca-out"
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
