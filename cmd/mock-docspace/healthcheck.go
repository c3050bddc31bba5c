package main

import (
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
	CA       string `name:"ca" placeholder:"FILE" help:"Certificates to trust (PEM), such as what --tls-ca-out wrote."`
	TLSCAOut string `name:"tls-ca-out" placeholder:"FILE" help:"The same, by the name that it has for the server."`
	Insecure bool   `help:"Trust any certificate."`
}

// Help tells what kong shows beneath the first line.
func (c *healthcheckCommand) Help() string {
	return `For images without curl. It asks for /__mock/health; where the control API is switched off or elsewhere, any answer of a mock-docspace will do. --unix wins over --addr. It waits 3 s.`
}

// Validate is called by kong. Whatever it refuses is a wrong flag.
func (c *healthcheckCommand) Validate() error { return c.check() }

// Run asks, and is an error when there is no mock-docspace that answers.
func (c *healthcheckCommand) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	client, err := c.client()
	if err != nil {
		return wrongUse(err)
	}
	where, at := c.url(), c.url()
	if c.Unix != "" {
		where, at = "http://localhost", "unix:"+c.Unix
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, where+"/__mock/health", http.NoBody)
	if err != nil {
		return wrongUse(fmt.Errorf("--addr: %w", err))
	}
	answer, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("%s does not answer: %w", at, explainConnection(err))
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16)) // only that it comes matters
	ours := answer.Header.Get("X-Mock-Docspace") != ""
	switch {
	case answer.StatusCode == http.StatusOK && ours, answer.StatusCode == http.StatusNotFound && ours:
		return nil
	case ours:
		return fmt.Errorf("%s is not healthy: %s", at, answer.Status)
	default:
		return fmt.Errorf("%s is something other than mock-docspace: it answers %s", at, answer.Status)
	}
}

func (c *healthcheckCommand) client() (*http.Client, error) {
	transport := &http.Transport{DisableKeepAlives: true} // and no proxy: the server is near
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
			return nil, fmt.Errorf("%s: %s has no certificate (PEM)", flag, name)
		}
	}
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, nil
}

// explainConnection is why there is no answer, without the address, which the reader has seen.
func explainConnection(err error) error {
	var unknown x509.UnknownAuthorityError
	var address *url.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("there was none within %s", healthTimeout)
	case errors.As(err, &unknown):
		return errors.New("its certificate is signed by an unknown authority: give --ca FILE or --insecure")
	case errors.As(err, &address):
		return address.Err
	default:
		return err
	}
}
