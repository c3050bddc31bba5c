package client

import (
	"context"
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
func (p *Portal) FilesSettings(ctx context.Context) (*FilesSettings, error) {
	c, err := p.begin(ctx, opFilesSettings)
	if err != nil {
		return nil, err
	}
	resp, err := p.api.GetFilesSettings(ctx, nil)
	return answer[FilesSettings](c, resp, err)
}

// SetExternalShare allows or forbids external links on the whole portal, and returns the value now in force. When that
// is not the value asked for, the error is a [*NotInForceError]. Switching off also switches sharing to social networks
// off, and switching on does not bring that back. For the owner and DocSpace administrators.
func (p *Portal) SetExternalShare(ctx context.Context, on bool) (bool, error) {
	c, err := p.begin(ctx, opExternalShare)
	if err != nil {
		return false, err
	}
	resp, err := p.api.ExternalShare(ctx, display(on))
	inForce, err := answer[bool](c, resp, err)
	return compare(c, on, inForce, err)
}

// SetExternalShareSocialMedia offers or hides the share buttons of social networks on the whole portal, and returns the
// value now in force. When that is not the value asked for, the error is a [*NotInForceError]: it can only be on while
// external sharing is. For the owner and DocSpace administrators.
func (p *Portal) SetExternalShareSocialMedia(ctx context.Context, on bool) (bool, error) {
	c, err := p.begin(ctx, opExternalShareSocialMedia)
	if err != nil {
		return false, err
	}
	resp, err := p.api.ExternalShareSocialMedia(ctx, display(on))
	inForce, err := answer[bool](c, resp, err)
	return compare(c, on, inForce, err)
}

// ApplyExternalSharePassword sends a password for the share link with this key, once. A real portal only checks it and
// remembers a right one for this caller (SecurityController.cs); the empty text means that no password is supplied.
//
// When the portal answers with another outcome than an open link, the error is a [*LinkError] and matches one of
// [ErrInvalidPassword], [ErrPasswordRequired], [ErrLinkNotFound], [ErrLinkExpired], [ErrExternalAccessDenied] and
// [ErrUnknownStatus]; the share is returned beside it. On any other error the share is nil. After five wrong passwords
// within a minute the error matches [ErrTooManyAttempts], also for a right one.
func (p *Portal) ApplyExternalSharePassword(ctx context.Context, key, password string) (*ExternalShare, error) {
	c, err := p.begin(ctx, opApplyPassword, key, password)
	if err != nil {
		return nil, err
	}
	if err := checkShareKey(c, key); err != nil {
		return nil, err
	}
	if !utf8.ValidString(password) {
		// JSON cannot carry it: the encoder would put another character in, and the portal would count a wrong try.
		return nil, c.refuse("the password is not valid UTF-8", ErrInvalidArgument)
	}
	resp, err := p.api.ApplyExternalSharePassword(ctx, key, ExternalShareRequestParam{Password: &password})
	seen, err := answer[shareAnswer](c, resp, err)
	if err != nil {
		return nil, err
	}
	return seen.outcome(c)
}

// display says it under both names: the server reads `set` (DisplayRequestDto.cs) and takes its absence as off, the
// published page has `displayValue`.
func display(on bool) DisplayRequestDto {
	return DisplayRequestDto{DisplayValue: &on, Set: &on}
}
