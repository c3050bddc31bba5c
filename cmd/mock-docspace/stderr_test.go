package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/onsi/gomega"
)

// fullPipe is the end of a pipe that takes nothing more, since nobody reads it. gone closes the other end.
func fullPipe(t *testing.T) (writer *os.File, gone func()) {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = reader.Close(), writer.Close() })
	if err := writer.SetWriteDeadline(time.Now().Add(50 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Write(make([]byte, 4<<20)); !os.IsTimeout(err) {
		t.Fatalf("the pipe is not full: %v", err)
	}
	return writer, func() { _ = reader.Close() }
}

// serveInto starts the program with these files as stdout and stderr, and waits until it answers.
func serveInto(t *testing.T, stdout, stderr *os.File) (process *exec.Cmd, p *program) {
	t.Helper()
	g, portFile := gomega.NewWithT(t), filepath.Join(t.TempDir(), "port")
	process = command(t, "--addr", "127.0.0.1:0", "--port-file", portFile)
	process.Stdout, process.Stderr = stdout, stderr
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	g.Eventually(portFile, "10s").Should(gomega.BeAnExistingFile())
	return process, &program{t: t, url: "http://127.0.0.1:" + read(t, portFile)}
}

// Whatever happens to stdout and stderr, requests are answered, and the program ends when it is told to.
func TestNobodyReadsStdoutAndStderr(t *testing.T) {
	full, _ := fullPipe(t)
	gone, leave := fullPipe(t)
	leave()
	for name, file := range map[string]*os.File{"nobody reads": full, "the reader has gone": gone} {
		process, p := serveInto(t, file, file)
		for range 5 {
			if answer := p.get(settings, "Authorization", "YOUR_API_KEY"); answer.StatusCode != 200 {
				t.Errorf("%s: got %d", name, answer.StatusCode)
			}
		}
		begun := time.Now()
		if err := process.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := process.Wait(); err != nil || time.Since(begun) > drainTimeout/2 {
			t.Errorf("%s: ended with %v after %s", name, err, time.Since(begun))
		}
	}
}

// A reader that goes away while the program runs takes nothing with it.
func TestReaderOfStderrGoesAway(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	process, p := serveInto(t, os.Stdout, writer)
	_ = reader.Close()
	for range 5 {
		if answer := p.get(settings); answer.StatusCode != 401 {
			t.Errorf("got %d", answer.StatusCode)
		}
	}
	if err := process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := process.Wait(); err != nil {
		t.Errorf("ended with %v, want exit code 0", err)
	}
}
