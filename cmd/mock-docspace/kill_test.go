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
	"time"
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

// written is how far a writer got.
type written struct {
	n  int
	at time.Time // of the answer
}

// write sets the link's password to one number after the other until the program is gone, and closes reached on the way.
func write(ctx context.Context, url string, from, target int, reached chan<- struct{}) []written {
	var acknowledged []written
	for n := from; ; n++ {
		if n == from+target {
			close(reached)
		}
		r, _ := http.NewRequestWithContext(ctx, "POST", url+password, strings.NewReader(fmt.Sprintf(`{"password":"%d"}`, n)))
		r.Header.Set("Authorization", "Bearer YOUR_API_KEY")
		r.Header.Set("Content-Type", "application/json")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return acknowledged
		}
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != 200 {
			return acknowledged
		}
		acknowledged = append(acknowledged, written{n, time.Now()})
	}
}

// Killed at any moment, the program leaves a state file that loads, and misses at most what was answered just before: the
// promise is 100 ms, which are tested on time of their own in statefile_test.go; here a busy machine gets some more.
func TestKillUnderLoad(t *testing.T) {
	const margin = 500 * time.Millisecond
	kills := 12
	if n, err := strconv.Atoi(os.Getenv("KILLS")); err == nil {
		kills = n
	}
	name := filepath.Join(t.TempDir(), "state.json")
	last, worst := 0, time.Duration(0)
	for range kills {
		process, url := spawn(t, "--addr", "127.0.0.1:0", "--quiet", "--state", name)
		acknowledged, reached := make(chan []written, 1), make(chan struct{})
		go func() { acknowledged <- write(t.Context(), url, last+1, rand.IntN(1000), reached) }()
		<-reached
		if err := process.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		killed := time.Now()
		_ = process.Wait()
		list := <-acknowledged

		p, ok, err := readState(name)
		if !ok || err != nil {
			t.Fatalf("the file does not load: %t, %v", ok, err)
		}
		kept, _ := strconv.Atoi(p.Links[0].Password)
		for _, w := range list {
			if w.n > kept {
				worst = max(worst, killed.Sub(w.at))
			}
			last = w.n
		}
	}
	t.Logf("%d writes, %d kills: at most the last %s were missed", last, kills, worst)
	if worst > margin {
		t.Errorf("changes of the last %s were missed", worst)
	}
	if last == 0 {
		t.Error("nothing was written")
	}
	if leftovers := strings.Count(names(t, filepath.Dir(name)), ".saving-"); leftovers > 1 {
		t.Errorf("%d unfinished files were left", leftovers)
	}
}
