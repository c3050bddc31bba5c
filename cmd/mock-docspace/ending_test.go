package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/onsi/gomega"
)

// namedPipe makes a pipe that nobody writes to: who opens it waits.
func namedPipe(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "pipe")
	makePipe(t, name)
	t.Cleanup(func() { // who waits in this process does not wait for ever
		if pipe, err := os.OpenFile(name, os.O_RDWR, 0); err == nil {
			_ = pipe.Close()
		}
	})
	return name
}

// The first signal ends the program also while it reads a file that never comes.
func TestSignalWhileFilesAreRead(t *testing.T) {
	pipe, file := namedPipe(t), writeFile(t, "")
	for _, test := range []struct {
		flag string
		args []string
	}{
		{"--portal", []string{"--addr", "127.0.0.1:0", "--portal", pipe}},
		{"--tls-cert", []string{"--addr", "127.0.0.1:0", "--tls-cert", pipe, "--tls-key", file}},
		{"--tls-cert", []string{"--addr", "127.0.0.1:0", "--tls-cert", file, "--tls-key", pipe}},
		{"--portal", []string{"env", "--portal", pipe}},
		{pipe, []string{"portal", "check", pipe}},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		var stdout, stderr output
		code := make(chan int, 1)
		go func() { code <- run(ctx, parent{}, test.args, nil, &stdout, &stderr) }()
		cancel()
		if got := <-code; got != exitFailure || stdout.String() != "" {
			t.Errorf("%v: exit code %d, stdout %q", test.args, got, stdout.String())
		}
		if got := stderr.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "mock-docspace: "+test.flag) || !strings.Contains(got, "was not read to its end: ended by a signal") {
			t.Errorf("%v: stderr %q", test.args, got)
		}
	}
}

// A portal file that blocks while it is loaded again delays neither answers nor the end.
func TestSignalWhileThePortalFileIsReadAgain(t *testing.T) {
	g := gomega.NewWithT(t)
	name := writeFile(t, oneLink)
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--portal", name)
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	makePipe(t, name)
	hangUp(t)
	var writer *os.File
	g.Eventually(func() (err error) {
		writer, err = os.OpenFile(name, os.O_WRONLY|syscall.O_NONBLOCK, 0) // works when somebody reads
		return err
	}).Should(gomega.Succeed())
	defer writer.Close()
	g.Expect(hasLink(p, "first")()).To(gomega.BeTrue())
	if code := p.stop(); code != exitOK || p.stderr.String() != "" {
		t.Errorf("exit code %d, stderr %s", code, p.stderr)
	}
}

func TestLongAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		later, release := longAfter(ctx, time.Minute)
		defer release()
		<-time.After(time.Hour) // in the time of the test
		if later.Err() != nil {
			t.Error("it was done before the other")
		}
		cancel()
		begun := time.Now()
		<-later.Done()
		if waited := time.Since(begun); waited != time.Minute {
			t.Errorf("it was done after %s", waited)
		}
	})
}

// The program ends within 10.5 s of the signal, whatever blocks.
func TestTheEndComesAnyway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		exited := make(chan int, 1)
		endAnyway(ctx, func(code int) { exited <- code })
		<-time.After(time.Hour) // in the time of the test
		if len(exited) != 0 {
			t.Error("it ended without a signal")
		}
		cancel()
		begun := time.Now()
		if code := <-exited; code != exitFailure || time.Since(begun) > 10500*time.Millisecond || time.Since(begun) < drainTimeout+lastMoment {
			t.Errorf("ended with %d after %s", code, time.Since(begun))
		}
	})
}

// A state file that takes no more does not keep the program from ending.
func TestWaitFor(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	never := make(chan struct{})
	defer close(never)
	cancel()
	giveUp := errors.New("too long")
	if err := waitFor(ctx, giveUp, func() error { <-never; return nil }); !errors.Is(err, giveUp) {
		t.Errorf("got %v", err)
	}
	failed := errors.New("failed")
	if err := waitFor(t.Context(), giveUp, func() error { return failed }); !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
}
