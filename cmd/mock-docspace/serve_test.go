package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// output is what was written so far.
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

// program is one that listens.
type program struct {
	t      *testing.T
	line   string // the one on stdout
	url    string
	stderr *output
	rest   chan string // all else on stdout
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
		p.code <- run(ctx, args, os.Environ(), writer, p.stderr)
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

// stop ends the program as SIGTERM does, and gives its exit code.
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

func TestServe(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0")
	if !regexp.MustCompile(`^mock-docspace ` + regexp.QuoteMeta(mockserver.Version) + ` listening on http://127\.0\.0\.1:[1-9][0-9]*\n$`).MatchString(p.line) {
		t.Errorf("stdout %q", p.line)
	}
	answer := p.get("/api/2.0/files/settings", "Authorization", "YOUR_API_KEY")
	if answer.StatusCode != 200 || answer.Header.Get("X-Mock-Docspace") != mockserver.Version {
		t.Errorf("got %d %v", answer.StatusCode, answer.Header)
	}
	// A line is written when its request is over, which may be after the answer has arrived.
	if code := p.stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
	for _, want := range []string{"documented", "/api/2.0/files/share/{key}/password", "owner@example.com", "YOUR_API_KEY", "KEY_FROM_URL", "Marketing", "path=/api/2.0/files/settings"} {
		if !strings.Contains(p.stderr.String(), want) {
			t.Errorf("stderr does not tell %s:\n%s", want, p.stderr)
		}
	}
}

// net/http would answer this one itself, without the headers of a fake.
func TestOptionsOfEverything(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0")
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != 404 || answer.Header.Get("X-Mock-Docspace") == "" {
		t.Errorf("got %d %v", answer.StatusCode, answer.Header)
	}
}

func TestPortTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	var stdout, stderr output
	code := run(context.Background(), []string{"--addr", taken.Addr().String()}, nil, &stdout, &stderr)
	if code != exitFailure || stdout.String() != "" || strings.Count(stderr.String(), "\n") != 1 || !strings.Contains(stderr.String(), taken.Addr().String()) {
		t.Errorf("exit %d, stdout %q, stderr %q", code, stdout.String(), stderr.String())
	}
}

// A request that has begun is answered, although nothing new is let in.
func TestDrain(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet")
	address := strings.TrimPrefix(p.url, "http://")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /api/2.0/files/share/KEY_FROM_URL/password HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
	reader := bufio.NewReader(conn)
	// The server says so when it begins to read the body.
	if line, err := reader.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q, %v", line, err)
	}
	if _, err := reader.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	p.cancel()
	for {
		other, err := net.Dial("tcp", address)
		if err != nil {
			break // it does not listen any more
		}
		other.Close()
	}
	select {
	case code := <-p.code:
		t.Fatalf("ended with %d before the request did", code)
	default:
	}
	fmt.Fprint(conn, "{}")
	answer, err := http.ReadResponse(reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode != 200 || !strings.Contains(string(text), `"status":0`) {
		t.Errorf("got %d %s, %v", answer.StatusCode, text, err)
	}
	if code := p.stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
}

func TestQuiet(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet")
	p.get("/api/2.0/files/settings", "Authorization", "YOUR_API_KEY")
	p.get("/nope")
	p.stop()
	if got := p.stderr.String(); got != "" {
		t.Errorf("stderr %q", got)
	}
}

// Beyond loopback the keys are everybody's: that is told to quiet people too.
func TestQuietDoesNotSilenceWarnings(t *testing.T) {
	p := start(t, nil, "--addr", "0.0.0.0:0", "--quiet")
	p.stop()
	if got := p.stderr.String(); strings.Count(got, "\n") != 2 || !strings.Contains(got, "listening beyond loopback") || !strings.Contains(got, "token=") {
		t.Errorf("stderr %q, want the two warnings", got)
	}
}

// What may be a slip in the portal file does not keep the program from serving, and is told.
func TestSlipsAreTold(t *testing.T) {
	name := file(t, "links: [{key: secret-key, entry: \"99\"}]\napiKeys:\n  - {key: sk-1, user: owner@example.com, permissions: [files:read, filesread]}\n")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--portal", name)
	p.stop()
	got := p.stderr.String()
	if strings.Count(got, "\n") != 2 || !strings.Contains(got, "apiKeys[0].permissions[1]") || !strings.Contains(got, "links[0]") || strings.Contains(got, "secret-key") {
		t.Errorf("stderr %q, want one warning each", got)
	}
}

