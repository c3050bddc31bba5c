package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// overSocket is a client that reaches every host through a socket file.
func overSocket(path string) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", path)
		},
	}}
}

func getOver(t *testing.T, client *http.Client, url string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
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
	// Who comes that way is on this machine, so that a proxy in front is believed.
	answer, body := getOver(t, overSocket(path), "http://portal.example.com"+settings, "Authorization", "YOUR_API_KEY", "X-Forwarded-Proto", "https")
	if answer.StatusCode != 200 || !strings.Contains(body, `"href":"https://portal.example.com/api/2.0/files/settings"`) {
		t.Errorf("got %d %s", answer.StatusCode, body)
	}
	if code := p.stop(); code != exitOK || names(t, filepath.Dir(path)) != "" {
		t.Errorf("exit %d, left %s", code, names(t, filepath.Dir(path)))
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
	for client, url := range map[*http.Client]string{overSocket(path): "http://x", {Transport: &http.Transport{DisableKeepAlives: true}}: url} {
		if answer, _ := getOver(t, client, url+settings, "Authorization", "YOUR_API_KEY"); answer.StatusCode != 200 {
			t.Errorf("%s: %d", url, answer.StatusCode)
		}
	}
}

func TestWhatIsAtTheSocketFile(t *testing.T) {
	dir := t.TempDir()
	stale := filepath.Join(dir, "stale")
	left, err := net.ListenUnix("unix", &net.UnixAddr{Name: stale})
	if err != nil {
		t.Fatal(err)
	}
	left.SetUnlinkOnClose(false)
	left.Close()
	p := start(t, nil, "--unix", stale, "--quiet")
	if answer, _ := getOver(t, overSocket(stale), "http://x/"); answer.StatusCode != 404 {
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
		other:                        {exitUsage, "--unix: " + other + " is there, and is no socket file"},
		dir:                          {exitUsage, "is no socket file"},
		filepath.Join(dir, "a", "b"): {exitUsage, "is in no directory that there is"},
	} {
		code, stdout, stderr := ended(t, nil, "--unix", path)
		if code != want.code || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, want.text) {
			t.Errorf("%s: exit %d, stdout %q, stderr %q, want %v", path, code, stdout, stderr, want)
		}
	}
	if read(t, other) != "precious" {
		t.Error("a file was overwritten")
	}
	if answer, _ := getOver(t, overSocket(stale), "http://x/"); answer.StatusCode != 404 {
		t.Error("the first program lost its socket file")
	}
	p.stop()
}

func TestPortFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "port")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--port-file", name)
	if got := read(t, name); !strings.HasSuffix(p.url, ":"+got) {
		t.Errorf("%q for %s", got, p.url)
	}
	p.stop()
	if got := names(t, dir); got != "" {
		t.Errorf("left: %s", got)
	}
	// Another program has written its own meanwhile.
	p = start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--port-file", name)
	rewrite(t, name, "1")
	p.stop()
	if got := read(t, name); got != "1" {
		t.Errorf("got %q", got)
	}
	code, stdout, stderr := ended(t, nil, "--addr", "127.0.0.1:0", "--port-file", filepath.Join(dir, "a", "b"))
	if code != exitUsage || stdout != "" || !strings.Contains(stderr, "--port-file: ") || strings.Count(stderr, "\n") == 0 {
		t.Errorf("exit %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}

func TestHTTP2(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet")
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	transport := &http.Transport{Protocols: protocols}
	defer transport.CloseIdleConnections()
	if answer, _ := getOver(t, &http.Client{Transport: transport}, p.url+settings, "Authorization", "YOUR_API_KEY"); answer.ProtoMajor != 2 || answer.StatusCode != 200 {
		t.Errorf("got %d over %s", answer.StatusCode, answer.Proto)
	}
	if answer := p.get(settings, "Authorization", "YOUR_API_KEY"); answer.ProtoMajor != 1 || answer.StatusCode != 200 {
		t.Errorf("got %d over %s", answer.StatusCode, answer.Proto)
	}
}
