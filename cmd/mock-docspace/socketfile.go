package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// checkSocketFile checks the value of --unix.
func checkSocketFile(path string) error {
	longest := 107 // sun_path, without the zero at the end
	if runtime.GOOS == "darwin" {
		longest = 103
	}
	switch {
	case strings.HasPrefix(path, "@"):
		return fmt.Errorf("--unix: %q is the name of an abstract socket, and not of a file: write ./%s", path, path)
	case len(path) > longest:
		return fmt.Errorf("--unix: the path of a socket file can have %d bytes, not %d: use a shorter one", longest, len(path))
	case path == "":
		return nil
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().Type() != fs.ModeSocket {
		return fmt.Errorf("--unix: %s exists and is not a socket file: remove it, or use another path", path)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("--unix: %s is in a directory that does not exist", path)
	}
	return nil
}

// listenUnix makes a socket file to which only its owner can connect. It replaces a socket file that a killed process left
// behind. Closing the listener removes the file.
func listenUnix(ctx context.Context, path string) (net.Listener, error) {
	if err := removeStaleSocketFile(ctx, path); err != nil {
		return nil, fmt.Errorf("cannot listen on unix:%s: %w", path, err)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on unix:%s: %w", path, errors.Unwrap(err))
	}
	if err := os.Chmod(path, 0o600); err != nil {
		_ = listener.Close()
		return nil, fmt.Errorf("cannot listen on unix:%s: %w", path, withoutPath(err))
	}
	return listener, nil
}

// removeStaleSocketFile removes a socket file on which no process listens. Any other file at the path is an error.
func removeStaleSocketFile(ctx context.Context, path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return withoutPath(err)
	}
	if info.Mode().Type() != fs.ModeSocket {
		return errors.New("the file exists and is not a socket file: remove it, or use another path")
	}
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(context.WithoutCancel(ctx), "unix", path)
	if err == nil {
		_ = conn.Close()
		return errors.New("another process listens there")
	}
	if !errors.Is(err, syscall.ECONNREFUSED) {
		return errors.Unwrap(err)
	}
	return withoutPath(os.Remove(path))
}

// socketFileAsLoopback makes a request over the socket file look like one from loopback: a client that can open the file
// runs on this machine.
func socketFileAsLoopback(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok && local.Network() == "unix" {
			r.RemoteAddr = "127.0.0.1:0"
		}
		next.ServeHTTP(w, r)
	})
}
