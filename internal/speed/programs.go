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
	program   string
	arguments func(address string) []string
	handler   http.Handler
}

// portal is the portal of the fake: a fresh one, with the link that is measured.
func portal() mockserver.Portal {
	p := mockserver.DefaultPortal()
	p.Links = append(p.Links, mockserver.Link{Key: rivals.LinkKey, Entry: p.Links[0].Entry, Password: rivals.LinkPassword})
	return p
}

// build makes the three programs in a directory, as they would be released, and the three handlers.
func build(directory string) ([]contender, error) {
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
		{fake, "./cmd/mock-docspace", func(address string) []string {
			return []string{"--addr", address, "--quiet", "--profile", mockserver.ProfileV372}
		}, ours},
		{"net/http", "./internal/speed/bare", rival, rivals.Bare(answers)},
		{"Echo", "./internal/speed/stateful", rival, echo},
		{"Echo, watched", "", nil, watching},
	}
	for i, c := range programs(compared) {
		program := filepath.Join(directory, filepath.Base(c.program))
		building := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, c.program) //nolint:gosec // a package of this module
		building.Env = append(os.Environ(), "CGO_ENABLED=0")
		if text, err := building.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", c.program, err, text)
		}
		compared[i].program = program
	}
	return compared, nil
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

func answerTo(handler http.Handler, r request) []byte {
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r.new())
	return w.Body.Bytes()
}

func (r request) new() *http.Request {
	made := httptest.NewRequest(r.method, "http://127.0.0.1"+r.path, strings.NewReader(r.body))
	made.Header = http.Header{"User-Agent": {"speed"}, "Accept": {"*/*"}, "Authorization": {"Bearer " + rivals.Key}, "Content-Type": {"application/json"}}
	return made
}

// process is a program that runs.
type process struct {
	*exec.Cmd
	address string
}

// launch starts a program on a free port, and does not wait for it.
func (c contender) launch() (*process, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // closed at once
	if err != nil {
		return nil, err
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		return nil, err
	}
	command := exec.CommandContext(context.Background(), c.program, c.arguments(address)...) //nolint:gosec // a program that has just been built
	command.Stderr = os.Stderr                                                               // what goes wrong
	return &process{command, address}, command.Start()
}

// running starts a program, waits until it answers, and makes the link of the fake.
func (c contender) running() (*process, error) {
	p, err := c.launch()
	if err != nil {
		return nil, err
	}
	if err := p.first(getSettings); err != nil || c.name != fake {
		return p, err
	}
	_, err = p.press(1, 1, addLink)
	return p, err
}

// first waits for the first answer 200 to a request.
func (p *process) first(r request) error {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Microsecond) {
		connection, err := dial(p.address)
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
