package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/onsi/gomega"
)

// asProgram is the variable that makes this test binary run as the program.
const asProgram = "RUN_AS_MOCK_DOCSPACE"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// command is the program as a process of its own.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	process := exec.CommandContext(t.Context(), os.Args[0], args...)
	process.Env = append(os.Environ(), asProgram+"=yes")
	process.Stderr = os.Stderr
	return process
}

// spawn runs the program as a process of its own, and returns the address that it prints.
func spawn(t *testing.T, args ...string) (process *exec.Cmd, url string) {
	t.Helper()
	process = command(t, args...)
	return process, startAndRead(t, process)
}

// startAndRead starts the program, and returns the address that it prints.
func startAndRead(t *testing.T, process *exec.Cmd) (url string) {
	t.Helper()
	stdout, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("%v after %q: %v", err, line, process.Wait())
	}
	return strings.TrimSpace(line[strings.LastIndex(line, " ")+1:])
}

func TestSIGTERMEndsTheProgram(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		process, _ := spawn(t, "--addr", "127.0.0.1:0", "--quiet")
		if err := process.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		if err := process.Wait(); err != nil {
			t.Errorf("%s: %v, want exit code 0", signal, err)
		}
	}
}

// The first signal waits for requests that have begun, and the second does not.
func TestSecondSignalEndsTheProgramAtOnce(t *testing.T) {
	process, url := spawn(t, "--addr", "127.0.0.1:0", "--quiet")
	address := strings.TrimPrefix(url, "http://")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n", password)
	if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q, %v", line, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- process.Wait() }()
	// Signals that arrive together count as one, so they are sent until the program has ended.
	gomega.NewWithT(t).Eventually(func() chan error {
		_ = process.Process.Signal(syscall.SIGTERM)
		return ended
	}, drainTimeout/2).Should(gomega.Receive(gomega.HaveOccurred()))
}

// Large bodies leave garbage, which is collected before the process becomes too large.
func TestMemoryLimit(t *testing.T) {
	for limit, want := range map[string]string{"": "go_gc_gomemlimit_bytes 2.14748364e+08\n", "1GiB": "go_gc_gomemlimit_bytes 1.073741824e+09\n"} {
		t.Setenv("GOMEMLIMIT", limit)
		process, url := spawn(t, "--addr", "127.0.0.1:0", "--quiet")
		if _, body := getOver(t, http.DefaultClient, url+"/__mock/metrics"); !strings.Contains(body, want) {
			t.Errorf("%q: no %s", limit, want)
		}
		if err := process.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := process.Wait(); err != nil {
			t.Error(err)
		}
	}
}

// fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// What a script reads from a file must be there when the program says so.
func TestOutputThatCannotBeWritten(t *testing.T) {
	for _, args := range []string{"env", "env --control-token t", "profiles", "profiles --diff v3.7.2,v3.8", "openapi", "completion bash"} {
		var errs output
		if code := run(t.Context(), parent{}, strings.Fields(args), nil, fullDisk{}, &errs); code != exitFailure || errs.String() != "mock-docspace: no space left on device\n" {
			t.Errorf("%s: exit %d, %q", args, code, errs.String())
		}
	}
}
