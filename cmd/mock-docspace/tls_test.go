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

// clientTrusting makes a client that trusts one authority, and that finds every name on loopback.
func clientTrusting(t *testing.T, authority string) *http.Client {
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
		t.Errorf("the authority is not announced: %s", p.stderr)
	}
	client := clientTrusting(t, authority)
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
		t.Errorf("not announced: %s", p.stderr)
	}
}

// writePair writes a certificate and its key to files.
func writePair(t *testing.T) (authority, cert, key string) {
	t.Helper()
	a, err := newAuthority(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(a.leafKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(a.pem()), writeFile(t, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.leaf.Certificate[0]}))),
		writeFile(t, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
}

func TestCertificateOfAFile(t *testing.T) {
	authority, cert, key := writePair(t)
	p := start(t, []string{"MOCK_DOCSPACE_TLS_KEY=" + key}, "--addr", "127.0.0.1:0", "--tls-cert", cert)
	if answer, _ := getOver(t, clientTrusting(t, authority), p.url+settings, "Authorization", "YOUR_API_KEY"); answer.StatusCode != 200 || answer.ProtoMajor != 2 {
		t.Errorf("got %d over %s", answer.StatusCode, answer.Proto)
	}
	if strings.Contains(p.stderr.String(), "BEGIN CERTIFICATE") {
		t.Error("an authority is announced although there is none")
	}
}

func TestWrongCertificates(t *testing.T) {
	_, cert, key := writePair(t)
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, _ := x509.MarshalPKCS8PrivateKey(other)
	otherKey := writeFile(t, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
	none := filepath.Join(t.TempDir(), "none")
	text := writeFile(t, "text")
	for _, test := range []struct{ cert, key, want string }{
		{none, key, "--tls-cert: " + none + " cannot be read: no such file"},
		{cert, none, "--tls-key: " + none + " cannot be read: no such file"},
		{text, key, "--tls-cert: " + text + " is not PEM"},
		{cert, text, "--tls-key: " + text + " is not PEM"},
		{cert, otherKey, "--tls-cert: " + cert + " with the key " + otherKey + ": private key does not match public key"},
		{key, cert, "--tls-cert: " + key},
	} {
		code, stdout, stderr := runToEnd(t, nil, "--addr", "127.0.0.1:0", "--tls-cert", test.cert, "--tls-key", test.key)
		if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, test.want) {
			t.Errorf("exit %d, stdout %q, stderr %q; want %q", code, stdout, stderr, test.want)
		}
	}
	missing := filepath.Join(t.TempDir(), "missing", "ca.pem")
	if code, _, stderr := runToEnd(t, nil, "--addr", "127.0.0.1:0", "--tls-self-signed", "--tls-ca-out", missing); code != exitUsage || !strings.Contains(stderr, "--tls-ca-out: "+missing+" cannot be written") {
		t.Errorf("exit %d, %s", code, stderr)
	}
	if _, err := os.Stat(filepath.Dir(missing)); err == nil {
		t.Error("a directory was made")
	}
}
