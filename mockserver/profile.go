package mockserver

import (
	"net/http"
)

// The profiles, each of them one truth about DocSpace.
const (
	ProfileDocumented = "documented" // the published page and the published API reference
	ProfileV372       = "v3.7.2"     // the source of the server, tag v3.7.2-server
)

// profile is the table of the facts in which the truths differ. Nothing else in this package asks which profile it is.
type profile struct {
	name string
	// flagNames are the properties that carry the switch in the body of the two PUT calls. The page knows displayValue, the
	// reference and the server (DisplayRequestDto.cs) know set.
	flagNames []string
	// flagRequired refuses a body without any of them, or with two that differ. The server has no [Required]: false.
	flagRequired bool
	// anonymousSettings answers the settings call without credentials (SettingsController.cs: [AllowAnonymous]); the
	// reference refuses it.
	anonymousSettings bool
	// adminSetsPassword makes the password call of the owner and of administrators set the link's password, as the page
	// says. The server only ever checks (SecurityController.cs).
	adminSetsPassword bool
	// errorMessages answers 400, 401, 404, 405, 415 and 429 with an ErrorApiResponse, as the reference says. The server
	// sends its framework's bodies, or none.
	errorMessages bool
	// tooManyPasswords is the status after too many wrong passwords: the reference says 429, the server answers 403
	// (ResponseWrapper.cs). Retry-After goes with the first only.
	tooManyPasswords int
	// rateLimitHeaders puts X-RateLimit-* on a 200. The server sends them with a refusal only.
	rateLimitHeaders bool
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

// ProfileNames lists the profiles; the first is the default.
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

// others are the profiles that a hint compares with.
func (p *profile) others() []*profile {
	var others []*profile
	for _, other := range profiles {
		if other != p {
			others = append(others, other)
		}
	}
	return others
}
