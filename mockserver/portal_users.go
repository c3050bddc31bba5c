package mockserver

import (
	"slices"
	"strings"
	"time"
)

// Role is the role of a [User] on the portal. Only the owner and DocSpace administrators may change the sharing switches.
type Role string

// The roles of a DocSpace portal.
const (
	RoleOwner         Role = "owner"
	RoleDocSpaceAdmin Role = "docSpaceAdmin"
	RoleRoomAdmin     Role = "roomAdmin"
	RoleUser          Role = "user"
	RoleGuest         Role = "guest"
)

// User is a person with an account on the portal.
type User struct {
	ID        string   `json:"id"`    // GUID; "" makes a new one
	Email     string   `json:"email"` // 1 to 255 characters without a colon; two users cannot have the same
	Role      Role     `json:"role"`
	FirstName string   `json:"firstName,omitzero" strict:"empty"`
	LastName  string   `json:"lastName,omitzero" strict:"empty"` // without both names the person is called as the e-mail address before the @
	Password  string   `json:"password,omitzero" strict:"empty"` // to sign in and for Basic authentication, which fail when this is ""
	Tokens    []string `json:"tokens,omitzero"`                  // of sessions, for Authorization (with or without Bearer) or the cookie asc_auth_key
	Disabled  bool     `json:"disabled"`                         // the user cannot sign in
	Culture   string   `json:"culture,omitzero"`                 // language of the user, such as de; the fake answers everybody in English
}

// loginName is the name with which the portal lists the user.
func (u *User) loginName() string {
	name, _, _ := strings.Cut(u.Email, "@")
	return name
}

// shownFirstName is the first name, or the login name of a user without names.
func (u *User) shownFirstName() string {
	if u.FirstName == "" && u.LastName == "" {
		return u.loginName()
	}
	return u.FirstName
}

// displayName is the name that the portal shows.
func (u *User) displayName() string {
	return strings.TrimSpace(u.shownFirstName() + " " + u.LastName)
}

// admin says whether the user may change the switches (FileSecurity.cs: the owner counts as a DocSpace administrator).
func (u *User) admin() bool { return u != nil && (u.Role == RoleOwner || u.Role == RoleDocSpaceAdmin) }

// APIKey is a key with which an app acts as the user who made it, within the key's permissions.
type APIKey struct {
	Key         string    `json:"key"`                  // sk- and up to 252 characters; a real portal has 64 hexadecimal digits
	User        string    `json:"user"`                 // e-mail address of a user
	Permissions []string  `json:"permissions,omitzero"` // such as files:read; an empty list, or *, allows everything
	Expires     time.Time `json:"expires,omitzero"`     // zero is never
	Active      *bool     `json:"active,omitzero"`      // nil is true
}

// unlimited says whether the key may do everything that its user may do (ApiKeyBearerAuthHandler.cs).
func (k *APIKey) unlimited() bool {
	return len(k.Permissions) == 0 || slices.Contains(k.Permissions, "*")
}

// apiKeyPrefix is the beginning of every API key. The portal takes any Bearer with this beginning for an API key.
const apiKeyPrefix = "sk-"
