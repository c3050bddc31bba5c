package mockserver

import (
	"net/http"
)

// The profiles. The two descriptions of DocSpace disagree, and each profile follows one of them.
const (
	ProfileDocumented = "documented" // the published page and the published API reference
	ProfileV372       = "v3.7.2"     // the source of the server, tag v3.7.2-server
)

// profile has all facts that differ between the profiles. No other code in this package asks for the name of the profile.
type profile struct {
	name string
	// flagNames are the names of the property with the switch in the body of the two PUT calls. The page says displayValue. The
	// reference and the server say set (DisplayRequestDto.cs).
	flagNames []string
	// flagRequired refuses a body with none of these names, or with two different values. The server does not (no [Required]).
	flagRequired bool
	// anonymousSettings answers the settings call without credentials (SettingsController.cs: [AllowAnonymous]). The reference
	// refuses it.
	anonymousSettings bool
	// adminSetsPassword lets the password call of the owner and of administrators set the link's password, as the page says.
	// The server only checks the password (SecurityController.cs).
	adminSetsPassword bool
	// errorMessages answers 400, 401, 404, 405, 415 and 429 with an ErrorApiResponse, as the reference says. The server
	// sends the bodies of its framework, or none.
	errorMessages bool
	// tooManyPasswords is the status after too many wrong passwords. The reference says 429, and the server answers 403
	// (ResponseWrapper.cs). Only 429 has a Retry-After.
	tooManyPasswords int
	// rateLimitHeaders adds X-RateLimit-* to an answer 200. The server adds them to refusals only.
	rateLimitHeaders bool
	// partitionedCookies adds Partitioned to cookies that are Secure and SameSite=None, and deletes them in each form that a
	// browser can have of them (CookiesManager.cs of release 3.8.0).
	partitionedCookies bool
}

var profiles = []*profile{
	{
		name:              ProfileDocumented,
		flagNames:         []string{"displayValue", "set"},
		flagRequired:      true,
		adminSetsPassword: true,
		errorMessages:     true,
		tooManyPasswords:  http.StatusTooManyRequests,
		rateLimitHeaders:  true,
	},
	{
		name:              ProfileV372,
		flagNames:         []string{"set"},
		anonymousSettings: true,
		tooManyPasswords:  http.StatusForbidden,
	},
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

// others are all profiles except p. Hints compare with them.
func (p *profile) others() []*profile {
	var others []*profile
	for _, other := range profiles {
		if other != p {
			others = append(others, other)
		}
	}
	return others
}
