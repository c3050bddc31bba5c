package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// askTime is how long the program looks for who has a port that is taken.
const askTime = 300 * time.Millisecond

// isTaken says whether a listener could not be opened because another one has its address.
func isTaken(err error) bool {
	const onWindows = syscall.Errno(10048) // WSAEADDRINUSE
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, onWindows)
}

// whoListens says who has the address, such as " by mock-docspace 0.1.0, process 4711". It is empty when that cannot be known.
func whoListens(ctx context.Context, at *net.TCPAddr) string {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	process, name := processOf(ctx, socketsAt(at))
	if process == os.Getpid() {
		return " by this program, for another flag"
	}
	version := askVersion(ctx, at)
	switch {
	case version != "" && process != 0:
		return fmt.Sprintf(" by mock-docspace %s, process %d", version, process)
	case version != "":
		return " by mock-docspace " + version
	case process != 0:
		return fmt.Sprintf(" by %s, process %d", name, process)
	default:
		return ""
	}
}

// askVersion asks what listens whether it is a mock-docspace. The answer is empty when it is none.
func askVersion(ctx context.Context, at *net.TCPAddr) string {
	address := net.JoinHostPort(reachable(at.IP.String()), strconv.Itoa(at.Port))
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/__mock/health", http.NoBody)
	if err != nil {
		return ""
	}
	transport := &http.Transport{DisableKeepAlives: true, MaxResponseHeaderBytes: 1 << 16} // and no proxy, since the server is near
	answer, err := transport.RoundTrip(r)
	if err != nil {
		return ""
	}
	_ = answer.Body.Close() // only the header matters
	return fmt.Sprintf("%.20s", answer.Header.Get("X-Mock-Docspace"))
}

// socketsAt are the inodes of the sockets that listen at an address, as Linux lists them. Elsewhere there are none.
func socketsAt(at *net.TCPAddr) map[string]bool {
	const listening = "0A"
	inodes := map[string]bool{}
	for _, list := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, _ := os.ReadFile(list) //nolint:gosec // one of these two
		for line := range strings.Lines(string(text)) {
			fields := strings.Fields(line) // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode
			if len(fields) < 10 || fields[3] != listening {
				continue
			}
			ip, port, err := socketAddress(fields[1])
			if err == nil && port == at.Port && (ip.Equal(at.IP) || ip.IsUnspecified() || at.IP.IsUnspecified()) {
				inodes[fields[9]] = true
			}
		}
	}
	return inodes
}

// socketAddress reads an address such as 0100007F:1F9C: words of four bytes in the order of the machine, and a port.
func socketAddress(text string) (net.IP, int, error) {
	address, port, _ := strings.Cut(text, ":")
	words, err := hex.DecodeString(address)
	if err != nil || len(words) != net.IPv4len && len(words) != net.IPv6len {
		return nil, 0, fmt.Errorf("%q is no address", text)
	}
	ip := make(net.IP, len(words))
	for i := 0; i < len(words); i += 4 {
		binary.NativeEndian.PutUint32(ip[i:], binary.BigEndian.Uint32(words[i:]))
	}
	number, err := strconv.ParseUint(port, 16, 16)
	return ip, int(number), err
}

// processOf finds the process that has one of the sockets open, and its name. It is 0 when none is found, as when it belongs to another user.
func processOf(ctx context.Context, inodes map[string]bool) (process int, name string) {
	if len(inodes) == 0 {
		return 0, ""
	}
	folders, _ := filepath.Glob("/proc/[0-9]*") // it fails only for a malformed pattern
	for _, folder := range folders {
		files, err := os.ReadDir(filepath.Join(folder, "fd"))
		if err != nil {
			continue
		}
		for _, file := range files {
			if ctx.Err() != nil {
				return 0, ""
			}
			target, _ := os.Readlink(filepath.Join(folder, "fd", file.Name())) // it may be closed meanwhile
			inode, isSocket := strings.CutPrefix(target, "socket:[")
			if !isSocket || !inodes[strings.TrimSuffix(inode, "]")] {
				continue
			}
			text, err := os.ReadFile(filepath.Join(folder, "comm")) //nolint:gosec // of Linux
			process, _ := strconv.Atoi(filepath.Base(folder))
			if err != nil {
				return 0, "" // it has ended
			}
			return process, string(bytes.TrimSpace(text))
		}
	}
	return 0, ""
}
