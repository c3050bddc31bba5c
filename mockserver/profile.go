package mockserver

import (
	"fmt"
	"slices"
	"strings"
)

// The profiles. The published documentation and the server disagree, and the server changes from release to release. Each
// profile follows one of them. The last two follow branches as they were on 2026-11-28. Neither is released.
const (
	ProfileDocumented = "documented" // the published page and the published API reference 4.0.0
	ProfileV372       = "v3.7.2"     // the server of tag v3.7.2-server
	ProfileV38        = "v3.8"       // the branch release/v3.8.0 of the server, at 99e9af98
	ProfileNext       = "next"       // the branch develop of the server, at d45942e4
)

// profile has all facts that differ between the profiles. No other code in this package asks for the name of the profile. Each
// fact has a line in the table of profile_facts.go.
type profile struct {
	name    string
	follows string
	// flagNames are the names of the property with the switch in the body of the two PUT calls. The page says displayValue. The
	// reference and the server say set (DisplayRequestDto.cs).
	flagNames []string
	// flagRequired refuses a body with none of these names, or with two different values. The server does not (no [Required]).
	flagRequired bool
	// anonymousSettings answers the settings call without credentials (SettingsController.cs: [AllowAnonymous]). The reference
	// refuses it, but for the visitors of a link.
	anonymousSettings bool
	// adminSetsPassword lets the password call of the owner and of administrators set the link's password, as the page says.
	// The server only checks the password (SecurityController.cs).
	adminSetsPassword bool
	// errorMessages answers 400, 401, 404, 405, 415 and 429 with an ErrorApiResponse, as the reference says. The server
	// sends the bodies of its framework, or none.
	errorMessages bool
	// rateLimitHeaders adds X-RateLimit-* to an answer 200. The server adds them to refusals only.
	rateLimitHeaders bool
	// limitsTellEnd adds Retry-After and X-RateLimit-Reset to every 429, as the reference says. Of the server's limiters only that of
	// the day knows when it ends (RateLimitMetadata.cs (RedisRateLimiting)).
	limitsTellEnd bool
	// partitionedCookies adds Partitioned to cookies that are Secure and SameSite=None, and deletes them in each form that a
	// browser can have of them (CookiesManager.cs of release/v3.8.0).
	partitionedCookies bool
	// keepsBadSession leaves a bad session cookie alone on the calls that need no account (CookieAuthHandler.cs of develop).
	keepsBadSession bool
	// The calls around links. The reference says what the server does not do.

	// policyNeedsBody refuses the policy call without a body. The reference calls the body optional.
	policyNeedsBody bool
	// remakesPrimary makes a new primary link where the last one was revoked. The reference answers 404 from then on, and revokes the
	// primary link of a public room or a form room for good.
	remakesPrimary bool
	// severalPrimaries lets files and folders have six primary links. The reference knows one.
	severalPrimaries bool
	// formRoomLinks lets form rooms have their link. The reference counts them among the rooms that take none.
	formRoomLinks bool
	// unknownIsForbidden refuses an unknown linkType or access with 403. The reference says 400.
	unknownIsForbidden bool
	// linkTypeDropsOptions drops password, internal and denyDownload of a share link that is changed without linkType 1. The
	// reference ignores linkType in a change.
	linkTypeDropsOptions bool
	// anonymousPrimary lets anonymous callers ask for the primary link of a file or folder, with 403 when they may not see it. The
	// reference answers 401 without the key of a link.
	anonymousPrimary bool
	// postIgnoresTitle ignores the title of a primary link of a file. The reference takes it.
	postIgnoresTitle bool
	// showsLinkPassword answers the password of a link in clear. The reference says that it is never given back.
	showsLinkPassword bool
	// canRevokeRemade answers canRevoke only for links that come back when they are revoked. In the reference it says whether the
	// caller may revoke the link.
	canRevokeRemade bool
	// listTotal adds total to the links of a file. The reference has no such property.
	listTotal bool
	// anonymousFileForbidden answers 403 to anonymous callers who may not read a file. The reference answers 401.
	anonymousFileForbidden bool
	// publicRoomsWhileForbidden makes public rooms also while external sharing is off for rooms. The reference refuses them.
	publicRoomsWhileForbidden bool

	// loginNeedsBody refuses to sign in without a body. The reference calls the body optional.
	loginNeedsBody bool
	// logoutReadsCookie ends only the session whose token is in the cookie. The reference also ends one whose token is in
	// Authorization.
	logoutReadsCookie bool

	// vectorized and maxVectorizationFileSize are extsFilesVectorized and maxVectorizationFileSize in the settings
	// (appsettings.json).
	vectorized               []string
	maxVectorizationFileSize int
}

