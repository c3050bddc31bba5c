package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file that one flag writes is no file of another flag, whatever the two call it.
func TestFlagsThatNameOneFile(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	for _, name := range []string{"p.yaml", ".s.json.lock", "k.pem"} {
		rewrite(t, in(name), "precious")
	}
	if err := errors.Join(os.Symlink(dir, in("directory")), os.Symlink("p.yaml", in("link")), os.Link(in("p.yaml"), in("hard"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	before := filesIn(t, dir)
	for _, test := range []struct{ args, want string }{
		{"--portal p.yaml --port-file p.yaml", "--port-file: p.yaml is the file of --portal too"},
		{"--portal p.yaml --port-file " + in("p.yaml"), "is the file of --portal too"},
		{"--portal p.yaml --port-file directory/./p.yaml", "is the file of --portal too"},
		{"--portal link --port-file p.yaml", "is the file of --portal too"},
		{"--portal hard --port-file p.yaml", "is the file of --portal too"},
		{"--portal p.yaml --state ./p.yaml", "--state: ./p.yaml is the file of --portal too"},
		{"--portal .s.json.lock --state s.json", "--portal: .s.json.lock is the lock file of --state too"},
		{"--portal p.yaml --tls-self-signed --tls-ca-out p.yaml", "--tls-ca-out: p.yaml is the file of --portal too"},
		{"--portal new --unix new", "--unix: new is the file of --portal too"},
		{"--state s.json --port-file s.json", "--port-file: s.json is the file of --state too"},
		{"--state s.json --port-file directory/.s.json.lock", "--port-file: directory/.s.json.lock is the lock file of --state too"},
		{"--state new --unix directory/new", "--unix: directory/new is the file of --state too"},
		{"--state new --tls-self-signed --tls-ca-out new", "--tls-ca-out: new is the file of --state too"},
		{"--state k.pem --tls-cert c.pem --tls-key k.pem", "--state: k.pem is the file of --tls-key too"},
		{"--tls-cert c.pem --tls-key k.pem --port-file k.pem", "--port-file: k.pem is the file of --tls-key too"},
		{"--tls-cert k.pem --tls-key k.pem --port-file k.pem", "--port-file: k.pem is the file of --tls-cert too"},
		{"--tls-cert c.pem --tls-key new --unix new", "--unix: new is the file of --tls-key too"},
		{"--tls-self-signed --tls-ca-out new --port-file " + in("new"), "--port-file: " + in("new") + " is the file of --tls-ca-out too"},
		{"--tls-self-signed --tls-ca-out new --unix new", "--unix: new is the file of --tls-ca-out too"},
		{"--port-file new --unix new", "--unix: new is the file of --port-file too"},
	} {
		code, stdout, stderr := runToEnd(t, nil, append([]string{"--addr", "127.0.0.1:0"}, strings.Fields(test.args)...)...)
		if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, test.want) || !strings.HasSuffix(stderr, " too: use another file\n") {
			t.Errorf("%s: exit %d, stdout %q, stderr %q, want %q", test.args, code, stdout, stderr, test.want)
		}
	}
	if got := filesIn(t, dir); got != before || read(t, "p.yaml") != "precious" || read(t, "k.pem") != "precious" {
		t.Errorf("files were touched: %s", got)
	}
}

// Flags that only read may share a file, and files of one name in two directories are two.
func TestFlagsThatMayNameTheirFiles(t *testing.T) {
	for _, c := range []serveCommand{
		{tlsFlags: tlsFlags{TLSCert: "both.pem", TLSKey: "both.pem"}},
		{portalFlags: portalFlags{State: "files.go"}, addressFlags: addressFlags{PortFile: "../files.go"}},
		{addressFlags: addressFlags{PortFile: "a", Unix: "b"}, tlsFlags: tlsFlags{TLSCAOut: "c"}},
		{addressFlags: addressFlags{PortFile: "no/such/a", Unix: "nor/this/a"}},
		{addressFlags: addressFlags{PortFile: ".lock"}},
	} {
		if err := c.checkFlagFiles(); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
