package mockserver

import (
	_ "embed"
)

// Settings are the switches of the portal. Everything else in the settings answer is constant or depends on the caller.
type Settings struct {
	ExternalShare                 bool `json:"externalShare"`
	ExternalShareSocialMedia      bool `json:"externalShareSocialMedia"` // as stored; in force only while ExternalShare is
	EnableThirdParty              bool `json:"enableThirdParty"`
	DefaultShareLinkInternal      bool `json:"defaultShareLinkInternal"`
	ExternalShareApplyToDocuments bool `json:"externalShareApplyToDocuments"`
	ExternalShareApplyToRooms     bool `json:"externalShareApplyToRooms"`
	BlockExistingLinksOnRestrict  bool `json:"blockExistingLinksOnRestrict"`
}

// FreshSettings are the switches of a fresh portal (FilesSettings.cs).
func FreshSettings() Settings {
	return Settings{
		ExternalShare:                 true,
		ExternalShareSocialMedia:      true,
		EnableThirdParty:              true,
		ExternalShareApplyToDocuments: true,
		ExternalShareApplyToRooms:     true,
		BlockExistingLinksOnRestrict:  true,
	}
}

// socialMediaInForce is what the portal answers: the switch counts only while external sharing is on (FilesSettings.cs).
func (s Settings) socialMediaInForce() bool { return s.ExternalShare && s.ExternalShareSocialMedia }

// setExternalShare switches external sharing. Off also switches social networks off; on does not bring them back
// (FilesSettings.cs).
func (s Settings) setExternalShare(on bool) Settings {
	s.ExternalShare = on
	if !on {
		s.ExternalShareSocialMedia = false
	}
	return s
}

// setSocialMedia stores on only while external sharing is on; off stays stored otherwise (FilesSettings.cs).
func (s Settings) setSocialMedia(on bool) Settings {
	s.ExternalShareSocialMedia = s.ExternalShare && on
	return s
}

// restricts says whether the portal refuses anonymous callers an existing public link into this section
// (ExternalShare.cs).
func (s Settings) restricts(section Section) bool {
	if s.ExternalShare || !s.BlockExistingLinksOnRestrict {
		return false
	}
	switch section {
	case SectionDocuments:
		return s.ExternalShareApplyToDocuments
	case SectionRooms:
		return s.ExternalShareApplyToRooms
	default:
		return false
	}
}
