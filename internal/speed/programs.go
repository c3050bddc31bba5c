package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/mock-docspace/mock-docspace/internal/speed/rivals"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

// fake is the name of the first contender.
const fake = "ours"

// contender is one of what is compared: the fake, net/http, Echo, and Echo that watches, in this order. The last one is no program.
type contender struct {
	name      string
	source    string // the package of the program
	arguments func(address string) []string
	handler   http.Handler
	program   string   // the file that was built
	environ   []string // of the program, besides that of this one
}

// portal is the portal of the fake: a fresh one, with the link that is measured.
func portal() mockserver.Portal {
	p := mockserver.DefaultPortal()
	p.Links = append(p.Links, mockserver.Link{Key: rivals.LinkKey, Entry: p.Links[0].Entry, Password: rivals.LinkPassword})
	return p
}

// prepare makes the three programs in a directory, as they would be released, and the three handlers.
func prepare(ctx context.Context, directory string) ([]contender, error) {
	ours, err := mockserver.New(mockserver.WithPortal(portal()), mockserver.WithProfile(mockserver.ProfileV372))
	if err != nil {
		return nil, err
	}
	answers := rivals.Answers{Settings: answerTo(ours, getSettings), External: answerTo(ours, putExternal), Password: answerTo(ours, postPassword)}
	text, err := json.Marshal(answers)
	if err != nil {
		return nil, err
	}
	answerFile := filepath.Join(directory, "answers.json")
	if err := os.WriteFile(answerFile, text, 0o600); err != nil {
		return nil, err
	}
	echo, err := rivals.Stateful(answers)
	if err != nil {
		return nil, err
	}
	watching, err := watched(answers, mockserver.OpenAPI())
	if err != nil {
		return nil, err
	}
	rival := func(address string) []string { return []string{address, answerFile} }
	compared := []contender{
		{name: fake, source: "./cmd/mock-docspace", handler: ours, arguments: func(address string) []string {
			return []string{"--addr", address, "--quiet", "--profile", mockserver.ProfileV372}
		}},
		{name: "net/http", source: "./internal/speed/bare", handler: rivals.Bare(answers), arguments: rival},
		{name: "Echo", source: "./internal/speed/stateful", handler: echo, arguments: rival},
		{name: "Echo watched", handler: watching},
	}
	for i := range programs(compared) {
		compared[i].program = filepath.Join(directory, filepath.Base(compared[i].source))
		if err := compared[i].build(ctx); err != nil {
			return nil, err
		}
	}
	return compared, nil
}

// build makes the program as it would be released, but for further flags of go build.
func (c contender) build(ctx context.Context, flags ...string) error {
	arguments := append([]string{"build", "-trimpath", "-ldflags=-s -w", "-o", c.program}, flags...)
	command := exec.CommandContext(ctx, "go", append(arguments, c.source)...) //nolint:gosec // a package of this module
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", c.source, err, text)
	}
	return nil
}

// programs are the contenders that are programs.
func programs(compared []contender) []contender { return compared[:len(compared)-1] }

// request is one of the calls that are measured.
type request struct{ method, path, body string }

var (
	getSettings  = request{"GET", rivals.SettingsPath, ""}
	putExternal  = request{"PUT", rivals.ExternalPath, `{"displayValue":true,"set":true}`}
	postPassword = request{"POST", rivals.PasswordPath, `{"password":"` + rivals.LinkPassword + `"}`}

	// addLink makes the link of postPassword in the fake.
	addLink = request{"POST", "/__mock/links", `{"key":"` + rivals.LinkKey + `","entry":"room/10","password":"` + rivals.LinkPassword + `"}`}
)

// text is the request as it goes over a connection.
func (r request) text() string {
	return fmt.Sprintf("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: speed\r\nAccept: */*\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		r.method, r.path, rivals.Key, len(r.body), r.body)
}

func answerTo(handler http.Handler, r request) rivals.Answer {
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r.new())
	return rivals.Answer{Header: w.Header(), Body: w.Body.Bytes()}
}

func (r request) new() *http.Request {
	made := httptest.NewRequestWithContext(context.Background(), r.method, "http://127.0.0.1"+r.path, strings.NewReader(r.body))
	made.Header = http.Header{"User-Agent": {"speed"}, "Accept": {"*/*"}, "Authorization": {"Bearer " + rivals.Key}, "Content-Type": {"application/json"}}
	return made
}

// process is a program that runs.
type process struct {
	*exec.Cmd
	address string
}

// launch starts a program on a free port, and does not wait for it.
func (c contender) launch(ctx context.Context) (*process, error) {
	free, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, c.program, c.arguments(address)...) //nolint:gosec // a program that has just been built
	command.Env = append(os.Environ(), c.environ...)
	command.Stderr = os.Stderr // which says what goes wrong
	return &process{command, address}, command.Start()
}

// running starts a program, waits until it answers, and makes the link of the fake. The caller stops it.
func (c contender) running(ctx context.Context) (*process, error) {
	p, err := c.launch(ctx)
	if err != nil {
		return nil, err
	}
	if err = p.first(ctx, getSettings); err == nil && c.name == fake {
		_, err = p.press(ctx, 1, 1, addLink)
	}
	if err != nil {
		return nil, errors.Join(err, p.stop())
	}
	return p, nil
}

// first waits for the first answer 200 to a request.
func (p *process) first(ctx context.Context, r request) error {
	again := time.NewTicker(100 * time.Microsecond)
	defer again.Stop()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); <-again.C {
		connection, err := dial(ctx, p.address)
		if err != nil {
			continue
		}
		err = connection.ask(r.text())
		return errors.Join(err, connection.Close())
	}
	return fmt.Errorf("%s did not answer within 10 s", p.Path)
}

// stop ends a program.
func (p *process) stop() error {
	if err := p.Process.Kill(); err != nil {
		return err
	}
	_ = p.Wait() // it was killed
	return nil
}

// resident is the memory of a program that is resident, in MiB, or -1 where the system does not tell.
func (p *process) resident() float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		return -1
	}
	var kib float64
	for line := range strings.Lines(string(status)) {
		if _, err := fmt.Sscanf(line, "VmRSS: %f kB", &kib); err == nil {
			return kib / 1024
		}
	}
	return -1
}
