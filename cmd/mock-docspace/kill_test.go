package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// asProgram makes this test binary the program.
const asProgram = "RUN_AS_MOCK_DOCSPACE"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// spawn runs the program as a process of its own, and gives the address that it tells.
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

// write sets the link's password to one number after the other until the program is gone, and closes reached on the way. It
// answers the last one that was answered, or from when none was.
func write(ctx context.Context, url string, from, target int, reached chan<- struct{}) (last int) {
	last = from
	for n := from + 1; ; n++ {
		if n == from+1+target {
			close(reached)
		}
		r, _ := http.NewRequestWithContext(ctx, "POST", url+password, strings.NewReader(fmt.Sprintf(`{"password":"%d"}`, n)))
		r.Header.Set("Authorization", "Bearer YOUR_API_KEY")
		r.Header.Set("Content-Type", "application/json")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return last
		}
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != 200 {
			return last
		}
		last = n
	}
}

// Killed at any moment, the program leaves a state file that loads, and holds all that was answered.
func TestKillUnderLoad(t *testing.T) {
	kills := 12
	if n, err := strconv.Atoi(os.Getenv("KILLS")); err == nil {
		kills = n
	}
	name := filepath.Join(t.TempDir(), "state.json")
	last := 0
	for range kills {
		process, url := spawn(t, "--addr", "127.0.0.1:0", "--quiet", "--state", name)
		answered, reached := make(chan int, 1), make(chan struct{})
		go func() { answered <- write(t.Context(), url, last, rand.IntN(200), reached) }()
		<-reached
		if err := process.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = process.Wait() // its end is known
		last = <-answered

		p, ok, err := readState(name)
		if !ok || err != nil {
			t.Fatalf("the file does not load: %t, %v", ok, err)
		}
		if kept, _ := strconv.Atoi(p.Links[0].Password); kept != last && kept != last+1 { // the next one may be on its way
			t.Fatalf("%d was answered, %d was kept", last, kept)
		}
	}
	if last == 0 {
		t.Error("nothing was written")
	}
	if leftovers := strings.Count(names(t, filepath.Dir(name)), ".saving-"); leftovers > 1 {
		t.Errorf("%d unfinished files were left", leftovers)
	}
}
