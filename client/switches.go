package client

import (
	"context"
	"net/url"
)

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
	inForce, _, err := decodeAnswer[bool](c, resp, err)
	return checkInForce(c, on, inForce, err)
}

// compare trusts the value in the answer, not the 200 around it.
func checkInForce(c *call, asked bool, inForce *bool, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	if *inForce != asked {
		return *inForce, &NotInForceError{Operation: c.operation, Asked: asked, InForce: *inForce}
	}
	return *inForce, nil
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
