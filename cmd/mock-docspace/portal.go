package main

import (
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// portalFlags say which portal there is.
type portalFlags struct {
	Portal  *string  `group:"portal" placeholder:"FILE" help:"Portal file (YAML): users, keys, entries, links, settings, limits. Left out: a fresh portal."`
	Profile *string  `group:"portal" placeholder:"NAME" help:"Which truth to follow: documented (the published page and reference) or v3.7.2 (the server's source). Left out: what the portal file says, or documented."`
	APIKey  []string `group:"portal" name:"api-key" sep:"none" placeholder:"KEY" help:"Another key that the owner can use, sk-… or any token. Can be repeated."`
	State   string   `group:"portal" placeholder:"FILE" help:"Keep the portal in this file (JSON): it is loaded when it is there, saved before a change is answered, and then wins over what --portal says, but not over --profile and --api-key. A reset goes back to --portal."`
}

func (f *portalFlags) check() error {
	if f.Profile != nil && !slices.Contains(mockserver.ProfileNames(), *f.Profile) {
		return fmt.Errorf("--profile: unknown profile %q: use %s", *f.Profile, strings.Join(mockserver.ProfileNames(), " or "))
	}
	if f.Portal == nil {
		return nil
	}
	if *f.Portal == "" {
		return errors.New("--portal: the name of the file is empty: leave the flag out for a fresh portal")
	}
	if f.State != "" && sameFile(*f.Portal, f.State) {
		return errors.New("--state: this is the portal file, which saving would overwrite: name another one")
	}
	return nil
}

// read is the portal of the portal file, or a fresh one. The error is a [*mockserver.FileError].
func (f *portalFlags) read() (mockserver.Portal, error) {
	if f.Portal == nil {
		return mockserver.Portal{}, nil
	}
	return mockserver.ReadPortalFile(*f.Portal)
}

// complete is p with all that it leaves out, and with what the flags say in place of the file.
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
		if err := addKey(&p, key); err != nil {
			return p, err
		}
	}
	if _, err := mockserver.New(mockserver.WithPortal(p)); err != nil {
		return p, fmt.Errorf("--api-key: %w", err)
	}
	return p, nil
}

// served is the portal that the program serves.
type served struct {
	server *mockserver.Server
	read   mockserver.Portal // what the portal file says
	file   *stateFile        // nil without --state
}

// load makes the portal that the flags ask for, with these options. Every error is a mistake in a flag or in a file that one names.
func (f *portalFlags) load(logger *slog.Logger, opts ...mockserver.Option) (*served, error) {
	read, err := f.read()
	if err != nil {
		return nil, err
	}
	seed, err := f.complete(read)
	if err != nil {
		return nil, err
	}
	warnSlips(seed, logger)
	opts = append(opts, mockserver.WithPortal(seed))
	if f.State == "" {
		server, err := mockserver.New(opts...)
		return &served{server: server, read: read}, err
	}

	kept, found, err := readState(f.State)
	if err != nil {
		return nil, err
	}
	if err := checkReplaceable(f.State); err != nil {
		return nil, cannotWrite("--state", f.State, err)
	}
	lock, err := lockState(f.State)
	if err != nil {
		return nil, err
	}
	removeUnfinished(f.State)
	file := newStateFile(f.State, logger)
	file.free = lock.Close
	server, err := mockserver.New(append(opts, mockserver.WithChanged(file.changed))...)
	if err != nil {
		return nil, err
	}
	file.state = server.State
	if found {
		if kept, err = f.complete(kept); err != nil {
			return nil, fmt.Errorf("%s: %w", f.State, err)
		}
		if err := server.Replace(kept); err != nil {
			return nil, fmt.Errorf("%s: %w", f.State, err)
		}
		logger.Info("the portal is as the state file kept it, and a reset goes back to the portal file, or to a fresh portal", "state", f.State)
	}
	return &served{server: server, read: read, file: file}, nil
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

// slip is what may be meant, and may be a mistake.
type slip struct{ at, message string }

var permissionForm = regexp.MustCompile(`^(\*|[^:\s]+:(read|write|\*))$`)

// slips are links whose entry does not exist, which are answered like those of a deleted one, and permissions that look
// like none. p is complete.
func slips(p mockserver.Portal) []slip {
	var found []slip
	for i, key := range p.APIKeys {
		for j, permission := range key.Permissions {
			if !permissionForm.MatchString(permission) {
				found = append(found, slip{fmt.Sprintf("apiKeys[%d].permissions[%d]", i, j), fmt.Sprintf("%q looks like no permission, and opens none of the four calls; there are * and such as files:read", permission)})
			}
		}
	}
	for i, link := range p.Links {
		if !slices.ContainsFunc(p.Entries, func(e mockserver.Entry) bool { return e.ID == link.Entry }) {
			found = append(found, slip{fmt.Sprintf("links[%d].entry", i), fmt.Sprintf("there is no entry %q, so that the link is answered as Invalid, like that of a deleted one", link.Entry)})
		}
	}
	return found
}

func warnSlips(p mockserver.Portal, logger *slog.Logger) {
	for _, slip := range slips(p) {
		logger.Warn("this may be a slip in the portal file", "at", slip.at, "message", slip.message)
	}
}
