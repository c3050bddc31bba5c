package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

type envCommand struct {
	clientFlags
	TLSCAOut     string `name:"tls-ca-out" placeholder:"FILE" help:"Not needed, and taken because it is a flag of the server."`
	ControlToken string `placeholder:"TOKEN" help:"Token of the control API, to print it too."`

	Portal *string  `placeholder:"FILE" help:"Portal file of the server (default: a fresh portal)."`
	State  string   `placeholder:"FILE" help:"State file of the server. If it exists, it overrides --portal."`
	APIKey []string `name:"api-key" sep:"none" placeholder:"KEY" help:"Key to print instead of the owner's first key."`

	otherServerFlags
}

// otherServerFlags change nothing that env prints. They are taken, so that it can be given the command line of the server as it is, and not
// read: the server says what is wrong with them.
type otherServerFlags struct {
	Profile        string `hidden:""`
	Watch          bool   `hidden:""`
	PasswordRounds string `hidden:""`
	MaxConnections string `hidden:""`
	ControlAddr    string `hidden:""`
	NoControl      bool   `hidden:"" name:"no-control"`
	Journal        string `hidden:""`
	Contract       string `hidden:""`
	MaxMemory      string `hidden:""`
	LogFormat      string `hidden:""`
	Quiet          bool   `hidden:""`
	ExitWithStdin  bool   `hidden:""`
}

// Help is the text that kong prints below the first line of the help.
func (c *envCommand) Help() string {
	return `Use it in a shell: eval "$(mock-docspace env)". The command does not contact a server, so give it the flags and variables of the server: it takes all of them. The address comes from the flags, and the port from --port-file when the server has chosen it. The key is the first --api-key; without one, it is the owner's key in the state file, in the portal file or in the fresh portal.`
}

// Validate is called by kong. Its errors are about flags.
func (c *envCommand) Validate() error {
	if c.Unix != "" && c.Addr == nil {
		return errors.New("--unix: a client needs an http address: give --addr too")
	}
	return c.check()
}

// Run prints the export commands.
func (c *envCommand) Run(ctx context.Context, p *process) error {
	key, err := c.key(ctx)
	if err != nil {
		return asUsageError(err)
	}
	address, err := c.url(ctx)
	if err != nil {
		return asUsageError(err)
	}
	exports := fmt.Sprintf("export DOCSPACE_URL=%s\nexport DOCSPACE_API_KEY=%s\n", shellQuote(address), shellQuote(key))
	if c.ControlToken != "" {
		exports += fmt.Sprintf("export MOCK_DOCSPACE_CONTROL_TOKEN=%s\n", shellQuote(c.ControlToken)) // a curl for the control API reads it, and so does a server
	}
	_, err = io.WriteString(p.stdout, exports)
	return err
}

func (c *envCommand) key(ctx context.Context) (string, error) {
	flags := portalFlags{Portal: c.Portal, APIKey: c.APIKey, State: c.State}
	file, err := flags.readPortalFile(ctx)
	if err != nil {
		return "", err
	}
	portal := file.Portal
	if c.State != "" {
		state, found, err := flags.readStateFile(ctx)
		if err != nil {
			return "", err
		}
		if found {
			portal = state
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
		return "", errors.New("--portal: the owner has no token and no API key with all permissions: give --api-key, here and to the server")
	}
	return key, nil
}

// shellQuote quotes a text for a POSIX shell, unless every shell takes it as it is.
func shellQuote(text string) string {
	safe := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_./:@%+,=", r)
	}
	if text != "" && !strings.ContainsFunc(text, func(r rune) bool { return !safe(r) }) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
