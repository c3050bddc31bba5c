package main

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// asProgram is the variable that makes this test binary run as the program.
const asProgram = "RUN_AS_MOCK_DOCSPACE"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// spawn runs the program as a process of its own, and returns the address that it prints.
func spawn(t *testing.T, args ...string) (process *exec.Cmd, url string) {
	t.Helper()
	process = exec.CommandContext(t.Context(), os.Args[0], args...)
	process.Env = append(os.Environ(), asProgram+"=yes")
	process.Stderr = os.Stderr
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
	return process, strings.TrimSpace(line[strings.LastIndex(line, " ")+1:])
}
