package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/onsi/gomega"
)

// With --exit-with-stdin the program ends when its standard input does, and what comes before changes nothing.
func TestExitWithStdin(t *testing.T) {
	for _, test := range []struct {
		args, env []string
	}{
		{args: []string{"--exit-with-stdin"}},
		{env: []string{"MOCK_DOCSPACE_EXIT_WITH_STDIN=true"}},
	} {
		process := command(t, append(test.args, "--addr", "127.0.0.1:0", "--quiet")...)
		process.Env = append(process.Env, test.env...)
		stdin, err := process.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		url := startAndRead(t, process)
		if _, err := io.WriteString(stdin, "anything\n"); err != nil {
			t.Fatal(err)
		}
		if answer, _ := getOver(t, http.DefaultClient, url+"/__mock/health"); answer.StatusCode != 200 {
			t.Errorf("got %d", answer.StatusCode)
		}
		if err := stdin.Close(); err != nil {
			t.Fatal(err)
		}
		if err := process.Wait(); err != nil {
			t.Errorf("%v: %v, want exit code 0", test, err)
		}
	}
}

// Without the flag the program may be started with an input that has ended, as cron and systemd do.
func TestStdinIsNotRead(t *testing.T) {
	input := bytes.NewBufferString("for somebody else")
	ctx, cancel := context.WithCancel(t.Context())
	var stderr output
	code := run(ctx, parent{input, func() { t.Error("it has ended with its input") }}, []string{"--addr", "127.0.0.1:0", "--quiet"}, nil, whenServing{io.Discard, cancel}, &stderr)
	gomega.NewWithT(t).Expect(code).To(gomega.Equal(exitOK))
	gomega.NewWithT(t).Expect(input.String()).To(gomega.Equal("for somebody else"))
}
