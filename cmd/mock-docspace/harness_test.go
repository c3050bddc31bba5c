package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// output collects what is written.
type output struct {
	mu   sync.Mutex
	text strings.Builder
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// program is a running program.
type program struct {
	t      *testing.T
	line   string // the line on stdout
	url    string
	stderr *output
	rest   chan string // everything else on stdout
	code   chan int
	cancel context.CancelFunc
	once   sync.Once
	ended  int
}

func start(t *testing.T, env []string, args ...string) *program {
	t.Helper()
	for _, variable := range env {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	ctx, cancel := context.WithCancel(context.Background())
	p := &program{t: t, stderr: &output{}, rest: make(chan string, 1), code: make(chan int, 1), cancel: cancel}
	reader, writer := io.Pipe()
	go func() {
		p.code <- run(ctx, parent{}, args, os.Environ(), writer, p.stderr)
		writer.Close()
	}()
	lines := bufio.NewReader(reader)
	line, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("nothing on stdout (%v), exit %d, stderr %s", err, <-p.code, p.stderr)
	}
	p.line, p.url = line, strings.TrimSpace(line[strings.LastIndex(line, " ")+1:])
	go func() {
		rest, _ := io.ReadAll(lines)
		p.rest <- string(rest)
	}()
	t.Cleanup(func() { p.stop() })
	return p
}

// stop ends the program as SIGTERM does, and returns its exit code.
func (p *program) stop() int {
	p.once.Do(func() {
		p.cancel()
		p.ended = <-p.code
		if rest := <-p.rest; rest != "" {
			p.t.Errorf("more than one line on stdout: %q", rest)
		}
	})
	return p.ended
}

func (p *program) do(method, path, body string, headers ...string) (*http.Response, string) {
	p.t.Helper()
	r, err := http.NewRequest(method, p.url+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Close = true
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer, string(text)
}

// try is a GET that may fail.
func (p *program) try(path string) (*http.Response, error) {
	r, err := http.NewRequest("GET", p.url+path, http.NoBody)
	if err != nil {
		return nil, err
	}
	r.Close = true
	return http.DefaultClient.Do(r)
}

func (p *program) get(path string, headers ...string) *http.Response {
	answer, _ := p.do("GET", path, "", headers...)
	return answer
}

// runToEnd runs the program, which ends at once even if it begins to serve.
func runToEnd(t *testing.T, env []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	for _, variable := range env {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var out, errs output
	code = run(ctx, parent{}, args, os.Environ(), whenServing{&out, cancel}, &errs)
	return code, out.String(), errs.String()
}

// whenServing calls a function as soon as the program writes that it serves.
type whenServing struct {
	io.Writer
	call func()
}

func (w whenServing) Write(text []byte) (int, error) {
	if bytes.Contains(text, []byte(" listening on ")) {
		defer w.call()
	}
	return w.Writer.Write(text)
}

const (
	settings = "/api/2.0/files/settings"
	password = "/api/2.0/files/share/KEY_FROM_URL/password"
)

func writeFile(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "portal.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// filesIn lists the names of the files in a directory.
func filesIn(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return strings.Join(list, " ")
}

func rewrite(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
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
