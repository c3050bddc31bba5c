package client

import (
	"context"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// ApplyExternalSharePassword sends a password for the share link with this key, once, with the portal's credentials. A real
// portal only checks the password, and remembers that this caller knew it (SecurityController.cs). The empty text means that
// no password is supplied. For passwords that people type in, use [Visitor.Unlock].
//
// When the link does not open, the error is a [*LinkError], and the share is returned beside it. The error matches one of
// [ErrInvalidPassword], [ErrPasswordRequired], [ErrLinkNotFound], [ErrLinkExpired], [ErrExternalAccessDenied] and
// [ErrUnknownStatus]. With any other error the share is nil. After five wrong passwords within a minute the error matches
// [ErrTooManyAttempts], even when the password is right.
func (p *Portal) ApplyExternalSharePassword(ctx context.Context, key, password string) (share *ExternalShare, err error) {
	c, err := p.beginPassword(ctx, key, password)
	defer func() { c.end(err) }()
	if err != nil {
		return nil, err
	}
	p.cfg.guard.count(key)
	return p.sendPassword(c, p.raw.Client, key, password)
}

// beginPassword begins a password call, and refuses arguments that cannot be sent. The arguments are secrets of the call.
func (p *Portal) beginPassword(ctx context.Context, key, password string) (*call, error) {
	c, err := p.begin(ctx, opApplyPassword)
	c.arguments = func() []string { return []string{key, password} }
	if err != nil {
		return c, err
	}
	if err := checkShareKey(c, key); err != nil {
		return c, err
	}
	if !utf8.ValidString(password) {
		// JSON cannot carry it. The encoder would replace a character, and the portal would count a wrong password.
		return c, c.refuse("the password is not valid UTF-8", ErrInvalidArgument)
	}
	return c, nil
}

// checkShareKey refuses the three keys that cannot be sent. All others are escaped and arrive byte for byte. The empty key
// leaves no segment in the path. A segment of dots alone means a directory, and is removed from the path in any escaping.
func checkShareKey(c *call, key string) error {
	switch key {
	case "":
		return c.refuse("the share key is empty", ErrInvalidShareKey, ErrInvalidArgument)
	case ".", "..":
		return c.refuse("the share key consists of dots alone and would change the address", ErrInvalidShareKey, ErrInvalidArgument)
	}
	return nil
}

// sendPassword sends a password that the guard counts as under way, and tells the guard the outcome.
func (p *Portal) sendPassword(c *call, doer api.HttpRequestDoer, key, password string) (share *ExternalShare, err error) {
	outcome := errUnfinished // unless it gets to its end: a hook, an editor or a transport may panic
	defer func() { p.cfg.guard.recordOutcome(key, outcome) }()

	raw := api.Client{Server: p.raw.Server, RequestEditors: p.raw.RequestEditors, Client: doer}
	resp, err := raw.ApplyExternalSharePassword(c, key, api.ExternalShareRequestParam{Password: &password})
	seen, body, err := decodeAnswer[shareAnswer](c, resp, err)
	if err == nil {
		share, err = seen.outcome(c, body)
	}
	outcome = err
	return share, err
}
