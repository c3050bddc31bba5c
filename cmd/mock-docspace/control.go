package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// controlFlags are about the control API, the journal, the contract and the cost of signing in: what all portals share.
type controlFlags struct {
	ControlAddr    string `group:"control" placeholder:"HOST:PORT" help:"Serve the control API (/__mock) on this address, and not on the address of the portal."`
	NoControl      bool   `group:"control" name:"no-control" help:"Switch the control API off."`
	ControlToken   string `group:"control" placeholder:"TOKEN" help:"Token that requests to the control API need, as X-Mock-Token: TOKEN or Authorization: Bearer TOKEN. By default no token is needed on loopback; beyond loopback the program makes a random token and prints it to stderr."`
	Journal        int    `group:"control" default:"1000" placeholder:"N" help:"Number of requests that the journal of each portal keeps; 0 keeps none (default: ${default})."`
	Contract       string `group:"control" default:"warn" enum:"warn,enforce,off" placeholder:"MODE" help:"What to do with requests that violate the contract (openapi.yaml): warn reports the violations, enforce also answers 400, off does not look for any (default: ${default})."`
	PasswordRounds int    `group:"portal" default:"100000" placeholder:"N" help:"How often a password is hashed when somebody signs in. A portal does it ${default} times, which takes about a tenth of a second; tests can do with 1 (default: ${default})."`
}

// portalRounds is how often a portal hashes a password.
const portalRounds = 100_000

// maxJournal limits --journal, since an entry can have some 20 KiB.
const maxJournal = 1_000_000

func (f *controlFlags) check() error {
	switch {
	case f.NoControl && f.ControlAddr != "":
		return errors.New("--no-control: --control-addr says where the control API is: leave out one of them")
	case f.NoControl && f.ControlToken != "":
		return errors.New("--no-control: --control-token is for the control API: leave out one of them")
	case strings.ContainsFunc(f.ControlToken, func(r rune) bool { return r <= ' ' || r > '~' }):
		return errors.New("--control-token: it is sent in a header: use visible ASCII characters without blanks")
	case f.Journal < 0 || f.Journal > maxJournal:
		return fmt.Errorf("--journal: must be 0 or more, and at most %d, not %d", maxJournal, f.Journal)
	case f.PasswordRounds < 1 || f.PasswordRounds > portalRounds:
		return fmt.Errorf("--password-rounds: must be between 1 and %d, not %d", portalRounds, f.PasswordRounds)
	case f.ControlAddr != "":
		return checkAddress("--control-addr", f.ControlAddr)
	default:
		return nil
	}
}

// serverOptions are the options of every portal.
func (f *controlFlags) serverOptions() []mockserver.Option {
	return []mockserver.Option{mockserver.WithJournal(f.Journal), mockserver.WithContract(mockserver.ContractMode(f.Contract)), mockserver.WithPasswordRounds(f.PasswordRounds)}
}

// requiredToken is the token that requests to the control API need. It is empty when they need none, which is possible on
// loopback only.
func (f *controlFlags) requiredToken(l *listeners) string {
	listener := l.control
	if listener == nil && !f.NoControl {
		listener = l.tcp
	}
	if f.ControlToken == "" && beyondLoopback(listener) {
		return rand.Text()
	}
	return f.ControlToken
}
