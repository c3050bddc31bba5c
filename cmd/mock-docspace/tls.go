package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"strings"
	"time"
)

// tlsFlags say whether the address speaks https, and with which certificate.
type tlsFlags struct {
	TLSSelfSigned bool   `group:"address" name:"tls-self-signed" help:"Speak https, with a certificate for localhost, *.localhost and loopback by an authority of its own, which is made at each start and told on stderr."`
	TLSCAOut      string `group:"address" name:"tls-ca-out" placeholder:"FILE" help:"Write that authority's certificate to this file (PEM), for clients to trust."`
	TLSCert       string `group:"address" name:"tls-cert" placeholder:"FILE" help:"Speak https, with this certificate, followed by those between it and its authority (PEM)."`
	TLSKey        string `group:"address" name:"tls-key" placeholder:"FILE" help:"The key of --tls-cert (PEM)."`
}

func (f *tlsFlags) enabled() bool { return f.TLSSelfSigned || f.TLSCert != "" }

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

// config is nil without TLS. authority is the certificate to trust (PEM), when there is one of our own.
func (f *tlsFlags) config(now time.Time) (config *tls.Config, authority []byte, err error) {
	switch {
	case f.TLSSelfSigned:
		own, err := newAuthority(now)
		if err != nil {
			return nil, nil, err
		}
		return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: own.certificate}, own.pem(), nil
	case f.TLSCert != "":
		pair, err := readPair(f.TLSCert, f.TLSKey)
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

// authority signs the certificates of this process. Its key is never written anywhere, and it can vouch for nothing but
// this machine, so that nobody loses anything by trusting it.
type authority struct {
	root *x509.Certificate
	key  *ecdsa.PrivateKey

	leafKey *ecdsa.PrivateKey
	leaf    *tls.Certificate // for who asks for no name, or for any but that of a portal
}

func newAuthority(now time.Time) (*authority, error) {
	a := &authority{}
	var err error
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, err
	}
	if a.leafKey, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, err
	}
	template := validFrom(now, "mock-docspace local authority "+now.UTC().Format(time.DateTime))
	template.IsCA, template.BasicConstraintsValid, template.MaxPathLenZero = true, true, true
	template.KeyUsage = x509.KeyUsageCertSign
	template.PermittedDNSDomainsCritical = true
	template.PermittedDNSDomains = []string{"localhost"}
	template.PermittedIPRanges = []*net.IPNet{
		{IP: net.IPv4(127, 0, 0, 0).To4(), Mask: net.CIDRMask(8, 32)},
		{IP: net.IPv6loopback, Mask: net.CIDRMask(128, 128)},
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, a.key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	if a.root, err = x509.ParseCertificate(signed); err != nil {
		return nil, err
	}
	a.leaf, err = a.sign(now, "localhost", "*.localhost")
	return a, err
}

func validFrom(now time.Time, name string) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)) // never an error
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{Organization: []string{"mock-docspace"}, CommonName: name},
		NotBefore:    now.Add(-time.Hour), // some clocks are behind
		NotAfter:     now.AddDate(1, 0, 0),
	}
}

// sign makes a certificate for loopback and these names.
func (a *authority) sign(now time.Time, names ...string) (*tls.Certificate, error) {
	template := validFrom(now, names[0])
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	template.DNSNames = names
	template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	signed, err := x509.CreateCertificate(rand.Reader, template, a.root, a.leafKey.Public(), a.key)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{signed, a.root.Raw}, PrivateKey: a.leafKey}, nil
}

// certificate answers with the name of a portal, such as staging.localhost, written out: OpenSSL and Node do not take
// *.localhost for it, since the star stands for all of a top-level domain.
func (a *authority) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	label, isPortal := strings.CutSuffix(strings.ToLower(hello.ServerName), ".localhost")
	if !isPortal || label == "" || strings.Contains(label, ".") {
		return a.leaf, nil
	}
	return a.sign(time.Now(), label+".localhost", "localhost", "*.localhost")
}

func (a *authority) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw})
}
