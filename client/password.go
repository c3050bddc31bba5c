package client

import (
	"context"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// ApplyExternalSharePassword sends a password for the share link with this key, once, with the portal's credentials. A
// real portal only checks it and remembers a right one for this caller (SecurityController.cs); the empty text means that
// no password is supplied. Passwords that people type in are a case for [Portal.Unlock].
//
// When the portal answers with another outcome than an open link, the error is a [*LinkError] and matches one of
// [ErrInvalidPassword], [ErrPasswordRequired], [ErrLinkNotFound], [ErrLinkExpired], [ErrExternalAccessDenied] and
// [ErrUnknownStatus]; the share is returned beside it. On any other error the share is nil. After five wrong passwords
// within a minute the error matches [ErrTooManyAttempts], also for a right one.
func (p *Portal) ApplyExternalSharePassword(ctx context.Context, key, password string) (share *ExternalShare, err error) {
	c, err := p.beginPassword(ctx, key, password)
	defer func() { c.end(err) }()
	if err != nil {
		return nil, err
	}
	outcome := errUnfinished
	p.cfg.guard.join(key)
	defer func() { p.cfg.guard.leave(key, outcome) }()
	share, err = p.sendPassword(c, p.raw.Client, key, password)
	outcome = err
	return share, err
}

// beginPassword begins a password call, whose arguments are secrets too. It refuses what cannot be sent, or must not be.
func (p *Portal) beginPassword(ctx context.Context, key, password string) (*call, error) {
	c, err := p.begin(ctx, opApplyPassword)
	c.own = func() []string { return []string{key, password} }
	if err == nil {
		err = checkPassword(c, key, password)
	}
	return c, err
}

// checkPassword refuses what cannot be sent, or must not be.
func checkPassword(c *call, key, password string) error {
	if err := checkShareKey(c, key); err != nil {
		return err
	}
	if !utf8.ValidString(password) {
		// JSON cannot carry it: the encoder would put another character in, and the portal would count a wrong try.
		return c.refuse("the password is not valid UTF-8", ErrInvalidArgument)
	}
	return nil
}

// checkShareKey refuses the three keys that cannot be sent. All others are escaped and arrive byte for byte; but the
// empty one leaves no path segment, and a segment of dots alone means a directory and is resolved away, in any escaping.
func checkShareKey(c *call, key string) error {
	switch key {
	case "":
		return c.refuse("the share key is empty", ErrInvalidShareKey, ErrInvalidArgument)
	case ".", "..":
		return c.refuse("the share key consists of dots alone and would change the address", ErrInvalidShareKey, ErrInvalidArgument)
	}
	return nil
}

func (p *Portal) sendPassword(c *call, doer api.HttpRequestDoer, key, password string) (*ExternalShare, error) {
	raw := api.Client{Server: p.raw.Server, RequestEditors: p.raw.RequestEditors, Client: doer}
	resp, err := raw.ApplyExternalSharePassword(c, key, api.ExternalShareRequestParam{Password: &password})
	seen, body, err := decodeAnswer[shareAnswer](c, resp, err)
	if err != nil {
		return nil, err
	}
	return seen.outcome(c, body)
}
