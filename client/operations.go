package client

import (
	"context"
	"net/url"

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
