package mockserver

// Settings are the switches of the portal. The other properties of the settings answer are constant or depend on the caller.
type Settings struct {
	ExternalShare                 bool `json:"externalShare"`
	ExternalShareSocialMedia      bool `json:"externalShareSocialMedia"` // as stored; has an effect only while ExternalShare is true
	EnableThirdParty              bool `json:"enableThirdParty"`
	DefaultShareLinkInternal      bool `json:"defaultShareLinkInternal"`
	ExternalShareApplyToDocuments bool `json:"externalShareApplyToDocuments"` // restrict links into documents while ExternalShare is false
	ExternalShareApplyToRooms     bool `json:"externalShareApplyToRooms"`     // restrict links into rooms while ExternalShare is false
	BlockExistingLinksOnRestrict  bool `json:"blockExistingLinksOnRestrict"`  // the restrictions also block existing links
}

// FreshSettings returns the switches of a fresh portal (FilesSettings.cs): all are true except DefaultShareLinkInternal.
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

// socialMediaInForce is the value that the portal answers: the switch has an effect only while external sharing is on
// (FilesSettings.cs).
func (s Settings) socialMediaInForce() bool { return s.ExternalShare && s.ExternalShareSocialMedia }

// setExternalShare switches external sharing. Off also switches social networks off, and on does not switch them on again
// (FilesSettings.cs).
func (s Settings) setExternalShare(on bool) Settings {
	s.ExternalShare = on
	if !on {
		s.ExternalShareSocialMedia = false
	}
	return s
}

// setSocialMedia switches social networks. While external sharing is off, the stored value becomes off (FilesSettings.cs).
func (s Settings) setSocialMedia(on bool) Settings {
	s.ExternalShareSocialMedia = s.ExternalShare && on
	return s
}

// becomes is the claim about how one switch changes the other one, or why it does not; "" when they have nothing to do with each other.
func (s *Settings) becomes(after Settings, on bool) string {
	switch {
	case s.ExternalShareSocialMedia && s.ExternalShare && !after.ExternalShare:
		return "A121"
	case !s.ExternalShare && after.ExternalShare:
		return "A122"
	case on && !after.ExternalShare:
		return "A123"
	default:
		return ""
	}
}

// setPolicy sets the whole policy. While external sharing is off, new links are internal and social networks are off
// (FilesSettings.cs; recorded: VF012, VF036).
func (s Settings) setPolicy(policy Settings) Settings {
	s = s.setExternalShare(policy.ExternalShare)
	s.DefaultShareLinkInternal = !policy.ExternalShare || policy.DefaultShareLinkInternal
	s.ExternalShareApplyToDocuments = policy.ExternalShareApplyToDocuments
	s.ExternalShareApplyToRooms = policy.ExternalShareApplyToRooms
	s.BlockExistingLinksOnRestrict = policy.BlockExistingLinksOnRestrict
	return s
}

// restricts says whether the portal refuses existing public links into this section to anonymous callers (ExternalShare.cs).
func (s Settings) restricts(section Section) bool {
	return s.BlockExistingLinksOnRestrict && s.forbids(section)
}

// forbids says whether external sharing is off for this section, so that new public links cannot be made there.
func (s Settings) forbids(section Section) bool {
	switch {
	case s.ExternalShare:
		return false
	case section == SectionDocuments:
		return s.ExternalShareApplyToDocuments
	case section == SectionRooms:
		return s.ExternalShareApplyToRooms
	default:
		return false
	}
}
