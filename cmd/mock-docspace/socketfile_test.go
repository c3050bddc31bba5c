package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// clientOverSocketFile makes a client that reaches every host through a socket file.
func clientOverSocketFile(path string) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", path)
		},
	}}
}

func TestSocketFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	p := start(t, nil, "--unix", path)
	if p.line != "mock-docspace "+mockserver.Version+" listening on unix:"+path+"\n" {
		t.Errorf("stdout %q", p.line)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != os.ModeSocket|0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	// The client is on this machine, so the fake believes its X-Forwarded headers.
	answer, body := getOver(t, clientOverSocketFile(path), "http://portal.example.com"+settings, "Authorization", "YOUR_API_KEY", "X-Forwarded-Proto", "https")
	if answer.StatusCode != 200 || !strings.Contains(body, `"href":"https://portal.example.com/api/2.0/files/settings"`) {
		t.Errorf("got %d %s", answer.StatusCode, body)
	}
	if code := p.stop(); code != exitOK || filesIn(t, filepath.Dir(path)) != "" {
		t.Errorf("exit %d, left %s", code, filesIn(t, filepath.Dir(path)))
	}
}

func TestSocketFileBesideAddress(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	p := start(t, []string{"MOCK_DOCSPACE_UNIX=" + path}, "--addr", "127.0.0.1:0", "--quiet")
	_, both, _ := strings.Cut(strings.TrimSpace(p.line), " listening on ")
	url, socket, _ := strings.Cut(both, " and ")
	if socket != "unix:"+path {
		t.Fatalf("stdout %q", p.line)
	}
	for client, url := range map[*http.Client]string{clientOverSocketFile(path): "http://x", {Transport: &http.Transport{DisableKeepAlives: true}}: url} {
		if answer, _ := getOver(t, client, url+settings, "Authorization", "YOUR_API_KEY"); answer.StatusCode != 200 {
			t.Errorf("%s: %d", url, answer.StatusCode)
		}
	}
}

// Nobody else can connect at any moment, whatever the umask is: where the socket is before its mode is set, nobody else can look.
func TestSocketFileIsNeverOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	var seen []string
	listener, err := listenPrivately(t.Context(), path, func(name string, mode fs.FileMode) error {
		directory, err := os.Stat(filepath.Dir(name))
		if err != nil {
			return err
		}
		_, missing := os.Lstat(path)
		seen = append(seen, fmt.Sprintf("%v %v %v", directory.Mode(), mode, errors.Is(missing, fs.ErrNotExist)))
		return os.Chmod(name, mode)
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(seen, []string{"drwx------ -rw------- true"}) || filesIn(t, filepath.Dir(path)) != "s" {
		t.Errorf("before its mode was set: %v; left %s", seen, filesIn(t, filepath.Dir(path)))
	}
	if info, err := os.Lstat(path); err != nil || info.Mode() != fs.ModeSocket|0o600 || listener.Addr().String() != path {
		t.Errorf("%v, %v, %s", info, err, listener.Addr())
	}
	// What another process has put there stays.
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	rewrite(t, path, "another")
	listener.Close()
	if read(t, path) != "another" {
		t.Error("the file of another process was removed")
	}
	if _, err := listenPrivately(t.Context(), path, os.Chmod); !errors.Is(err, fs.ErrExist) || filesIn(t, filepath.Dir(path)) != "s" {
		t.Errorf("got %v, left %s", err, filesIn(t, filepath.Dir(path)))
	}
}

func TestSocketFilePathsThatAreTooLong(t *testing.T) {
	for path, want := range map[string]string{
		"/" + strings.Repeat("a", 107):       "the path of a socket file can have",
		"/" + strings.Repeat("d", 95) + "/s": "the path of a socket file's directory can have",
	} {
		if err := checkSocketFile(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", path, err)
		}
	}
}

func TestSocketFileThatExists(t *testing.T) {
	dir := t.TempDir()
	stale := filepath.Join(dir, "stale")
	left, err := net.ListenUnix("unix", &net.UnixAddr{Name: stale})
	if err != nil {
		t.Fatal(err)
	}
	left.SetUnlinkOnClose(false)
	left.Close()
	p := start(t, nil, "--unix", stale, "--quiet")
	if answer, _ := getOver(t, clientOverSocketFile(stale), "http://x/"); answer.StatusCode != 404 {
		t.Errorf("got %d", answer.StatusCode)
	}
	other := filepath.Join(dir, "file")
	if err := os.WriteFile(other, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]struct {
		code int
		text string
	}{
		stale:                        {exitFailure, "another process listens there"},
		other:                        {exitUsage, "--unix: " + other + " exists and is not a socket file"},
		dir:                          {exitUsage, "is not a socket file"},
		filepath.Join(dir, "a", "b"): {exitUsage, "is in a directory that does not exist"},
	} {
		code, stdout, stderr := runToEnd(t, nil, "--unix", path)
		if code != want.code || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, want.text) {
			t.Errorf("%s: exit %d, stdout %q, stderr %q, want %v", path, code, stdout, stderr, want)
		}
	}
	if read(t, other) != "precious" {
		t.Error("a file was overwritten")
	}
	if answer, _ := getOver(t, clientOverSocketFile(stale), "http://x/"); answer.StatusCode != 404 {
		t.Error("the first program lost its socket file")
	}
	p.stop()
}
