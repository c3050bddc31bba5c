package mockserver

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
)

// complete is a copy of p with all defaults filled in. The error is a [*PortalError] about the first mistake. random signs the
// keys of links that have none, when p says no docDbKey.
func (p Portal) complete(newID func() string, random secret) (Portal, error) {
	p = p.withDefaults()
	c := checker{portal: &p, taken: map[string]string{}}
	if c.checkSize(); c.err != nil {
		return Portal{}, c.err // to check the rest could take long
	}
	c.names = nameEntries(p.Entries)
	if _, ok := profileByName(p.Profile); !ok {
		c.fail("profile", "%v", unknownProfile(p.Profile))
	}
	if p.TenantID < 1 {
		c.fail("tenantId", "must be 1 or more, not %d", p.TenantID)
	}
	c.checkInstallation()
	for i := range p.Users {
		c.completeUser(&p.Users[i], fmt.Sprintf("users[%d]", i), newID)
	}
	for i := range p.Sessions {
		c.checkSession(&p.Sessions[i], fmt.Sprintf("sessions[%d]", i))
	}
	if p.LoginEvents < 0 {
		c.fail("loginEvents", "must be 0 or more, not %d", p.LoginEvents)
	}
	for i := range p.APIKeys {
		c.checkAPIKey(&p.APIKeys[i], fmt.Sprintf("apiKeys[%d]", i))
	}
	for i := range p.Entries {
		c.checkEntry(&p.Entries[i], fmt.Sprintf("entries[%d]", i))
	}
	c.checkParents()
	for i := range p.Links {
		c.completeLink(&p.Links[i], fmt.Sprintf("links[%d]", i), newID, p.secretOr(random))
	}
	c.checkLimits(&p.Limits)
	c.checkTexts()
	if c.err != nil {
		return Portal{}, c.err
	}
	return p, nil
}

// checker checks a portal, and keeps the first mistake.
type checker struct {
	portal *Portal
	names  entryNames
	taken  map[string]string // path of each unique value, by kind and value
	err    error
}

func (c *checker) fail(at, format string, args ...any) {
	if c.err == nil {
		c.err = &PortalError{Path: at, Message: fmt.Sprintf(format, args...)}
	}
}

// checkInstallation checks how the portal was installed.
func (c *checker) checkInstallation() {
	p := c.portal
	c.optionalText(p.DocDBKey, "docDbKey")
	c.optionalText(p.PasswordSalt, "passwordSalt")
	c.optionalText(p.BaseDomain, "baseDomain")
	c.header(p.BaseDomain, "baseDomain")
	if strings.ContainsAny(p.BaseDomain, "/: ,;") || strings.HasPrefix(p.BaseDomain, ".") {
		c.fail("baseDomain", "must be a domain such as localhost, without a scheme, port, path or dot before it")
	}
	if p.SameSite != nil && !slices.Contains([]string{"None", "Lax", "Strict", ""}, *p.SameSite) {
		c.fail("sameSite", "must be one of None, Lax, Strict, \"\", not %.60q", *p.SameSite)
	}
	if p.Identity == nil {
		return
	}
	c.text(p.Identity.Issuer, "identity.issuer", "the issuer of access tokens")
	c.text(p.Identity.Audience, "identity.audience", "the audience of access tokens")
	var mistake *PortalError
	if _, err := signingKeys(p.Identity.JWKS); errors.As(err, &mistake) {
		c.fail(strings.TrimSuffix("identity.jwks."+mistake.Path, "."), "%s", mistake.Message)
	}
}

func (c *checker) completeUser(u *User, at string, newID func() string) {
	c.id(&u.ID, at+".id", newID)
	c.text(u.Email, at+".email", "an e-mail address")
	if strings.Contains(u.Email, ":") {
		c.fail(at+".email", "must not contain a colon, which Basic authentication cannot carry")
	}
	c.unique("user", strings.ToLower(u.Email), at+".email")
	c.optionalText(u.FirstName, at+".firstName")
	c.optionalText(u.LastName, at+".lastName")
	c.optionalText(u.Password, at+".password")
	c.optionalText(u.Culture, at+".culture")
	c.oneOf(string(u.Role), at+".role", string(RoleOwner), string(RoleDocSpaceAdmin), string(RoleRoomAdmin), string(RoleUser), string(RoleGuest))
	for i, token := range u.Tokens {
		c.token(token, fmt.Sprintf("%s.tokens[%d]", at, i))
	}
}

func (c *checker) token(token, at string) {
	c.text(token, at, "a token")
	c.header(token, at)
	c.unique("token", portalToken(token), at)
}

