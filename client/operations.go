package client

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"
	"unicode/utf8"
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
func (p *Portal) FilesSettings(ctx context.Context) (*FilesSettings, error) {
	c, err := p.begin(ctx, opFilesSettings)
	if err != nil {
		return nil, err
	}
	resp, err := p.get(ctx, c, p.requests.settings)
	settings, body, err := answer[FilesSettings](c, resp, err)
	if err != nil {
		return nil, err
	}
	settings.Extra = unknownOf[FilesSettingsDto](body)
	return settings, nil
}

// SetExternalShare allows or forbids external links on the whole portal, and returns the value now in force. When that
// is not the value asked for, the error is a [*NotInForceError]. Switching off also switches sharing to social networks
// off, and switching on does not bring that back. For the owner and DocSpace administrators.
func (p *Portal) SetExternalShare(ctx context.Context, on bool) (bool, error) {
	c, err := p.begin(ctx, opExternalShare)
	if err != nil {
		return false, err
	}
	return p.set(ctx, c, p.requests.external, on)
}

// SetExternalShareSocialMedia offers or hides the share buttons of social networks on the whole portal, and returns the
// value now in force. When that is not the value asked for, the error is a [*NotInForceError]: it can only be on while
// external sharing is. For the owner and DocSpace administrators.
func (p *Portal) SetExternalShareSocialMedia(ctx context.Context, on bool) (bool, error) {
	c, err := p.begin(ctx, opExternalShareSocialMedia)
	if err != nil {
		return false, err
	}
	return p.set(ctx, c, p.requests.social, on)
}

func (p *Portal) set(ctx context.Context, c *call, address *url.URL, on bool) (bool, error) {
	resp, err := p.put(ctx, c, address, on)
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
func (p *Portal) ApplyExternalSharePassword(ctx context.Context, key, password string) (*ExternalShare, error) {
	c, err := p.beginSecret(ctx, opApplyPassword, key, password)
	if err != nil {
		return nil, err
	}
	if err := checkPassword(c, key, password); err != nil {
		return nil, err
	}
	share, err := p.password(ctx, c, p.raw.Client, key, password)
	p.guard().leave(key, false, err)
	return share, err
}

// Unlock tries a password for the share link with this key as a visitor does: without the portal's credentials, and with
// the cookies that the portal has set before, which let in whoever was let in. The cookies stay with the Portal, see
// [Portal.VisitorJar]. Outcomes are those of [Portal.ApplyExternalSharePassword].
//
// A portal locks a link for an address at the sixth attempt after five wrong ones within a minute. Unlock does not send
// that one: the error matches [ErrTooManyAttempts], and [Error.RetryAfter] says how long to wait. It knows the attempts
// of this Portal only. [WithoutAttemptGuard] is for those who want to send it all the same.
func (p *Portal) Unlock(ctx context.Context, key, password string) (*ExternalShare, error) {
	c, err := p.beginSecret(ctx, opApplyPassword, key, password)
	if err != nil {
		return nil, err
	}
	if err := checkPassword(c, key, password); err != nil {
		return nil, err
	}
	switch wait, err := p.guard().enter(ctx, key); {
	case err != nil:
		refused := c.refuse("nothing was sent: other attempts at this link were still under way", ErrConnection)
		refused.cause = newCause(nil, err)
		return nil, refused
	case wait > 0:
		refused := c.refuse("nothing was sent, since the portal would lock the link; try again in "+wait.Round(time.Second).String(), ErrTooManyAttempts)
		refused.RetryAfter = wait
		return nil, refused
	}
	var share *ExternalShare
	err = errUnfinished
	defer func() { p.guard().leave(key, true, err) }() // also when somebody's code below panics
	share, err = p.password(ctx, c, p.visitor.doer, key, password)
	return share, err
}

var errUnfinished = errors.New("the call did not come to its end")

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

func (p *Portal) password(ctx context.Context, c *call, doer HttpRequestDoer, key, password string) (*ExternalShare, error) {
	raw := Client{Server: p.raw.Server, RequestEditors: p.raw.RequestEditors, Client: withCall(c, doer)} //nolint:contextcheck // ctx is in the call
	resp, err := raw.ApplyExternalSharePassword(ctx, key, ExternalShareRequestParam{Password: &password})
	seen, body, err := answer[shareAnswer](c, resp, err)
	if err != nil {
		return nil, err
	}
	return seen.outcome(c, body)
}

// withCall makes a request of the generated client one of this call.
func withCall(c *call, next HttpRequestDoer) HttpRequestDoer {
	return doerFunc(func(req *http.Request) (*http.Response, error) { return next.Do(req.WithContext(c)) })
}
