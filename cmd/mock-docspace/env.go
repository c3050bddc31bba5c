package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

type envCommand struct {
	clientFlags
	Portal *string  `placeholder:"FILE" help:"Portal file of the server. Left out: a fresh portal."`
	State  string   `placeholder:"FILE" help:"State file of the server; when it is there, it wins over --portal."`
	APIKey []string `name:"api-key" sep:"none" placeholder:"KEY" help:"The key to print, in place of the owner's first one."`
}

// Help tells what kong shows beneath the first line.
func (c *envCommand) Help() string {
	return `For the shell: eval "$(mock-docspace env)". Nothing is asked of a server: the address is that of the flags, and the key is the first of --api-key, or else the one of the owner in the state file, the portal file or the fresh portal. Give it the flags and variables of the server.`
}

// Validate is called by kong. Whatever it refuses is a wrong flag.
func (c *envCommand) Validate() error {
	if c.Unix != "" && c.Addr == nil {
		return errors.New("--unix: a client needs an address with http: give --addr too")
	}
	return c.check()
}

// Run prints the two lines.
func (c *envCommand) Run(p *process) error {
	key, err := c.key()
	if err != nil {
		return wrongUse(err)
	}
	fmt.Fprintf(p.stdout, "export DOCSPACE_URL=%s\nexport DOCSPACE_API_KEY=%s\n", quote(c.url()), quote(key))
	return nil
}

func (c *envCommand) key() (string, error) {
	flags := portalFlags{Portal: c.Portal, APIKey: c.APIKey, State: c.State}
	portal, err := flags.read()
	if err != nil {
		return "", err
	}
	if c.State != "" {
		kept, found, err := readState(c.State)
		if err != nil {
			return "", err
		}
		if found {
			portal = kept
		}
	}
	if portal, err = flags.complete(portal); err != nil {
		return "", err
	}
	if len(c.APIKey) > 0 {
		return c.APIKey[0], nil
	}
	s, err := mockserver.New(mockserver.WithPortal(portal))
	if err != nil {
		return "", err
	}
	key := s.Key(mockserver.RoleOwner)
	if key == "" {
		return "", errors.New("--portal: its owner has no API key that may do everything, and no token: give --api-key, here and to the server")
	}
	return key, nil
}

// quote is text as a POSIX shell reads it, on one line or several.
func quote(text string) string {
	plain := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_./:@%+,=", r)
	}
	if text != "" && !strings.ContainsFunc(text, func(r rune) bool { return !plain(r) }) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