// profiles are all profiles. A release of the server is the one before it and its differences.
var profiles = func() []*profile {
	v372 := &profile{
		name:                     ProfileV372,
		follows:                  "the server of tag v3.7.2-server",
		flagNames:                []string{"set"},
		anonymousSettings:        true,
		vectorized:               []string{".txt", ".docx", ".xlsx", ".csv", ".pdf"},
		maxVectorizationFileSize: 10 << 20,

		policyNeedsBody:      true,
		remakesPrimary:       true,
		severalPrimaries:     true,
		formRoomLinks:        true,
		unknownIsForbidden:   true,
		linkTypeDropsOptions: true,
		anonymousPrimary:     true,
		postIgnoresTitle:     true,
		showsLinkPassword:    true,
		canRevokeRemade:      true,
		listTotal:            true,

		anonymousFileForbidden:    true,
		publicRoomsWhileForbidden: true,

		loginNeedsBody:    true,
		logoutReadsCookie: true,
	}
	v38 := v372.but(func(p *profile) {
		p.name = ProfileV38
		p.follows = "the server's branch release/v3.8.0 at 99e9af98, as of 2026-11-28, not released"
		p.partitionedCookies = true
	})
	next := v38.but(func(p *profile) {
		p.name = ProfileNext
		p.follows = "the server's branch develop at d45942e4, as of 2026-11-28, not released"
		p.keepsBadSession = true
		p.vectorized = append(slices.Clip(p.vectorized), ".md", ".json")
		p.maxVectorizationFileSize = 30 << 20
	})
	documented := v372.but(func(p *profile) {
		p.name = ProfileDocumented
		p.follows = "the published page and API reference 4.0.0, and the server of tag v3.7.2-server where they say nothing"
		p.flagNames = []string{"displayValue", "set"}
		p.flagRequired = true
		p.anonymousSettings = false
		p.adminSetsPassword = true
		p.errorMessages = true
		p.rateLimitHeaders = true
		p.limitsTellEnd = true
		p.policyNeedsBody = false
		p.remakesPrimary = false
		p.severalPrimaries = false
		p.formRoomLinks = false
		p.unknownIsForbidden = false
		p.linkTypeDropsOptions = false
		p.anonymousPrimary = false
		p.postIgnoresTitle = false
		p.showsLinkPassword = false
		p.canRevokeRemade = false
		p.listTotal = false
		p.anonymousFileForbidden = false
		p.publicRoomsWhileForbidden = false
		p.loginNeedsBody = false
		p.logoutReadsCookie = false
	})
	return []*profile{documented, v372, v38, next}
}()

// but is a copy of p with changes.
func (p *profile) but(change func(*profile)) *profile {
	changed := *p
	change(&changed)
	return &changed
}

// ProfileNames returns the names of all profiles. The first one is the default.
func ProfileNames() []string {
	names := make([]string, len(profiles))
	for i, p := range profiles {
		names[i] = p.name
	}
	return names
}

func profileByName(name string) (*profile, bool) {
	for _, p := range profiles {
		if p.name == name {
			return p, true
		}
	}
	return nil, false
}

// unknownProfile is the error for a name that is none of [ProfileNames].
func unknownProfile(name string) error {
	return fmt.Errorf("unknown profile %.60q: use %s", name, enumerate(ProfileNames(), "or"))
}

// enumerate joins two or more names as a sentence does, with a word before the last one.
func enumerate(names []string, word string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + word + " " + names[last]
}

// askOthers asks every profile but p a question whose answer depends on some facts only, and tells the answers. like says whether two
// profiles agree in these facts. Those that agree with p are left out, and of others that agree only one is asked.
func askOthers[T any](p *profile, like func(a, b *profile) bool, ask func(*profile) T, tell func(other *profile, answer T)) {
	var asked *profile
	var answer T
	for _, other := range profiles {
		if like(p, other) {
			continue
		}
		if asked == nil || !like(asked, other) {
			asked, answer = other, ask(other)
		}
		tell(other, answer)
	}
}

func readFlagAlike(a, b *profile) bool {
	return a.flagRequired == b.flagRequired && slices.Equal(a.flagNames, b.flagNames)
}

func admitAlike(a, b *profile) bool { return a.anonymousSettings == b.anonymousSettings }

func usePasswordAlike(a, b *profile) bool { return a.adminSetsPassword == b.adminSetsPassword }

// linksAlike compares one of the facts about links, because all of them part the reference from the server.
func linksAlike(a, b *profile) bool { return a.remakesPrimary == b.remakesPrimary }

func logoutAlike(a, b *profile) bool { return a.logoutReadsCookie == b.logoutReadsCookie }

func vectorizeAlike(a, b *profile) bool {
	return a.maxVectorizationFileSize == b.maxVectorizationFileSize && slices.Equal(a.vectorized, b.vectorized)
}
