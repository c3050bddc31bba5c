package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// controlFlags say how the portals are steered and watched.
type controlFlags struct {
	ControlAddr  string `group:"control" placeholder:"HOST:PORT" help:"Address of the control API, /__mock, in place of the one of the portal."`
	NoControl    bool   `group:"control" name:"no-control" help:"No control API."`
	ControlToken string `group:"control" placeholder:"TOKEN" help:"What the control API wants as X-Mock-Token: TOKEN or Authorization: Bearer TOKEN. Left out, it wants nothing on loopback, and one that is made up and told on stderr beyond."`
	Journal      int    `group:"control" default:"1000" placeholder:"N" help:"How many requests each portal's journal keeps; 0 keeps none (${default})."`
	Contract     string `group:"control" default:"warn" enum:"warn,enforce,off" placeholder:"MODE" help:"What becomes of requests that do not keep to the contract: warn tells it, enforce refuses them with 400, off does not look (${default})."`
}

// maxJournal bounds what the journal may be asked to keep: an entry can have some 20 KiB.
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
		return fmt.Errorf("--journal: must be between 0 and %d, not %d", maxJournal, f.Journal)
	case f.ControlAddr != "":
		return checkAddress("--control-addr", f.ControlAddr)
	default:
		return nil
	}
}

// serverOptions are those of every portal.
func (f *controlFlags) serverOptions() []mockserver.Option {
	return []mockserver.Option{mockserver.WithJournal(f.Journal), mockserver.WithContract(mockserver.ContractMode(f.Contract))}
}

// token is what the control API wants, "" for nothing. Beyond loopback it always wants one.
func (f *controlFlags) token(d *doors) string {
	exposed := d.control
	if exposed == nil && !f.NoControl {
		exposed = d.tcp
	}
	if f.ControlToken == "" && beyondLoopback(exposed) {
		return rand.Text()
	}
	return f.ControlToken
}
