package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// onlyLinux skips a test where the system does not list who listens.
func onlyLinux(t *testing.T) {
	t.Helper()
	if _, err := os.Stat("/proc/net/tcp"); err != nil {
		t.Skipf("only Linux lists who listens: %v", err)
	}
}

// refused starts the program with flags for a port that is taken, and returns the line on stderr.
func refused(t *testing.T, flags ...string) string {
	t.Helper()
	var stdout, stderr output
	code := run(context.Background(), parent{}, flags, nil, &stdout, &stderr)
	if code != exitFailure || stdout.String() != "" || strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("exit %d, stdout %q, stderr %q", code, stdout.String(), stderr.String())
	}
	return strings.TrimSpace(stderr.String())
}

func TestPortTaken(t *testing.T) {
	onlyLinux(t)
	for _, test := range []struct {
		flags []string
		want  string // with the number of the process
	}{
		{nil, "by mock-docspace " + mockserver.Version + ", process %d"},
		{[]string{"--tls-self-signed"}, "by " + strings.TrimSpace(read(t, "/proc/self/comm")) + ", process %d"},
	} {
		other, url := spawn(t, append(test.flags, "--addr", "127.0.0.1:0", "--quiet")...)
		_, address, _ := strings.Cut(url, "://")
		want := "mock-docspace: cannot listen on " + address + ": bind: address already in use " + fmt.Sprintf(test.want, other.Process.Pid) + ": for a free port give --addr 127.0.0.1:0"
		if got := refused(t, "--addr", address); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		_, port, _ := net.SplitHostPort(address)
		if got := refused(t, "--addr", "0.0.0.0:"+port); !strings.Contains(got, fmt.Sprintf("process %d", other.Process.Pid)) || !strings.HasSuffix(got, " --addr 0.0.0.0:0") {
			t.Errorf("got  %s", got)
		}
		if err := other.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := other.Wait(); err != nil {
			t.Error(err)
		}
	}
}

func TestPortTakenByAnotherFlag(t *testing.T) {
	onlyLinux(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	got := refused(t, "--addr", address, "--control-addr", address)
	if want := "already in use by this program, for another flag: for a free port give --control-addr 127.0.0.1:0"; !strings.HasSuffix(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What has the port and does not answer is not waited for.
func TestPortTakenByWhoIsSilent(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	begun := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), askTime)
	defer cancel()
	if got := askVersion(ctx, taken.Addr().(*net.TCPAddr)); got != "" || time.Since(begun) > 10*askTime {
		t.Errorf("got %q after %s", got, time.Since(begun))
	}
}

// Nothing is said of a socket that no process of this user has.
func TestNobodyKnown(t *testing.T) {
	if process, name := processOf(t.Context(), map[string]bool{"0": true}); process != 0 || name != "" {
		t.Errorf("got %d %s", process, name)
	}
	if got := socketsAt(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 0}); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestSocketAddress(t *testing.T) {
	for _, text := range []string{"", "0100007F", "0100007F:", "01:1F9C", "xyz", "0100007F:1FFFF"} {
		if ip, port, err := socketAddress(text); err == nil {
			t.Errorf("%q: got %s %d", text, ip, port)
		}
	}
	ip, port, err := socketAddress("00000000000000000000000000000000:1F9C")
	if err != nil || !ip.IsUnspecified() || port != 8092 {
		t.Errorf("got %s %d, %v", ip, port, err)
	}
}
