package client

import (
	"context"
	"net/http"
	"strings"
)

// SharingPolicy is what a portal allows in external sharing: seven of its Files settings.
type SharingPolicy struct {
	ExternalShare            bool // links may be used by people without an account
	ExternalShareSocialMedia bool // share buttons of social networks are offered; never without ExternalShare
	EnableThirdParty         bool // storages of third parties may be connected

	// What follows came with the server v3.7.1; nil at a portal that does not have it.

	DefaultShareLinkInternal      *bool // new links are for people with an account unless chosen otherwise
	ExternalShareApplyToDocuments *bool // while external sharing is off: that holds for personal documents
	ExternalShareApplyToRooms     *bool // … and for rooms
	BlockExistingLinksOnRestrict  *bool // … and links made before stop working too
}

// String says what is on and off; nothing of what the portal does not tell.
func (p SharingPolicy) String() string {
	var parts []string
	for i, on := range []*bool{
		&p.ExternalShare, &p.ExternalShareSocialMedia, &p.EnableThirdParty, p.DefaultShareLinkInternal,
		p.ExternalShareApplyToDocuments, p.ExternalShareApplyToRooms, p.BlockExistingLinksOnRestrict,
	} {
		if on != nil {
			parts = append(parts, policyFields[i]+" "+onOff(*on))
		}
	}
	return strings.Join(parts, ", ")
}

// policyFields are the properties that SharingPolicy asks for, in the order of its fields; the server tells upper from lower case.
var policyFields = []string{
	"externalShare", "externalShareSocialMedia", "enableThirdParty", "defaultShareLinkInternal",
	"externalShareApplyToDocuments", "externalShareApplyToRooms", "blockExistingLinksOnRestrict",
}

// policyAnswer is the same with what is missing told apart.
type policyAnswer struct {
	ExternalShare                 *bool `json:"externalShare"`
	ExternalShareSocialMedia      *bool `json:"externalShareSocialMedia"`
	EnableThirdParty              *bool `json:"enableThirdParty"`
	DefaultShareLinkInternal      *bool `json:"defaultShareLinkInternal"`
	ExternalShareApplyToDocuments *bool `json:"externalShareApplyToDocuments"`
	ExternalShareApplyToRooms     *bool `json:"externalShareApplyToRooms"`
	BlockExistingLinksOnRestrict  *bool `json:"blockExistingLinksOnRestrict"`
}

// missing names the first of the properties that every portal has and that is not there.
func (a *policyAnswer) missing() string {
	switch {
	case a.ExternalShare == nil:
		return "externalShare"
	case a.ExternalShareSocialMedia == nil:
		return "externalShareSocialMedia"
	case a.EnableThirdParty == nil:
		return "enableThirdParty"
	default:
		return ""
	}
}

// SharingPolicy reads the seven flags of external sharing and nothing else of the settings, which is a tenth of the work of
// [Portal.FilesSettings]. A portal that ignores the filter is understood too, and one that filters everything away is
// asked once more for the whole.
//
// A real portal answers callers that it does not know, also those whose token has expired, with constants: external
// sharing on, whatever is in force. Use the credentials of an account.
func (p *Portal) SharingPolicy(ctx context.Context) (*SharingPolicy, error) {
	ctx = p.withSharedDeadline(ctx)
	seen, err := p.policy(ctx, true)
	if err == nil && seen.missing() != "" {
		seen, err = p.policy(ctx, false)
	}
	if err != nil {
		return nil, err
	}
	return &SharingPolicy{
		ExternalShare:                 *seen.ExternalShare,
		ExternalShareSocialMedia:      *seen.ExternalShareSocialMedia,
		EnableThirdParty:              *seen.EnableThirdParty,
		DefaultShareLinkInternal:      seen.DefaultShareLinkInternal,
		ExternalShareApplyToDocuments: seen.ExternalShareApplyToDocuments,
		ExternalShareApplyToRooms:     seen.ExternalShareApplyToRooms,
		BlockExistingLinksOnRestrict:  seen.BlockExistingLinksOnRestrict,
	}, nil
}

// policy asks for the flags alone, where some may be missing, or for the whole, where none may.
func (p *Portal) policy(ctx context.Context, filtered bool) (seen *policyAnswer, err error) {
	c, err := p.begin(ctx, opFilesSettings)
	defer func() { c.end(err) }()
	if err != nil {
		return nil, err
	}
	address := p.requests.settings
	if filtered {
		address = p.requests.policy
	}
	resp, err := p.get(c, address)
	seen, _, err = decodeAnswer[policyAnswer](c, resp, err)
	if err == nil && !filtered && seen.missing() != "" {
		return nil, &Error{
			Operation: c.operation, StatusCode: http.StatusOK, Attempts: c.attempt, kinds: []error{ErrMalformedResponse},
			detail: "property response." + seen.missing() + " is missing",
		}
	}
	return seen, err
}
