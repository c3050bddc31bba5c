package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// A server that listens on every address is announced as the flag says, and with an address that a browser opens.
func TestEveryAddress(t *testing.T) {
	for _, test := range []struct {
		flags        []string
		given, local string
	}{
		{[]string{"--addr", "0.0.0.0:0"}, "http://0.0.0.0:", "http://127.0.0.1:"},
		{[]string{"--addr", "0.0.0.0:0", "--tls-self-signed"}, "https://0.0.0.0:", "https://127.0.0.1:"},
		{[]string{"--addr", "127.0.0.1:0"}, "http://127.0.0.1:", ""},
		{[]string{"--addr", "localhost:0"}, "http://127.0.0.1:", ""},
		{[]string{"--unix", filepath.Join(t.TempDir(), "s"), "--addr", "0.0.0.0:0"}, "http://0.0.0.0:", "http://127.0.0.1:"},
	} {
		p := start(t, nil, test.flags...)
		p.stop()
		url, _, _ := strings.Cut(strings.TrimPrefix(p.line, "mock-docspace "+mockserver.Version+" listening on "), " ")
		port, ok := strings.CutPrefix(strings.TrimSpace(url), test.given)
		if _, err := strconv.Atoi(port); !ok || err != nil {
			t.Errorf("%v: stdout %q", test.flags, p.line)
		}
		want := "\naddress  " + test.local + port + " from this machine\n"
		if got := strings.Contains(p.stderr.String(), want); got != (test.local != "") || !got && strings.Contains(p.stderr.String(), "\naddress ") {
			t.Errorf("%v: stderr %s", test.flags, p.stderr)
		}
	}
}

func TestPorts(t *testing.T) {
	for _, port := range []string{"0", "65535", "08092"} {
		if err := checkAddress("--addr", "127.0.0.1:"+port); err != nil {
			t.Error(err)
		}
	}
	for _, port := range []string{"-1", "65536", "+80", "80.0", "1e3", "", "99999999999999999999", "-99999999999999999999"} {
		if err := checkAddress("--addr", "127.0.0.1:"+port); err == nil || !strings.HasSuffix(err.Error(), "is not a port: use a number from 0 to 65535") {
			t.Errorf("%s: got %v", port, err)
		}
	}
}

func TestPortFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "port")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--port-file", name)
	if got := read(t, name); !strings.HasSuffix(p.url, ":"+got) {
		t.Errorf("%q for %s", got, p.url)
	}
	p.stop()
	if got := filesIn(t, dir); got != "" {
		t.Errorf("left: %s", got)
	}
	// The file stays when another process has written its port meanwhile.
	p = start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--port-file", name)
	rewrite(t, name, "1")
	p.stop()
	if got := read(t, name); got != "1" {
		t.Errorf("got %q", got)
	}
	code, stdout, stderr := runToEnd(t, nil, "--addr", "127.0.0.1:0", "--port-file", filepath.Join(dir, "a", "b"))
	if code != exitUsage || stdout != "" || !strings.Contains(stderr, "--port-file: ") || strings.Count(stderr, "\n") == 0 {
		t.Errorf("exit %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}

// The port goes to no file that somebody else has chosen with a link, and a link that comes later is not followed to remove one.
func TestPortFileThatIsALink(t *testing.T) {
	dir := t.TempDir()
	name, target := filepath.Join(dir, "port"), filepath.Join(dir, "target")
	rewrite(t, target, "precious")
	if err := os.Symlink("target", name); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := runToEnd(t, nil, "--addr", "127.0.0.1:0", "--port-file", name)
	if code != exitUsage || stdout != "" || !strings.Contains(stderr, "--port-file: "+name+" cannot be written: a symbolic link") || read(t, target) != "precious" {
		t.Errorf("exit %d, stdout %q, stderr %q, %q", code, stdout, stderr, read(t, target))
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--port-file", name)
	rewrite(t, target, read(t, name))
	if err := errors.Join(os.Remove(name), os.Symlink("target", name)); err != nil {
		t.Fatal(err)
	}
	p.stop()
	if got := filesIn(t, dir); got != "port target" {
		t.Errorf("left: %s", got)
	}
}
