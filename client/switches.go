package client

import (
	"context"
	"net/url"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// SetExternalShare allows or forbids external links on the whole portal, and returns the value now in force. When that
// is not the value asked for, the error is a [*NotInForceError]. Switching external sharing off also switches social media
// off. Switching it on does not switch social media on again. It needs the owner or a DocSpace administrator.
func (p *Portal) SetExternalShare(ctx context.Context, on bool) (inForce bool, err error) {
	c, err := p.begin(ctx, opExternalShare)
	defer func() { c.end(err) }()
	if err != nil {
		return false, err
	}
	return p.set(c, p.requests.external, on)
}

// SetExternalShareSocialMedia shows or hides the share buttons of social networks on the whole portal, and returns the
// value now in force. When that is not the value asked for, the error is a [*NotInForceError]. Social media can only be on
// while external sharing is on. It needs the owner or a DocSpace administrator.
func (p *Portal) SetExternalShareSocialMedia(ctx context.Context, on bool) (inForce bool, err error) {
	c, err := p.begin(ctx, opExternalShareSocialMedia)
	defer func() { c.end(err) }()
	if err != nil {
		return false, err
	}
	return p.set(c, p.requests.social, on)
}

// set changes one switch. It trusts the value in the answer, because a portal may answer 200 and keep another value.
func (p *Portal) set(c *call, address *url.URL, on bool) (bool, error) {
	resp, err := p.put(c, address, on)
	inForce, _, err := decodeAnswer[bool](c, resp, err)
	if err != nil {
		return false, err
	}
	if *inForce != on {
		return *inForce, &NotInForceError{Operation: c.operation, Asked: on, InForce: *inForce}
	}
	return *inForce, nil
}

// switchBody gives the value both names. The server reads `set`, and takes a body without it as off (DisplayRequestDto.cs).
// The published page has `displayValue`.
func switchBody(on bool) api.DisplayRequestDto {
	return api.DisplayRequestDto{DisplayValue: &on, Set: &on}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
