package client

import (
	"context"
	"strings"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// ExternalSharingSettings is the whole policy of external sharing, which a portal has since v3.7.1. It is five of the Files
// settings.
type ExternalSharingSettings struct {
	ExternalShare                 bool // people without an account may use links
	DefaultShareLinkInternal      bool // a new link is for people with an account; always on while ExternalShare is off
	ExternalShareApplyToDocuments bool // when external sharing is off, it is off for personal documents
	ExternalShareApplyToRooms     bool // when external sharing is off, it is off for rooms
	BlockExistingLinksOnRestrict  bool // when external sharing is off, links that were made before stop working too
}

// ExternalSharingSettings reads the policy of external sharing, as [Portal.SharingPolicy] does. A portal that does not have
// all five settings is older than v3.7.1, and the error matches [ErrMalformedResponse].
func (p *Portal) ExternalSharingSettings(ctx context.Context) (*ExternalSharingSettings, error) {
	policy, err := p.SharingPolicy(ctx)
	if err != nil {
		return nil, err
	}
	c := &call{operation: opFilesSettings}
	return c.sharingSettings(&api.ExternalSharingSettingsDto{
		ExternalShare: &policy.ExternalShare, DefaultShareLinkInternal: policy.DefaultShareLinkInternal,
		ExternalShareApplyToDocuments: policy.ExternalShareApplyToDocuments, ExternalShareApplyToRooms: policy.ExternalShareApplyToRooms,
		BlockExistingLinksOnRestrict: policy.BlockExistingLinksOnRestrict,
	})
}

// SetExternalSharingSettings sets the whole policy of external sharing, and returns what is in force now. When that is not
// what was asked for, the error is a [*NotInForceError], and what is in force is returned beside it. With any other error
// the result is nil.
//
// While ExternalShare is off, a portal makes every new link internal, so DefaultShareLinkInternal is then on, whatever was
// asked for. Switching external sharing off also switches social media off. It needs the owner or a DocSpace administrator.
func (p *Portal) SetExternalSharingSettings(ctx context.Context, asked ExternalSharingSettings) (inForce *ExternalSharingSettings, err error) {
	c, err := p.begin(ctx, opExternalSharingSettings)
	defer func() { c.end(err) }()
	if err != nil {
		return nil, err
	}
	resp, err := p.raw.ChangeExternalSharingSettings(c, nil, api.ExternalSharingSettingsRequestDto{
		ExternalShare: &asked.ExternalShare, DefaultShareLinkInternal: &asked.DefaultShareLinkInternal,
		ExternalShareApplyToDocuments: &asked.ExternalShareApplyToDocuments, ExternalShareApplyToRooms: &asked.ExternalShareApplyToRooms,
		BlockExistingLinksOnRestrict: &asked.BlockExistingLinksOnRestrict,
	})
	seen, _, err := decodeAnswer[api.ExternalSharingSettingsDto](c, resp, err)
	if err != nil {
		return nil, err
	}
	if inForce, err = c.sharingSettings(seen); err != nil {
		return nil, err
	}
	if !asked.ExternalShare {
		asked.DefaultShareLinkInternal = inForce.DefaultShareLinkInternal
	}
	if wrong := asked.differences(*inForce); len(wrong) > 0 {
		return inForce, &NotInForceError{Operation: c.operation, Properties: strings.Join(wrong, " ")}
	}
	return inForce, nil
}

// sharingSettings makes an error of a property that is missing, because false is not the same.
func (c *call) sharingSettings(seen *api.ExternalSharingSettingsDto) (*ExternalSharingSettings, error) {
	var s ExternalSharingSettings
	for i, flag := range s.flags() {
		property := []*bool{
			seen.ExternalShare, seen.DefaultShareLinkInternal, seen.ExternalShareApplyToDocuments, seen.ExternalShareApplyToRooms,
			seen.BlockExistingLinksOnRestrict,
		}[i]
		if property == nil {
			return nil, c.missingProperty(flag.name)
		}
		*flag.on = *property
	}
	return &s, nil
}

type namedFlag struct {
	name string
	on   *bool
}

// flags are the settings with their names in the contract.
func (s *ExternalSharingSettings) flags() []namedFlag {
	return []namedFlag{
		{"externalShare", &s.ExternalShare}, {"defaultShareLinkInternal", &s.DefaultShareLinkInternal},
		{"externalShareApplyToDocuments", &s.ExternalShareApplyToDocuments}, {"externalShareApplyToRooms", &s.ExternalShareApplyToRooms},
		{"blockExistingLinksOnRestrict", &s.BlockExistingLinksOnRestrict},
	}
}

// differences names the settings that are not the same.
func (s ExternalSharingSettings) differences(other ExternalSharingSettings) []string {
	var names []string
	theirs := other.flags()
	for i, flag := range s.flags() {
		if *flag.on != *theirs[i].on {
			names = append(names, flag.name)
		}
	}
	return names
}

// String names the settings, each with on or off.
func (s ExternalSharingSettings) String() string {
	var parts []string
	for _, flag := range s.flags() {
		parts = append(parts, flag.name+" "+onOff(*flag.on))
	}
	return strings.Join(parts, ", ")
}
