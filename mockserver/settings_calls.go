package mockserver

import (
	"context"
	"strconv"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
)

// GetFilesSettings answers the settings call.
func (o operations) GetFilesSettings(ctx context.Context, _ api.GetFilesSettingsRequestObject) (api.GetFilesSettingsResponseObject, error) {
	c := callFrom(ctx)
	body := c.state.settings.anonymous
	if c.caller != nil {
		c.because("A013")
		body = c.state.settings.signedIn
	} else {
		c.because(said{"A005", "A018"}.by(c.state.profile), said{server: "A006"}.by(c.state.profile))
	}
	fields := c.pickedFields()
	c.hintSettings(fields)
	if fields == nil {
		return c.successIn(body().envelope(c)), nil
	}
	return c.success(body().object.pick(fields).encode()), nil
}

// ExternalShare answers the call that switches external sharing.
func (o operations) ExternalShare(ctx context.Context, r api.ExternalShareRequestObject) (api.ExternalShareResponseObject, error) {
	return o.setFlag(callFrom(ctx), *r.Body.Set, func(s Settings, on bool) (Settings, bool) {
		s = s.setExternalShare(on)
		return s, s.ExternalShare
	})
}

// ExternalShareSocialMedia answers the call that switches sharing to social networks.
func (o operations) ExternalShareSocialMedia(ctx context.Context, r api.ExternalShareSocialMediaRequestObject) (api.ExternalShareSocialMediaResponseObject, error) {
	return o.setFlag(callFrom(ctx), *r.Body.Set, func(s Settings, on bool) (Settings, bool) {
		s = s.setSocialMedia(on)
		return s, s.socialMediaInForce()
	})
}

// setFlag changes the switches. change returns the new switches, and the value of the switch that is then in force, which is
// the answer.
func (o operations) setFlag(c *call, on bool, change func(Settings, bool) (Settings, bool)) (*answer, error) {
	if !c.caller.admin() {
		return nil, because(notAdmin(), "A119")
	}
	c.pickedFields()
	var inForce bool
	o.update(c.era, func(s *state) *state {
		var settings Settings
		settings, inForce = change(*s.portal.Settings, on)
		c.because("A101", s.portal.Settings.becomes(settings, on))
		for _, other := range c.otherReadings {
			if theirs, value := change(*s.portal.Settings, other.on); theirs != settings || value != inForce {
				c.readsOtherwise(other)
			}
		}
		return s.withSettings(settings)
	})
	return c.success(strconv.AppendBool(make([]byte, 0, len("false")), inForce)), nil
}

// ChangeExternalSharingSettings answers the call that sets the whole policy.
func (o operations) ChangeExternalSharingSettings(ctx context.Context, r api.ChangeExternalSharingSettingsRequestObject) (api.ChangeExternalSharingSettingsResponseObject, error) {
	c := callFrom(ctx)
	if !c.caller.admin() {
		return nil, because(notAdmin(), "A1058")
	}
	policy := Settings{
		ExternalShare:                 *r.Body.ExternalShare,
		DefaultShareLinkInternal:      *r.Body.DefaultShareLinkInternal,
		ExternalShareApplyToDocuments: *r.Body.ExternalShareApplyToDocuments,
		ExternalShareApplyToRooms:     *r.Body.ExternalShareApplyToRooms,
		BlockExistingLinksOnRestrict:  *r.Body.BlockExistingLinksOnRestrict,
	}
	var after Settings
	o.update(c.era, func(s *state) *state {
		after = s.portal.Settings.setPolicy(policy)
		return s.withSettings(after)
	})
	c.because("A1051")
	if !after.ExternalShare {
		c.because("A1053", "A1056")
	}
	response, err := picked(api.ExternalSharingSettingsDto{
		ExternalShare:                 &after.ExternalShare,
		DefaultShareLinkInternal:      &after.DefaultShareLinkInternal,
		ExternalShareApplyToDocuments: &after.ExternalShareApplyToDocuments,
		ExternalShareApplyToRooms:     &after.ExternalShareApplyToRooms,
		BlockExistingLinksOnRestrict:  &after.BlockExistingLinksOnRestrict,
	}, c.pickedFields())
	if err != nil {
		return nil, err
	}
	return c.success(response), nil
}
