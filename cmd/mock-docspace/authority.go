package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"strings"
	"time"
)

// authority signs the certificates of this process. Clients can trust it without a risk: its key is never written to a file,
// and it can sign only for names of this machine.
type authority struct {
	root *x509.Certificate
	key  *ecdsa.PrivateKey

	leafKey *ecdsa.PrivateKey
	leaf    *tls.Certificate // for clients that send no name, or one that is not the name of a portal
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
	template := certificateTemplate(now, "mock-docspace local authority "+now.UTC().Format(time.DateTime))
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

// certificateTemplate is a certificate that is valid for a year.
func certificateTemplate(now time.Time, name string) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)) // crypto/rand never fails
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{Organization: []string{"mock-docspace"}, CommonName: name},
		NotBefore:    now.Add(-time.Hour), // clocks of clients may be behind
		NotAfter:     now.AddDate(1, 0, 0),
	}
}

// sign makes a certificate for these names and the loopback addresses.
func (a *authority) sign(now time.Time, names ...string) (*tls.Certificate, error) {
	template := certificateTemplate(now, names[0])
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

// certificateFor makes a certificate that contains the name of a portal, such as staging.localhost: OpenSSL and Node do not
// accept *.localhost, because the star stands directly below a top-level domain.
func (a *authority) certificateFor(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	label, isPortal := strings.CutSuffix(strings.ToLower(hello.ServerName), ".localhost")
	if !isPortal || label == "" || strings.Contains(label, ".") {
		return a.leaf, nil
	}
	return a.sign(time.Now(), label+".localhost", "localhost", "*.localhost")
}

func (a *authority) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw})
}
