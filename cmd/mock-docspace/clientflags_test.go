package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestClientURL(t *testing.T) {
	for _, test := range []struct {
		flags clientFlags
		addr  string // none when empty
		want  string
	}{
		{clientFlags{}, "", "http://127.0.0.1:8092"},
		{clientFlags{}, "localhost:1", "http://localhost:1"},
		{clientFlags{}, "0.0.0.0:80", "http://127.0.0.1:80"},
		{clientFlags{}, ":80", "http://127.0.0.1:80"},
		{clientFlags{}, "[::]:80", "http://[::1]:80"},
		{clientFlags{}, "https://fake.example.com/portals/mine/", "https://fake.example.com/portals/mine"},
		{clientFlags{TLSSelfSigned: true}, "", "https://127.0.0.1:8092"},
		{clientFlags{TLSCert: "x.pem"}, "127.0.0.1:9", "https://127.0.0.1:9"},
	} {
		if test.addr != "" {
			test.flags.Addr = &test.addr
		}
		err := test.flags.check()
		if got, urlErr := test.flags.url(t.Context()); err != nil || urlErr != nil || got != test.want {
			t.Errorf("%q: %s, %v, %v, want %s", test.addr, got, err, urlErr, test.want)
		}
	}
}

// A server that has chosen its port is found by the flags with which it was started.
func TestClientsReadThePortFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "port")
	flags := []string{"--addr", "127.0.0.1:0", "--port-file", name}
	if code, _, stderr := runToEnd(t, nil, append([]string{"env"}, flags...)...); code != exitUsage || !strings.Contains(stderr, "--port-file: "+name+" cannot be read, as before the server listens: no such file") {
		t.Errorf("exit %d, %s", code, stderr)
	}
	if code, _, stderr := runToEnd(t, nil, append([]string{"healthcheck"}, flags...)...); code != exitFailure || !strings.Contains(stderr, "--port-file: ") {
		t.Errorf("exit %d, %s", code, stderr)
	}
	p := start(t, nil, append(flags, "--quiet")...)
	if code, stdout, stderr := runToEnd(t, nil, append([]string{"env"}, flags...)...); code != exitOK || !strings.HasPrefix(stdout, "export DOCSPACE_URL="+p.url+"\n") {
		t.Errorf("exit %d, %s%s", code, stdout, stderr)
	}
	if code, _, stderr := runToEnd(t, nil, append([]string{"healthcheck"}, flags...)...); code != exitOK {
		t.Errorf("exit %d, %s", code, stderr)
	}
	for _, text := range []string{"", "0", "70000", "x"} {
		rewrite(t, name, text)
		if code, stdout, stderr := runToEnd(t, nil, append([]string{"env"}, flags...)...); code != exitUsage || stdout != "" || !strings.Contains(stderr, "has no port") {
			t.Errorf("%q: exit %d, %s%s", text, code, stdout, stderr)
		}
	}
}

func TestAddressesThatNoClientCanUse(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1:0":  "port 0",
		"x":            "HOST:PORT",
		"ftp://x":      "neither HOST:PORT nor a URL",
		"http://":      "neither HOST:PORT nor a URL",
		"http://u:p@x": "neither HOST:PORT nor a URL",
		"http://x?y":   "neither HOST:PORT nor a URL",
		"http://x#y":   "neither HOST:PORT nor a URL",
	} {
		flags := clientFlags{Addr: &address}
		if err := flags.check(); err == nil || !strings.HasPrefix(err.Error(), "--addr: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
}
