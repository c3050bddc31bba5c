package mockserver

import (
	_ "embed"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// freshSettingsJSON is the settings body of a fresh portal of v3.7.2 for a signed-in caller, in the server's order
// (FilesSettingsDto.cs; values from FilesSettings.cs and the shipped appsettings.json).
//
//go:embed settings.json
var freshSettingsJSON []byte

var freshSettingsBody = sync.OnceValue(func() object {
	body, err := parseObject(freshSettingsJSON)
	if err != nil {
		panic("settings.json: " + err.Error()) // the file is part of the program, and tests read it
	}
	return body
})

// freshSettings is the settings body of a fresh portal of the profile.
func (p *profile) freshSettings() object {
	return freshSettingsBody().
		with("extsFilesVectorized", p.vectorized).
		with("maxVectorizationFileSize", p.maxVectorizationFileSize)
}

// vectorization are the constants of the settings in which the profiles differ.
func (p *profile) vectorization() object {
	return object{
		{"extsFilesVectorized", dotnet.AppendJSON(nil, p.vectorized)},
		{"maxVectorizationFileSize", dotnet.AppendJSON(nil, p.maxVectorizationFileSize)},
	}
}

// hintSettings hints at the constants that the settings of other profiles have, when fields picks them. Otherwise there is no hint,
// since each answer with all properties would have one.
func (c *call) hintSettings(fields []string) {
	vectorization := func(field string) bool { return strings.Contains(field, "ectoriz") }
	if !slices.ContainsFunc(fields, vectorization) {
		return // most calls, and quickly
	}
	askOthers(c.state.profile, vectorizeAlike, (*profile).vectorization, func(other *profile, theirs object) {
		if constants := theirs.pick(fields); len(constants) > 0 {
			c.differsInDetail(other, "{has|have} %s here", constants.encode())
		}
	})
}

// settingsBody is the settings response for one kind of caller.
type settingsBody struct {
	object object
	last   atomic.Pointer[settingsEnvelope]
}

// maxKeptAddress is the size of the longest address that is kept with a response, in bytes. A caller can send any.
const maxKeptAddress = 256

// settingsEnvelope is the response in the envelope of a call, which shows the call's method and address.
type settingsEnvelope struct {
	method, href string
	body         []byte
}

// envelope is the response in the envelope of a call. The last one is kept, because it is large and most calls come by one address.
// Nobody may write to it.
func (b *settingsBody) envelope(c *call) []byte {
	if last := b.last.Load(); last != nil && last.method == c.request.Method && last.href == c.href {
		return last.body
	}
	body := c.envelope(b.object.encode(), 0, http.StatusOK)
	if len(c.href) <= maxKeptAddress {
		b.last.Store(&settingsEnvelope{strings.Clone(c.request.Method), c.href, body})
	}
	return body
}

// settingsView has the settings responses for people with an account and for anonymous callers. Each is made at the first
// call, so that a change without a read costs nothing.
type settingsView struct {
	signedIn, anonymous func() *settingsBody
}

func newSettingsView(p *profile, s Settings) *settingsView {
	return &settingsView{
		signedIn: sync.OnceValue(func() *settingsBody {
			return newSettingsBody(p.freshSettings().
				with("enableThirdParty", s.EnableThirdParty).
				with("externalShare", s.ExternalShare).
				with("externalShareSocialMedia", s.socialMediaInForce()).
				with("defaultShareLinkInternal", s.DefaultShareLinkInternal).
				with("externalShareApplyToDocuments", s.ExternalShareApplyToDocuments).
				with("externalShareApplyToRooms", s.ExternalShareApplyToRooms).
				with("blockExistingLinksOnRestrict", s.BlockExistingLinksOnRestrict))
		}),
		// FilesSettings.cs: for a caller without an account the server replaces the stored settings by an instance in which
		// everything but enableThirdParty is false. It stores the two sharing switches inverted, so they are true here.
		anonymous: sync.OnceValue(func() *settingsBody {
			return newSettingsBody(p.freshSettings().
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

func newSettingsBody(o object) *settingsBody { return &settingsBody{object: o} }
