package mockserver

import (
	"fmt"
	"net/mail"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// warning is about a value of a portal that is allowed, but is probably a mistake.
type warning struct{ at, message string }

var permissionForm = text.Pattern{Text: `^(\*|[^:\s]+:(read|write|\*))$`}

// warnings finds what is probably a mistake in a portal that is complete. written says whether the file has a path.
func (p *Portal) warnings(written func(path string) bool) []warning {
	var found []warning
	warn := func(message, at string, places ...any) {
		found = append(found, warning{fmt.Sprintf(at, places...), message})
	}
	owner := -1
	for i, user := range p.Users {
		if address, err := mail.ParseAddress(user.Email); err != nil || address.Address != user.Email {
			warn(fmt.Sprintf("%.60q is no e-mail address, and every user of a portal has one", user.Email), "users[%d].email", i)
		}
		switch {
		case user.Role != RoleOwner:
		case owner < 0:
			owner = i
		default:
			warn(fmt.Sprintf("a second owner: a portal has one, and users[%d] is the owner already", owner), "users[%d].role", i)
		}
	}
	if owner < 0 {
		warn("nobody is the owner: a portal has one, whose keys --api-key and mock-docspace env are about", "users")
	}
	for i, key := range p.APIKeys {
		for j, permission := range key.Permissions {
			if !permissionForm.MatchString(permission) {
				warn(fmt.Sprintf("%q does not look like a permission, and allows none of the four calls: use * or one such as files:read", permission), "apiKeys[%d].permissions[%d]", i, j)
			}
		}
	}
	entryNamed := p.EntryNames()
	for i, link := range p.Links {
		if entryNamed(link.Entry) == nil {
			warn(fmt.Sprintf("there is no entry %q: the link is answered as Invalid, like the link of a deleted entry", link.Entry), "links[%d].entry", i)
		}
	}
	// Whoever switches external sharing off on a portal switches social networks off too. A file may say no more than the former.
	const socialMedia = "settings.externalShareSocialMedia"
	if !p.Settings.ExternalShare && p.Settings.ExternalShareSocialMedia && written(socialMedia) {
		warn("has no effect while externalShare is false, and a portal switches both off together", socialMedia)
	}
	return found
}
