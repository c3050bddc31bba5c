package client

import "context"

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

// policyFields are the properties that SharingPolicy asks for; the server tells upper from lower case.
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

// SharingPolicy reads the seven flags of external sharing and nothing else of the settings, which costs a tenth of
// [Portal.FilesSettings]. A portal that ignores the filter is understood too, and one that filters everything away is
// asked once more for the whole.
//
// A real portal answers callers that it does not know, also those whose token has expired, with constants: external
// sharing on, whatever is in force. Use the credentials of an account.
func (p *Portal) SharingPolicy(ctx context.Context) (*SharingPolicy, error) {
	c, err := p.begin(ctx, opFilesSettings)
	if err != nil {
		return nil, err
	}
	resp, err := p.get(ctx, c, p.requests.policy)
	seen, _, err := answer[policyAnswer](c, resp, err)
	if err == nil && seen.missing() != "" {
		if c, err = p.begin(ctx, opFilesSettings); err != nil {
			return nil, err
		}
		resp, err = p.get(ctx, c, p.requests.settings)
		seen, _, err = answer[policyAnswer](c, resp, err)
	}
	if err != nil {
		return nil, err
	}
	if name := seen.missing(); name != "" {
		return nil, &Error{
			Operation: c.operation, StatusCode: 200, Attempts: c.attempt, classes: []error{ErrMalformedResponse},
			detail: "property response." + name + " is missing",
		}
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
