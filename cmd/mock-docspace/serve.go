package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Bounds for clients that are slow or mean harm. They hold for the program only: in a test the server is the test's.
const (
	headerTimeout  = 10 * time.Second
	requestTimeout = 30 * time.Second // header and body
	answerTimeout  = 30 * time.Second
	idleTimeout    = 2 * time.Minute
	drainTimeout   = 10 * time.Second
	maxHeaderBytes = 32 << 10 // as Kestrel's
)

// server makes the portal that the flags ask for. Every error is a mistake in a flag or in the portal file.
func (f *serveFlags) server(stderr io.Writer) (*mockserver.Server, error) {
	var portal mockserver.Portal
	if f.Portal != nil {
		var err error
		if portal, err = mockserver.ReadPortalFile(*f.Portal); err != nil {
			return nil, err
		}
	}
	opts := []mockserver.Option{mockserver.WithLogger(f.logger(stderr))}
	if f.Profile != nil {
		opts = append(opts, mockserver.WithProfile(*f.Profile))
	}
	s, err := mockserver.New(append(opts, mockserver.WithPortal(portal))...)
	if err != nil {
		return nil, err
	}
	f.warnSlips(s.State(), stderr)
	if len(f.APIKey) == 0 {
		return s, nil
	}
	portal = s.State()
	for _, key := range f.APIKey {
		if err := addKey(&portal, key); err != nil {
			return nil, err
		}
	}
	s, err = mockserver.New(append(opts, mockserver.WithPortal(portal))...)
	if err != nil {
		return nil, fmt.Errorf("--api-key: %w", err)
	}
	return s, nil
}

var permissionForm = regexp.MustCompile(`^(\*|[^:\s]+:(read|write|\*))$`)

// warnSlips names what may be meant, or a slip: links whose entry does not exist, which are answered like those of a
// deleted one, and permissions that look like none.
func (f *serveFlags) warnSlips(p mockserver.Portal, stderr io.Writer) {
	for i, key := range p.APIKeys {
		for j, permission := range key.Permissions {
			if !permissionForm.MatchString(permission) {
				f.logger(stderr).Warn("this permission looks like none, and opens none of the four calls; there are * and such as files:read", "at", fmt.Sprintf("apiKeys[%d].permissions[%d]", i, j), "permission", permission)
			}
		}
	}
	for i, link := range p.Links {
		if !slices.ContainsFunc(p.Entries, func(e mockserver.Entry) bool { return e.ID == link.Entry }) {
			f.logger(stderr).Warn("this link leads to an entry that does not exist, and is answered as Invalid, like that of a deleted one", "link", fmt.Sprintf("links[%d]", i), "entry", link.Entry)
		}
	}
}

// addKey lets the owner use a key: one that begins with sk- as an API key, any other as a portal token, since that is how
// the server tells them apart.
func addKey(p *mockserver.Portal, key string) error {
	if strings.TrimSpace(key) == "" {
		return errors.New("--api-key: the key is empty")
	}
	for i := range p.Users {
		owner := &p.Users[i]
		switch {
		case owner.Role != mockserver.RoleOwner:
		case slices.Contains(owner.Tokens, key), slices.ContainsFunc(p.APIKeys, func(k mockserver.APIKey) bool { return k.Key == key && k.User == owner.Email }):
			return nil // the owner can use it already
		case strings.HasPrefix(key, "sk-"):
			p.APIKeys = append(p.APIKeys, mockserver.APIKey{Key: key, User: owner.Email})
			return nil
		default:
			owner.Tokens = append(owner.Tokens, key)
			return nil
		}
	}
	return errors.New("--api-key: the portal file has no owner who could use the key")
}

func (f *serveFlags) logger(stderr io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{}
	if f.Quiet {
		options.Level = slog.LevelWarn
	}
	if f.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(stderr, options))
	}
	return slog.New(slog.NewTextHandler(stderr, options))
}

// serve listens until ctx is done, and then lets the requests under way come to their end.
func (f *serveFlags) serve(ctx context.Context, s *mockserver.Server, stdout, stderr io.Writer) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", f.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", f.Addr, errors.Unwrap(err))
	}
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       requestTimeout,
		WriteTimeout:      answerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,

		DisableGeneralOptionsHandler: true,                       // OPTIONS * is answered like any other path
		ErrorLog:                     log.New(io.Discard, "", 0), // what clients break off is not ours to report
	}
	address := listener.Addr().String()
	if !f.Quiet {
		f.announce(s, stderr)
	}
	if ip := listener.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
		f.logger(stderr).Warn("listening beyond loopback: whoever reaches this address can use the portal's keys", "address", address)
	}
	fmt.Fprintf(stdout, "mock-docspace %s listening on http://%s\n", mockserver.Version, address)

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		f.logger(stderr).Warn("some requests did not end in time, and were cut off", "time", drainTimeout)
		return server.Close()
	}
	return nil
}
