package client

import (
	"context"
	"net/url"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// The operations, named as in the contract; [Error.Operation] holds one of them.
const (
	opFilesSettings            = "getFilesSettings"
	opExternalShare            = "externalShare"
	opExternalShareSocialMedia = "externalShareSocialMedia"
	opApplyPassword            = "applyExternalSharePassword"
)

// FilesSettings reads the portal's Files settings: the caller's preferences, the portal's switches and the tables of
// formats, in one object. A real portal also answers callers without credentials, with constants instead of its state.
// Those who need the switches only are better off with [Portal.SharingPolicy].
func (p *Portal) FilesSettings(ctx context.Context) (settings *FilesSettings, err error) {
	c, err := p.begin(ctx, opFilesSettings)
	defer func() { c.end(err) }()
	if err != nil {
		return nil, err
	}
	resp, err := p.get(c, p.requests.settings)
	settings, body, err := answer[FilesSettings](c, resp, err)
	if err != nil {
		return nil, err
	}
	settings.Extra = unknownOf[api.FilesSettingsDto](body)
	return settings, nil
}

// SetExternalShare allows or forbids external links on the whole portal, and returns the value now in force. When that
// is not the value asked for, the error is a [*NotInForceError]. Switching off also switches sharing to social networks
// off, and switching on does not bring that back. For the owner and DocSpace administrators.
func (p *Portal) SetExternalShare(ctx context.Context, on bool) (inForce bool, err error) {
	c, err := p.begin(ctx, opExternalShare)
	defer func() { c.end(err) }()
	if err != nil {
		return false, err
	}
	return p.set(c, p.requests.external, on)
}

// SetExternalShareSocialMedia offers or hides the share buttons of social networks on the whole portal, and returns the
// value now in force. When that is not the value asked for, the error is a [*NotInForceError]: it can only be on while
// external sharing is. For the owner and DocSpace administrators.
func (p *Portal) SetExternalShareSocialMedia(ctx context.Context, on bool) (inForce bool, err error) {
	c, err := p.begin(ctx, opExternalShareSocialMedia)
	defer func() { c.end(err) }()
	if err != nil {
		return false, err
	}
	return p.set(c, p.requests.social, on)
}

func (p *Portal) set(c *call, address *url.URL, on bool) (bool, error) {
	resp, err := p.put(c, address, on)
	inForce, _, err := answer[bool](c, resp, err)
	return compare(c, on, inForce, err)
}

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
	share, err = p.password(c, p.raw.Client, key, password)
	outcome = err
	return share, err
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

func (p *Portal) password(c *call, doer api.HttpRequestDoer, key, password string) (*ExternalShare, error) {
	raw := api.Client{Server: p.raw.Server, RequestEditors: p.raw.RequestEditors, Client: doer}
	resp, err := raw.ApplyExternalSharePassword(c, key, api.ExternalShareRequestParam{Password: &password})
	seen, body, err := answer[shareAnswer](c, resp, err)
	if err != nil {
		return nil, err
	}
	return seen.outcome(c, body)
}
