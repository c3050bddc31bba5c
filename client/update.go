package client

import (
	"context"
	"strings"
)

// SharingUpdate is what [Portal.UpdateSharing] is to change; nil leaves a switch alone. [On] and [Off] make the values.
type SharingUpdate struct {
	ExternalShare *bool
	SocialMedia   *bool
}

// String says what is to be on and off.
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

// On is a switch of a [SharingUpdate] that is to be on.
func On() *bool { on := true; return &on }

// Off is a switch of a [SharingUpdate] that is to be off.
func Off() *bool { return new(bool) }

// SharingChange is a change that was made: the policy as it was, and as it is.
type SharingChange struct {
	Before, After SharingPolicy
}

// UpdateSharing changes the switches in the order that works, external sharing before social media, which can only be on
// with it; then it reads the policy back, and returns it as it was before and as it is after. A switch is also sent when
// it seems to be as it should: only an answer to a change proves anything.
//
// A failure after the first change has been sent is an [*UpdateError], which says what is in force. One of its causes is
// [*NotInForceError]: the portal kept another value, or it was another one again when it was read back. The update
// {ExternalShare: Off(), SocialMedia: On()} contradicts itself and is refused, and so is an empty one. [WithTimeout] holds
// for the whole; what is read after a failure has that time once more. For the owner and DocSpace administrators.
func (p *Portal) UpdateSharing(ctx context.Context, update SharingUpdate) (*SharingChange, error) {
	c, err := p.begin(ctx, opExternalShare) // for what is refused; each request is a call of its own
	switch {
	case err != nil:
		return nil, err
	case update == (SharingUpdate{}):
		return nil, c.refuse("the update changes nothing", ErrInvalidArgument)
	case update.ExternalShare != nil && update.SocialMedia != nil && !*update.ExternalShare && *update.SocialMedia:
		return nil, c.refuse("social media cannot be on while external sharing is off", ErrInvalidArgument)
	}
	given := ctx
	ctx = p.withSharedDeadline(ctx)
	before, err := p.SharingPolicy(ctx)
	if err != nil {
		return nil, err
	}
	var done SharingUpdate
	for _, step := range []struct {
		operation string
		asked     *bool
		done      **bool
		set       func(context.Context, bool) (bool, error)
	}{
		{opExternalShare, update.ExternalShare, &done.ExternalShare, p.SetExternalShare},
		{opExternalShareSocialMedia, update.SocialMedia, &done.SocialMedia, p.SetExternalShareSocialMedia},
	} {
		if step.asked == nil {
			continue
		}
		inForce, err := step.set(ctx, *step.asked)
		if err != nil {
			return nil, p.readAfterFailure(given, &UpdateError{Step: step.operation, Done: done, Before: *before, Err: err})
		}
		*step.done = &inForce
	}
	after, err := p.SharingPolicy(ctx)
	if err != nil {
		return nil, &UpdateError{Step: opFilesSettings, Done: done, Before: *before, Err: err}
	}
	if err := update.inForce(after); err != nil {
		return nil, &UpdateError{Step: opFilesSettings, Done: done, Before: *before, InForce: after, Err: err}
	}
	return &SharingChange{Before: *before, After: *after}, nil
}

// halfway asks the portal what is in force, as long as the caller's time allows. What failed may have been done.
func (p *Portal) readAfterFailure(ctx context.Context, e *UpdateError) error {
	if ctx.Err() == nil {
		e.InForce, _ = p.SharingPolicy(ctx) // the failure that counts is the first
	}
	return e
}

// inForce compares what was asked for with what was read back.
func (u SharingUpdate) inForce(after *SharingPolicy) error {
	if u.ExternalShare != nil && *u.ExternalShare != after.ExternalShare {
		return &NotInForceError{Operation: opExternalShare, Asked: *u.ExternalShare, InForce: after.ExternalShare}
	}
	if u.SocialMedia != nil && *u.SocialMedia != after.ExternalShareSocialMedia {
		return &NotInForceError{Operation: opExternalShareSocialMedia, Asked: *u.SocialMedia, InForce: after.ExternalShareSocialMedia}
	}
	return nil
}
