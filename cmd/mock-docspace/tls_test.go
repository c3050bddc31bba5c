package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// trusting is a client that trusts one authority, and finds every name on loopback.
func trusting(t *testing.T, authority string) *http.Client {
	t.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM([]byte(authority)) {
		t.Fatalf("no certificate: %q", authority)
	}
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: pool},
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			_, port, _ := net.SplitHostPort(address)
			return (&net.Dialer{}).DialContext(ctx, "tcp", "127.0.0.1:"+port)
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func TestSelfSigned(t *testing.T) {
	name := filepath.Join(t.TempDir(), "ca.pem")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--tls-self-signed", "--tls-ca-out", name)
	if !strings.HasPrefix(p.url, "https://127.0.0.1:") {
		t.Fatalf("stdout %q", p.line)
	}
	authority := read(t, name)
	if !strings.Contains(p.stderr.String(), authority) {
		t.Errorf("the authority is not told: %s", p.stderr)
	}
	client := trusting(t, authority)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(p.url, "https://"))
	for _, host := range []string{"localhost", "127.0.0.1", "[::1]", "mine.localhost", "MINE-2.localhost"} {
		answer, body := getOver(t, client, "https://"+host+":"+port+settings, "Authorization", "YOUR_API_KEY")
		if answer.ProtoMajor != 2 || answer.StatusCode != 200 && !strings.HasSuffix(host, ".localhost") || !strings.Contains(body, "https://"+host) && answer.StatusCode == 200 {
			t.Errorf("%s: %s %d %s", host, answer.Proto, answer.StatusCode, body)
		}
		leaf := answer.TLS.PeerCertificates[0]
		if now := time.Now(); now.Before(leaf.NotBefore) || now.AddDate(0, 11, 0).After(leaf.NotAfter) || now.AddDate(1, 0, 1).Before(leaf.NotAfter) {
			t.Errorf("valid from %s to %s", leaf.NotBefore, leaf.NotAfter)
		}
	}
	for _, host := range []string{"example.com", "localhost.example.com", "127.0.0.2", "a.b.localhost"} {
		r, _ := http.NewRequestWithContext(t.Context(), "GET", "https://"+host+":"+port+settings, http.NoBody)
		if answer, err := client.Do(r); err == nil {
			answer.Body.Close()
			t.Errorf("trusted as %s", host)
		}
	}
}

// OpenSSL and Node do not take *.localhost for the name of a portal.
func TestPortalNamesAreWrittenOut(t *testing.T) {
	a, err := newAuthority(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[string]string{"mine.localhost": "mine.localhost", "Mine.LOCALHOST": "mine.localhost", "localhost": "localhost", "": "localhost", "a.b.localhost": "localhost", ".localhost": "localhost", "example.com": "localhost"} {
		pair, err := a.certificate(&tls.ClientHelloInfo{ServerName: asked})
		if err != nil {
			t.Fatal(err)
		}
		leaf, err := x509.ParseCertificate(pair.Certificate[0])
		if err != nil || leaf.DNSNames[0] != want {
			t.Errorf("%s: %v, %v, want %s", asked, leaf.DNSNames, err, want)
		}
	}
}

// Whoever trusts the authority trusts it for this machine only, even if its key got lost.
func TestAuthorityVouchesForThisMachineOnly(t *testing.T) {
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
		t.Error("it vouches for example.com")
	}
}

func TestSelfSignedInJSON(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--tls-self-signed", "--log-format", "json")
	p.stop()
	found := false
	for _, line := range strings.Split(strings.TrimSpace(p.stderr.String()), "\n") {
		var value struct{ Msg, Certificate string }
		if err := json.Unmarshal([]byte(line), &value); err != nil {
			t.Errorf("not a JSON line: %q", line)
		}
		found = found || value.Msg == "authority" && strings.HasPrefix(value.Certificate, "-----BEGIN CERTIFICATE-----\n")
	}
	if !found {
		t.Errorf("not told: %s", p.stderr)
	}
}

// pair writes a certificate and its key.
func pair(t *testing.T) (authority, cert, key string) {
	t.Helper()
	a, err := newAuthority(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(a.leafKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(a.pem()), file(t, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.leaf.Certificate[0]}))),
		file(t, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
}

func TestCertificateOfOnesOwn(t *testing.T) {
	authority, cert, key := pair(t)
	p := start(t, []string{"MOCK_DOCSPACE_TLS_KEY=" + key}, "--addr", "127.0.0.1:0", "--tls-cert", cert)
	if answer, _ := getOver(t, trusting(t, authority), p.url+settings, "Authorization", "YOUR_API_KEY"); answer.StatusCode != 200 || answer.ProtoMajor != 2 {
		t.Errorf("got %d over %s", answer.StatusCode, answer.Proto)
	}
	if strings.Contains(p.stderr.String(), "BEGIN CERTIFICATE") {
		t.Error("an authority is told that there is not")
	}
}

func TestWrongCertificates(t *testing.T) {
	_, cert, key := pair(t)
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, _ := x509.MarshalPKCS8PrivateKey(other)
	otherKey := file(t, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
	none := filepath.Join(t.TempDir(), "none")
	text := file(t, "text")
	for _, test := range []struct{ cert, key, want string }{
		{none, key, "--tls-cert: " + none + " cannot be read: no such file"},
		{cert, none, "--tls-key: " + none + " cannot be read: no such file"},
		{text, key, "--tls-cert: " + text + " is not PEM"},
		{cert, text, "--tls-key: " + text + " is not PEM"},
		{cert, otherKey, "--tls-cert: " + cert + " with the key " + otherKey + ": private key does not match public key"},
		{key, cert, "--tls-cert: " + key},
	} {
		code, stdout, stderr := ended(t, nil, "--addr", "127.0.0.1:0", "--tls-cert", test.cert, "--tls-key", test.key)
		if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, test.want) {
			t.Errorf("exit %d, stdout %q, stderr %q; want %q", code, stdout, stderr, test.want)
		}
	}
	missing := filepath.Join(t.TempDir(), "missing", "ca.pem")
	if code, _, stderr := ended(t, nil, "--addr", "127.0.0.1:0", "--tls-self-signed", "--tls-ca-out", missing); code != exitUsage || !strings.Contains(stderr, "--tls-ca-out: "+missing+" cannot be written") {
		t.Errorf("exit %d, %s", code, stderr)
	}
	if _, err := os.Stat(filepath.Dir(missing)); err == nil {
		t.Error("a directory was made")
	}
}
