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

// privateName is the longest name of the directory and the socket in it that listenUnix makes beside the socket file.
const privateName = "/.s4294967295/s"

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
	case len(filepath.Dir(path)+privateName) > longest:
		return fmt.Errorf("--unix: the path of a socket file's directory can have %d bytes, not %d: use a shorter one", longest-len(privateName), len(filepath.Dir(path)))
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().Type() != fs.ModeSocket {
		return fmt.Errorf("--unix: %s exists and is not a socket file: remove it, or use another path", path)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("--unix: %s is in a directory that does not exist", path)
	}
	return nil
}

// socketFile is a listener at a socket file. Closing it removes the file.
type socketFile struct {
	net.Listener
	path string
	info fs.FileInfo
}

// Addr is the name that users gave, and not the one with which the socket was made.
func (f *socketFile) Addr() net.Addr { return &net.UnixAddr{Name: f.path, Net: "unix"} }

// Close removes the file, unless another process has made its own there since.
func (f *socketFile) Close() error {
	if now, err := os.Lstat(f.path); err == nil && now.Mode().Type() == fs.ModeSocket && os.SameFile(now, f.info) {
		_ = os.Remove(f.path)
	}
	return f.Listener.Close()
}

// listenUnix makes a socket file to which only its owner can connect. It replaces a socket file that a killed process left
// behind.
func listenUnix(ctx context.Context, path string) (net.Listener, error) {
	if err := removeStaleSocketFile(ctx, path); err != nil {
		return nil, fmt.Errorf("cannot listen on unix:%s: %w", path, err)
	}
	listener, err := listenPrivately(ctx, path, os.Chmod)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on unix:%s: %w", path, withoutPath(err))
	}
	return listener, nil
}

// listenPrivately makes the socket in a directory into which nobody else can look, and gives it its name when only its owner can
// connect. Made under its name, it would be as open as the umask says until chmod.
func listenPrivately(ctx context.Context, path string, chmod func(string, fs.FileMode) error) (_ net.Listener, err error) {
	directory, err := os.MkdirTemp(filepath.Dir(path), ".s*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(directory)
	private := filepath.Join(directory, "s")
	listener, err := (&net.ListenConfig{}).Listen(ctx, "unix", private)
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	defer func() {
		if err != nil {
			_ = listener.Close()
		}
	}()
	listener.(*net.UnixListener).SetUnlinkOnClose(false) // another name is removed
	if err := chmod(private, 0o600); err != nil {
		return nil, err
	}
	info, err := os.Lstat(private)
	if err != nil {
		return nil, err
	}
	if err := os.Link(private, path); err != nil { // unlike a rename, it never replaces what another process has made meanwhile
		return nil, err
	}
	return &socketFile{Listener: listener, path: path, info: info}, nil
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
