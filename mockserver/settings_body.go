package mockserver

import (
	_ "embed"
	"sync"
)

// settings.json is the settings body of a fresh portal of v3.7.2, signed in, in the server's order
// (FilesSettingsDto.cs; values from FilesSettings.cs and the shipped appsettings.json).
//
//go:embed settings.json
var freshSettingsJSON []byte

var freshSettingsBody = sync.OnceValue(func() object {
	body, err := parseObject(freshSettingsJSON)
	if err != nil {
		panic("settings.json: " + err.Error()) // part of the program, held by its tests
	}
	return body
})

// settingsBody is the settings answer to one kind of caller, encoded once.
type settingsBody struct {
	object  object
	encoded []byte
}

// answer is the body, or what fields leaves of it.
func (b settingsBody) answer(fields []string) []byte {
	if fields == nil {
		return b.encoded
	}
	return b.object.pick(fields).encode()
}

// settingsView gives the settings as they stand to people with an account and to anonymous callers. Each body is made at
// the first call, so that a change nobody reads costs nothing.
type settingsView struct {
	signedIn, anonymous func() settingsBody
}

func newSettingsView(s Settings) *settingsView {
	return &settingsView{
		signedIn: sync.OnceValue(func() settingsBody {
			return newSettingsBody(freshSettingsBody().
				with("enableThirdParty", s.EnableThirdParty).
				with("externalShare", s.ExternalShare).
				with("externalShareSocialMedia", s.socialMediaInForce()).
				with("defaultShareLinkInternal", s.DefaultShareLinkInternal).
				with("externalShareApplyToDocuments", s.ExternalShareApplyToDocuments).
				with("externalShareApplyToRooms", s.ExternalShareApplyToRooms).
				with("blockExistingLinksOnRestrict", s.BlockExistingLinksOnRestrict))
		}),
		// FilesSettings.cs: without an account the stored settings are replaced by an instance that is false throughout,
		// except for enableThirdParty; the two sharing switches are stored inverted, and so come out true.
		anonymous: sync.OnceValue(func() settingsBody {
			return newSettingsBody(freshSettingsBody().
				with("enableThirdParty", s.EnableThirdParty).
				with("externalShare", true).
				with("externalShareSocialMedia", true).
				with("storeOriginalFiles", false).
				with("organizeRoomsGrouping", false).
				with("defaultShareLinkInternal", false).
				with("externalShareApplyToDocuments", false).
				with("externalShareApplyToRooms", false).
				with("blockExistingLinksOnRestrict", false))
		}),
	}
}

func newSettingsBody(o object) settingsBody { return settingsBody{object: o, encoded: o.encode()} }
