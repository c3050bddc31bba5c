package main

import (
	"crypto/tls"
	"crypto/x509"
	"testing"
	"time"
)

// OpenSSL and Node do not accept *.localhost for the name of a portal.
func TestCertificatesContainTheNameOfThePortal(t *testing.T) {
	a, err := newAuthority(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[string]string{"mine.localhost": "mine.localhost", "Mine.LOCALHOST": "mine.localhost", "localhost": "localhost", "": "localhost", "a.b.localhost": "localhost", ".localhost": "localhost", "example.com": "localhost"} {
		pair, err := a.certificateFor(&tls.ClientHelloInfo{ServerName: asked})
		if err != nil {
			t.Fatal(err)
		}
		leaf, err := x509.ParseCertificate(pair.Certificate[0])
		if err != nil || leaf.DNSNames[0] != want {
			t.Errorf("%s: %v, %v, want %s", asked, leaf.DNSNames, err, want)
		}
	}
}

// A client that trusts the authority trusts it for this machine only, even if somebody steals the key.
func TestAuthorityIsValidForThisMachineOnly(t *testing.T) {
	a, err := newAuthority(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	pair, err := a.sign(time.Now(), "example.com")
	if err != nil {
		t.Fatal(err)
	}
	leaf, _ := x509.ParseCertificate(pair.Certificate[0])
	pool := x509.NewCertPool()
	pool.AddCert(a.root)
	if _, err := leaf.Verify(x509.VerifyOptions{DNSName: "example.com", Roots: pool}); err == nil {
		t.Error("it is valid for example.com")
	}
}
