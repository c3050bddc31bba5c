package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// setPasswords sets the password of the link to one number after the other until the program is gone. It closes reached after
// some of them, and returns the last number whose request was answered, or from if none was.
func setPasswords(ctx context.Context, url string, from, target int, reached chan<- struct{}) (last int) {
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

// After a kill at any moment, the state file can be loaded and has every change that was answered.
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
		go func() { answered <- setPasswords(t.Context(), url, last, rand.IntN(200), reached) }()
		<-reached
		if err := process.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = process.Wait() // it was killed, so the error says nothing
		last = <-answered

		p, ok, err := readState(name)
		if !ok || err != nil {
			t.Fatalf("the file does not load: %t, %v", ok, err)
		}
		if kept, _ := strconv.Atoi(p.Links[0].Password); kept != last && kept != last+1 { // the next change may be saved and not answered
			t.Fatalf("%d was answered, %d was kept", last, kept)
		}
	}
	if last == 0 {
		t.Error("nothing was written")
	}
	if leftovers := strings.Count(filesIn(t, filepath.Dir(name)), ".saving-"); leftovers > 1 {
		t.Errorf("%d unfinished files were left", leftovers)
	}
}
