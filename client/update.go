package client

import (
	"context"
	"strings"
)

// SharingUpdate says which switches [Portal.UpdateSharing] changes. Make the values with [On] and [Off].
type SharingUpdate struct {
	ExternalShare *bool // external sharing; nil leaves it alone
	SocialMedia   *bool // the share buttons of social networks; nil leaves them alone
}

// String names the switches to change, each with on or off.
func (u SharingUpdate) String() string {
	var parts []string
	if u.ExternalShare != nil {
		parts = append(parts, "externalShare "+onOff(*u.ExternalShare))
	}
	if u.SocialMedia != nil {
		parts = append(parts, "externalShareSocialMedia "+onOff(*u.SocialMedia))
	}
	return strings.Join(parts, ", ")
}

// On switches a field of a [SharingUpdate] on.
func On() *bool { on := true; return &on }

// Off switches a field of a [SharingUpdate] off.
func Off() *bool { return new(bool) }

// SharingChange is what [Portal.UpdateSharing] did.
type SharingChange struct {
	Before SharingPolicy // as read before the first switch was sent
	After  SharingPolicy // as read back after the last switch
}

// UpdateSharing changes the switches in the order that works: external sharing first, then social media, which can only be on
// while external sharing is on. Then it reads the policy back. It returns the policy before and after the change. It sends a
// switch even when the policy already has the value, because only the answer to a change proves the value.
//
// When it fails after it has sent a switch, the error is an [*UpdateError], which says what is in force. Its cause is a
// [*NotInForceError] when the portal kept another value, or had another value when it was read back. UpdateSharing refuses an
// empty update, and {ExternalShare: Off(), SocialMedia: On()}, which contradicts itself. The time of [WithTimeout] counts for
// all requests together. Reading the policy after a failure has that time once more. The call needs the owner or a DocSpace
// administrator.
func (p *Portal) UpdateSharing(ctx context.Context, update SharingUpdate) (*SharingChange, error) {
	c, err := p.begin(ctx, opExternalShare) // only for the refusals; each request is a call of its own
	switch {
	case err != nil:
		return nil, err
	case update == (SharingUpdate{}):
		return nil, c.refuse("the update changes nothing", ErrInvalidArgument)
	case update.ExternalShare != nil && update.SocialMedia != nil && !*update.ExternalShare && *update.SocialMedia:
		return nil, c.refuse("social media cannot be on while external sharing is off", ErrInvalidArgument)
	}
	shared := p.withSharedDeadline(ctx)
	before, err := p.SharingPolicy(shared)
	if err != nil {
		return nil, err
	}
	var done SharingUpdate
	if update.ExternalShare != nil {
		inForce, err := p.SetExternalShare(shared, *update.ExternalShare)
		if err != nil {
			return nil, p.failUpdate(ctx, &UpdateError{Step: opExternalShare, Done: done, Before: *before, Err: err})
		}
		done.ExternalShare = &inForce
	}
	if update.SocialMedia != nil {
		inForce, err := p.SetExternalShareSocialMedia(shared, *update.SocialMedia)
		if err != nil {
			return nil, p.failUpdate(ctx, &UpdateError{Step: opExternalShareSocialMedia, Done: done, Before: *before, Err: err})
		}
		done.SocialMedia = &inForce
	}
	after, err := p.SharingPolicy(shared)
	if err != nil {
		return nil, &UpdateError{Step: opFilesSettings, Done: done, Before: *before, Err: err}
	}
	if err := update.checkInForce(after); err != nil {
		return nil, &UpdateError{Step: opFilesSettings, Done: done, Before: *before, InForce: after, Err: err}
	}
	return &SharingChange{Before: *before, After: *after}, nil
}

// failUpdate reads what is in force, unless the caller's context has ended. The portal may have done the change that failed.
func (p *Portal) failUpdate(ctx context.Context, e *UpdateError) error {
	if ctx.Err() == nil {
		e.InForce, _ = p.SharingPolicy(ctx) // the first failure is the one to report
	}
	return e
}

// checkInForce compares the values asked for with the policy that was read back.
func (u SharingUpdate) checkInForce(after *SharingPolicy) error {
	if u.ExternalShare != nil && *u.ExternalShare != after.ExternalShare {
		return &NotInForceError{Operation: opExternalShare, Asked: *u.ExternalShare, InForce: after.ExternalShare}
	}
	if u.SocialMedia != nil && *u.SocialMedia != after.ExternalShareSocialMedia {
		return &NotInForceError{Operation: opExternalShareSocialMedia, Asked: *u.SocialMedia, InForce: after.ExternalShareSocialMedia}
	}
	return nil
}