func (c *checker) checkSession(s *Session, at string) {
	c.token(s.Token, at+".token")
	c.user(s.User, at+".user")
	c.time(s.Expires, at+".expires")
	if s.LoginEventID < 0 {
		c.fail(at+".loginEventId", "must be 0 or more, not %d", s.LoginEventID)
	}
}

func (c *checker) checkAPIKey(k *APIKey, at string) {
	c.text(k.Key, at+".key", "an API key")
	c.header(k.Key, at+".key")
	if !strings.HasPrefix(k.Key, apiKeyPrefix) {
		c.fail(at+".key", "an API key starts with sk-; anything else is a token of a user")
	}
	if k.Key == apiKeyPrefix {
		c.fail(at+".key", "has nothing after sk-")
	}
	c.unique("API key", k.Key, at+".key")
	c.time(k.Expires, at+".expires")
	c.user(k.User, at+".user")
	for i, permission := range k.Permissions {
		c.text(permission, fmt.Sprintf("%s.permissions[%d]", at, i), "a permission such as files:read")
	}
}

func (c *checker) checkLimits(l *Limits) {
	c.within(l.PasswordAttempts.Count, "limits.passwordAttempts.count", 9999)
	c.withinTime(l.PasswordAttempts.Window, "limits.passwordAttempts.window")
	c.withinTime(l.PasswordAttempts.Block, "limits.passwordAttempts.block")
	const most = 1_000_000
	c.within(l.RateLimit.PerMinute, "limits.rateLimit.perMinute", most)
	c.within(l.RateLimit.ConcurrentReads, "limits.rateLimit.concurrentReads", most)
	c.within(l.RateLimit.ConcurrentWrites, "limits.rateLimit.concurrentWrites", most)
	c.within(l.RateLimit.WritesPerDay, "limits.rateLimit.writesPerDay", most)
}

// text refuses a value that is empty, longer than 255 characters, or not valid UTF-8. The error does not repeat the value,
// because it may be secret.
func (c *checker) text(value, at, what string) {
	switch {
	case value == "":
		c.fail(at, "is missing: give %s", what)
	case !utf8.ValidString(value):
		c.fail(at, "is not valid UTF-8")
	case utf8.RuneCountInString(value) > maxText:
		c.fail(at, "has %d characters, at most %d are allowed", utf8.RuneCountInString(value), maxText)
	}
}

// optionalText is text for a value that can be left out.
func (c *checker) optionalText(value, at string) {
	if value != "" {
		c.text(value, at, "a text")
	}
}

// segment refuses a value that no segment of a URL path can carry. The server takes blanks for no value.
func (c *checker) segment(value, at string) {
	if value == "." || value == ".." || strings.Contains(value, "\x00") || value != "" && strings.TrimSpace(value) == "" {
		c.fail(at, "%.60q cannot be a segment of a path", value)
	}
}

// header refuses a value that no HTTP header can carry.
func (c *checker) header(value, at string) {
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) || strings.Trim(value, " ") != value {
		c.fail(at, "must not contain control characters, nor begin or end with a blank: it is sent in a header")
	}
}

// time refuses a time that no portal file can carry.
func (c *checker) time(value time.Time, at string) {
	if !strict.Writable(value) {
		c.fail(at, "its year must have four digits, and its zone less than 24 hours")
	}
}

func (c *checker) unique(kind, value, at string) {
	if first, ok := c.taken[kind+" "+value]; ok && value != "" && c.err == nil {
		c.err = &PortalError{Path: at, Message: "is the same as " + first, same: first}
	}
	c.taken[kind+" "+value] = at
}

func (c *checker) id(id *string, at string, newID func() string) {
	if *id == "" {
		*id = newID()
	}
	parsed, err := uuid.Parse(*id)
	if err != nil || len(*id) != len(parsed.String()) {
		c.fail(at, "%.60q is not a GUID such as 66faa6e4-f133-11ea-b126-00ffeec8b4ef", *id)
		return
	}
	*id = parsed.String()
	c.unique("id", *id, at)
}

func (c *checker) user(email, at string) {
	c.text(email, at, "the e-mail address of a user")
	if c.portal.findUser(email) == nil {
		c.fail(at, "no user has the e-mail address %.60q", email)
	}
}

func (c *checker) oneOf(value, at string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		c.fail(at, "must be one of %s, not %.60q", strings.Join(allowed, ", "), value)
	}
}

func (c *checker) within(n int, at string, most int) {
	if n < 1 || n > most {
		c.fail(at, "must be between 1 and %d, not %d", most, n)
	}
}

func (c *checker) withinTime(d time.Duration, at string) {
	if d < time.Second || d > 9999*time.Second {
		c.fail(at, "must be between 1s and 9999s, not %s", d)
	}
}
