package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// portalFlags say which portal the program serves.
type portalFlags struct {
	Portal  *string  `group:"portal" placeholder:"FILE" help:"Portal file (YAML) with users, keys, entries, links, settings and limits (default: a fresh portal)."`
	Profile *string  `group:"portal" placeholder:"NAME" help:"Behave as the published page and reference say (documented), as the server v3.7.2 does (v3.7.2), or as the branches of its next releases do (v3.8, next). mock-docspace profiles tells the differences. The default is the profile of the portal file, or documented."`
	APIKey  []string `group:"portal" name:"api-key" sep:"none" placeholder:"KEY" help:"One more key of the owner: an API key, which begins with sk-, or any other text as a token. Can be repeated."`
	State   string   `group:"portal" placeholder:"FILE" help:"Keep the portal in this file (JSON). It is loaded if it exists, and each change is saved before its request is answered. The file overrides --portal; --profile and --api-key override the file. A reset returns to the portal of --portal."`
}

func (f *portalFlags) check() error {
	if f.Profile != nil {
		if _, err := mockserver.ProfileFacts(*f.Profile); err != nil {
			return fmt.Errorf("--profile: %w", err)
		}
	}
	if f.Portal != nil && *f.Portal == "" {
		return errors.New("--portal: the name of the file is empty: leave the flag out for a fresh portal")
	}
	return nil
}

// servedPortal is the portal that the program serves.
type servedPortal struct {
	server   *mockserver.Server
	fromFile mockserver.Portal // as the portal file describes it
	saver    *stateSaver       // nil without --state
}

// loadPortal makes the portal that the flags describe. Every error is a mistake in a flag or in a file that a flag names.
func (f *portalFlags) loadPortal(ctx context.Context, logger *slog.Logger, options ...mockserver.Option) (*servedPortal, error) {
	fromFile, err := f.readPortalFile(ctx)
	if err != nil {
		return nil, err
	}
	seed, err := f.complete(fromFile.Portal)
	if err != nil {
		return nil, err
	}
	logWarnings(fromFile, logger)
	options = append(options, mockserver.WithPortal(seed))
	if f.State != "" {
		server, saver, err := f.loadState(ctx, logger, options...)
		return &servedPortal{server: server, fromFile: fromFile.Portal, saver: saver}, err
	}
	server, err := mockserver.New(options...)
	return &servedPortal{server: server, fromFile: fromFile.Portal}, err
}

// readPortalFile reads the portal file. Without --portal, the result is empty. The error is a [*mockserver.FileError], or
// says that ctx is done.
func (f *portalFlags) readPortalFile(ctx context.Context) (mockserver.PortalFile, error) {
	if f.Portal == nil {
		return mockserver.PortalFile{}, nil
	}
	return readPortal(ctx, "--portal: ", *f.Portal)
}

// readPortal reads a portal file, until ctx is done.
func readPortal(ctx context.Context, flag, name string) (mockserver.PortalFile, error) {
	return untilDone(ctx, notRead(flag, name), func() (mockserver.PortalFile, error) { return mockserver.CheckPortalFile(name) })
}

func logWarnings(file mockserver.PortalFile, logger *slog.Logger) {
	for _, w := range file.Warnings {
		logger.Warn("this may be a mistake in the portal file", "at", w.Path, "message", strings.TrimPrefix(w.Message, w.Path+": "))
	}
}

// complete adds the defaults to a portal, and applies --profile and --api-key.
func (f *portalFlags) complete(p mockserver.Portal) (mockserver.Portal, error) {
	if f.Profile != nil {
		p.Profile = *f.Profile
	}
	s, err := mockserver.New(mockserver.WithPortal(p))
	if err != nil {
		return p, err
	}
	p = s.State()
	for _, key := range f.APIKey {
		if err := addOwnerKey(&p, key); err != nil {
			return p, err
		}
	}
	if _, err := mockserver.New(mockserver.WithPortal(p)); err != nil {
		return p, fmt.Errorf("--api-key: %w", err)
	}
	return p, nil
}

// addOwnerKey gives the owner a key: an API key if it begins with sk-, and a portal token otherwise, since the server tells
// the two apart by this prefix.
func addOwnerKey(p *mockserver.Portal, key string) error {
	if strings.TrimSpace(key) == "" {
		return errors.New("--api-key: the key is empty")
	}
	for i := range p.Users {
		owner := &p.Users[i]
		switch {
		case owner.Role != mockserver.RoleOwner:
		case slices.Contains(owner.Tokens, key), slices.ContainsFunc(p.APIKeys, func(k mockserver.APIKey) bool { return k.Key == key && k.User == owner.Email }):
			return nil // the owner has it already
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
