package mockserver

import (
	"slices"
	"time"
)

// Role is what a user may do on the portal. Only owner and DocSpace administrators may change the sharing switches.
type Role string

// The roles of a DocSpace portal.
const (
	RoleOwner         Role = "owner"
	RoleDocSpaceAdmin Role = "docSpaceAdmin"
	RoleRoomAdmin     Role = "roomAdmin"
	RoleUser          Role = "user"
	RoleGuest         Role = "guest"
)

// User is somebody who can sign in.
type User struct {
	ID       string   `json:"id"` // GUID, minted when left out
	Email    string   `json:"email"`
	Role     Role     `json:"role"`
	Password string   `json:"password,omitzero" strict:"empty"` // for Basic; without one Basic never succeeds
	Tokens   []string `json:"tokens,omitzero"`                  // portal session tokens: Authorization (with or without Bearer) or cookie asc_auth_key
	Disabled bool     `json:"disabled"`
}

// admin says whether the user may change the switches (FileSecurity.cs: the owner counts as a DocSpace administrator).
func (u *User) admin() bool { return u != nil && (u.Role == RoleOwner || u.Role == RoleDocSpaceAdmin) }

// APIKey acts as the user who made it, within its permissions.
type APIKey struct {
	Key         string    `json:"key"`                  // sk- and 64 hexadecimal digits on a real portal
	User        string    `json:"user"`                 // e-mail address
	Permissions []string  `json:"permissions,omitzero"` // such as files:read; none, or *, is everything
	Expires     time.Time `json:"expires,omitzero"`     // zero is never
	Active      *bool     `json:"active,omitzero"`      // nil is true
}

// unlimited says whether the key may do all that its user may (ApiKeyBearerAuthHandler.cs).
func (k *APIKey) unlimited() bool {
	return len(k.Permissions) == 0 || slices.Contains(k.Permissions, "*")
}

// apiKeyPrefix is how API keys begin. A token of a user that begins so would be taken for one.
const apiKeyPrefix = "sk-"
