package main

import (
	"context"
	"crypto/tls"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

// tlsFlags say whether the program uses https, and with which certificate.
type tlsFlags struct {
	TLSSelfSigned bool   `group:"address" name:"tls-self-signed" help:"Use https, with a certificate for localhost, *.localhost and loopback addresses. Each start makes a new certificate authority that signs it, and prints the certificate of the authority to stderr."`
	TLSCAOut      string `group:"address" name:"tls-ca-out" placeholder:"FILE" help:"Write the certificate of that authority to this file (PEM), so that clients can trust it."`
	TLSCert       string `group:"address" name:"tls-cert" placeholder:"FILE" help:"Use https, with the certificate in this file (PEM). Intermediate certificates follow it in the file."`
	TLSKey        string `group:"address" name:"tls-key" placeholder:"FILE" help:"Private key of --tls-cert (PEM)."`
}

func (f *tlsFlags) usesTLS() bool { return f.TLSSelfSigned || f.TLSCert != "" }

func (f *tlsFlags) check() error {
	switch {
	case f.TLSCert != "" && f.TLSKey == "":
		return errors.New("--tls-cert: its key is missing: give --tls-key too")
	case f.TLSKey != "" && f.TLSCert == "":
		return errors.New("--tls-key: its certificate is missing: give --tls-cert too")
	case f.TLSSelfSigned && f.TLSCert != "":
		return errors.New("--tls-self-signed: there is a certificate already: leave out this flag, or --tls-cert and --tls-key")
	case f.TLSCAOut != "" && !f.TLSSelfSigned:
		return errors.New("--tls-ca-out: only --tls-self-signed has an authority to write")
	default:
		return nil
	}
}

// loadCertificates reads or makes the certificates. config is nil without TLS. caCertificate is the certificate that clients
// have to trust (PEM); it is nil without --tls-self-signed.
func (f *tlsFlags) loadCertificates(ctx context.Context, now time.Time) (config *tls.Config, caCertificate []byte, err error) {
	switch {
	case f.TLSSelfSigned:
		a, err := newAuthority(now)
		if err != nil {
			return nil, nil, err
		}
		return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: a.certificateFor}, a.pem(), nil
	case f.TLSCert != "":
		pair, err := untilDone(ctx, notRead("--tls-cert: ", f.TLSCert+" or its key "+f.TLSKey), func() (tls.Certificate, error) {
			return readPair(f.TLSCert, f.TLSKey)
		})
		if err != nil {
			return nil, nil, err
		}
		return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}}, nil, nil
	default:
		return nil, nil, nil
	}
}

// readPair reads a certificate and its key. The error names the flag whose file is wrong.
func readPair(certFile, keyFile string) (tls.Certificate, error) {
	cert, err := os.ReadFile(certFile) //nolint:gosec // the file that the flag names
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("--tls-cert: %s cannot be read: %w", certFile, withoutPath(err))
	}
	key, err := os.ReadFile(keyFile) //nolint:gosec // the file that the flag names
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("--tls-key: %s cannot be read: %w", keyFile, withoutPath(err))
	}
	if block, _ := pem.Decode(cert); block == nil {
		return tls.Certificate{}, fmt.Errorf("--tls-cert: %s is not PEM, which begins with -----BEGIN CERTIFICATE-----", certFile)
	}
	if block, _ := pem.Decode(key); block == nil {
		return tls.Certificate{}, fmt.Errorf("--tls-key: %s is not PEM, which begins with a line such as -----BEGIN PRIVATE KEY-----", keyFile)
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("--tls-cert: %s with the key %s: %s", certFile, keyFile, strings.TrimPrefix(err.Error(), "tls: "))
	}
	return pair, nil
}

// writeAuthority writes the certificate to the file of --tls-ca-out, if the flag is given.
func (f *tlsFlags) writeAuthority(caCertificate []byte) error {
	if f.TLSCAOut == "" {
		return nil
	}
	if err := replaceFile(f.TLSCAOut, caCertificate, 0o644); err != nil {
		return cannotWrite("--tls-ca-out", f.TLSCAOut, err)
	}
	return nil
}