func TestJSONLog(t *testing.T) {
	name := file(t, "entries: []\nlinks: [{key: dangling, entry: \"99\"}]\nusers: [{email: owner@example.com, role: owner, disabled: true}]\n")
	for _, args := range [][]string{nil, {"--portal", name}, {"--quiet"}, {"--addr", "0.0.0.0:0"}} {
		p := start(t, []string{"MOCK_DOCSPACE_PORT=tcp://10.0.0.1:80"}, append([]string{"--addr", "127.0.0.1:0", "--log-format", "json"}, args...)...)
		p.url = strings.Replace(p.url, "[::]", "127.0.0.1", 1)
		p.get("/nope")
		p.get("/api/2.0/files/settings", "Authorization", "Basic !")
		p.stop()
		for _, line := range strings.Split(strings.TrimSpace(p.stderr.String()), "\n") {
			var value struct{ Time, Level, Msg string }
			if err := json.Unmarshal([]byte(line), &value); err != nil || value.Time == "" || value.Level == "" || value.Msg == "" {
				t.Errorf("%v: not a JSON line: %q", args, line)
			}
		}
	}
}

func TestAnotherKeyOfTheOwner(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--api-key", "sk-mine", "--api-key", "a,token", "--api-key", "YOUR_API_KEY")
	for _, key := range []string{"sk-mine", "a,token", "YOUR_API_KEY"} {
		if answer, body := p.do("PUT", "/api/2.0/files/settings/external", `{"set":true}`, "Authorization", "Bearer "+key); answer.StatusCode != 200 {
			t.Errorf("%s: %d %s", key, answer.StatusCode, body)
		}
	}
	p.stop()
	q := start(t, []string{"MOCK_DOCSPACE_API_KEY=from-env"}, "--addr", "127.0.0.1:0")
	if answer := q.get("/api/2.0/files/settings", "Authorization", "Bearer from-env"); answer.StatusCode != 200 {
		t.Errorf("from the environment: %d", answer.StatusCode)
	}
}

func TestBodyTooLarge(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0")
	answer, body := p.do("PUT", "/api/2.0/files/settings/external", strings.Repeat(" ", 1<<20+1), "Authorization", "YOUR_API_KEY")
	if answer.StatusCode != 413 || !strings.Contains(body, `"statusCode":413`) {
		t.Errorf("got %d %s", answer.StatusCode, body)
	}
}

func TestHeaderTooLarge(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0")
	if answer := p.get("/", "X-Big", strings.Repeat("x", 64<<10)); answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("got %d", answer.StatusCode)
	}
}

// The keys that are announced are announced on purpose; those that requests bring are not repeated.
func TestRequestsAreLoggedWithoutSecrets(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		p := start(t, nil, "--addr", "127.0.0.1:0", "--log-format", format)
		announced := len(p.stderr.String())
		const password = "/api/2.0/files/share/KEY_FROM_URL/password"
		p.do("POST", password+"?share=PLANTED-SHARE", `{"password":"PLANTED-PASSWORD"}`, "Cookie", "asc_auth_key=PLANTED-COOKIE", "Request-Token", "PLANTED-TOKEN")
		p.do("POST", password, `{"password":"PLANTED-PASSWORD"}`, "Authorization", "Bearer YOUR_API_KEY")
		p.do("POST", password, `{"password":`, "Authorization", "Bearer sk-PLANTED")
		p.get("/api/2.0/files/settings?asc_auth_key=PLANTED", "Authorization", "Basic UExBTlRFRA==")
		p.stop()
		log := p.stderr.String()[announced:]
		if strings.Count(log, "\n") != 4 {
			t.Errorf("not a line for each of the 4 requests:\n%s", log)
		}
		for _, secret := range []string{"PLANTED", "KEY_FROM_URL", "YOUR_API_KEY", "UExBTlRFRA"} {
			if strings.Contains(log, secret) {
				t.Errorf("%s in the log:\n%s", secret, log)
			}
		}
	}
}
