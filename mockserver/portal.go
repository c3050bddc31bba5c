package mockserver

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"
)

// Portal describes a portal: what the portal file says, and what [Server.State] answers. A list that is nil takes the
// list of [DefaultPortal]; an empty one stays empty.
type Portal struct {
	Profile  string    `yaml:"profile"`  // [ProfileDocumented] or [ProfileV372]; "" is ProfileDocumented
	TenantID int32     `yaml:"tenantId"` // 0 is 1
	Users    []User    `yaml:"users"`
	APIKeys  []APIKey  `yaml:"apiKeys"`
	Entries  []Entry   `yaml:"entries"`
	Links    []Link    `yaml:"links"`
	Settings *Settings `yaml:"settings"` // nil is FreshSettings; in a file, each switch left out is that of FreshSettings
	Limits   Limits    `yaml:"limits"`
}

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
	ID       string   `yaml:"id"` // GUID, minted when left out
	Email    string   `yaml:"email"`
	Role     Role     `yaml:"role"`
	Password string   `yaml:"password"` // for Basic; without one Basic never succeeds
	Tokens   []string `yaml:"tokens"`   // portal session tokens: Authorization (with or without Bearer) or cookie asc_auth_key
	Disabled bool     `yaml:"disabled"`
}

// admin says whether the user may change the switches (FileSecurity.cs: the owner counts as a DocSpace administrator).
func (u *User) admin() bool { return u != nil && (u.Role == RoleOwner || u.Role == RoleDocSpaceAdmin) }

// APIKey acts as the user who made it, within its permissions.
type APIKey struct {
	Key         string    `yaml:"key"`         // sk- and 64 hexadecimal digits on a real portal
	User        string    `yaml:"user"`        // e-mail address
	Permissions []string  `yaml:"permissions"` // such as files:read; none, or *, is everything
	Expires     time.Time `yaml:"expires"`     // zero is never
	Active      *bool     `yaml:"active"`      // nil is true
}

// unlimited says whether the key may do all that its user may (ApiKeyBearerAuthHandler.cs).
func (k *APIKey) unlimited() bool {
	return len(k.Permissions) == 0 || slices.Contains(k.Permissions, "*")
}

// EntryType is the kind of an entry.
type EntryType string

// The kinds of entries. A room is a folder for the API.
const (
	EntryRoom   EntryType = "room"
	EntryFolder EntryType = "folder"
	EntryFile   EntryType = "file"
)

// Section is the part of the portal where an entry is.
type Section string

// The sections of a portal.
const (
	SectionRooms     Section = "rooms"
	SectionDocuments Section = "documents"
	SectionTrash     Section = "trash"
	SectionArchive   Section = "archive"
)

// Entry is a room, folder or file that links lead to.
type Entry struct {
	ID        string    `yaml:"id"`
	Title     string    `yaml:"title"`
	Type      EntryType `yaml:"type"`
	Section   Section   `yaml:"section"`   // left out: rooms for a room, documents for the rest
	CreatedBy string    `yaml:"createdBy"` // e-mail address
	Members   []string  `yaml:"members"`   // e-mail addresses
}

// Link is an external share link.
type Link struct {
	Key      string    `yaml:"key"`      // any text of 1 to 255 characters, minted like a real requestToken when left out
	ID       string    `yaml:"id"`       // GUID, minted when left out
	Entry    string    `yaml:"entry"`    // id of an entry, the portal's first when left out; one that is not there counts as deleted
	Password string    `yaml:"password"` // "" is none
	Expires  time.Time `yaml:"expires"`  // zero is never
	Internal bool      `yaml:"internal"` // only for people with an account
}

// Settings are the switches of the portal. Everything else in the settings answer is constant or depends on the caller.
type Settings struct {
	ExternalShare                 bool `yaml:"externalShare"`
	ExternalShareSocialMedia      bool `yaml:"externalShareSocialMedia"` // as stored; in force only while ExternalShare is
	EnableThirdParty              bool `yaml:"enableThirdParty"`
	DefaultShareLinkInternal      bool `yaml:"defaultShareLinkInternal"`
	ExternalShareApplyToDocuments bool `yaml:"externalShareApplyToDocuments"`
	ExternalShareApplyToRooms     bool `yaml:"externalShareApplyToRooms"`
	BlockExistingLinksOnRestrict  bool `yaml:"blockExistingLinksOnRestrict"`
}

// FreshSettings are the switches of a fresh portal (FilesSettings.cs).
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

// Limits bound what callers may send. A number left out (0) is the one of a fresh portal.
type Limits struct {
	PasswordAttempts PasswordAttempts `yaml:"passwordAttempts"`
	RateLimit        RateLimit        `yaml:"rateLimit"`
}

// PasswordAttempts bounds wrong passwords, for each link and client address (LoginSettings.cs).
type PasswordAttempts struct {
	Count  int           `yaml:"count"`  // wrong passwords within Window, 1 to 9999; 0 is 5
	Window time.Duration `yaml:"window"` // 1 s to 9999 s; 0 is 60 s
	Block  time.Duration `yaml:"block"`  // 1 s to 9999 s; 0 is 60 s
}

// RateLimit bounds requests, for each user or client address (RateLimiterSettings.cs). A fresh portal does not.
type RateLimit struct {
	Enabled          bool `yaml:"enabled"`
	PerMinute        int  `yaml:"perMinute"`        // requests in any 60 s; 0 is 1500
	ConcurrentReads  int  `yaml:"concurrentReads"`  // GET at a time; 0 is 50
	ConcurrentWrites int  `yaml:"concurrentWrites"` // anything else at a time; 0 is 15
	WritesPerDay     int  `yaml:"writesPerDay"`     // POST and PUT a day; 0 is 10000
}

// DefaultPortal is a fresh portal with an owner, an administrator, a user and a guest, each with an API key that is the
// same in every process; the owner also has the token YOUR_API_KEY. One room has a link without a password whose key is
// KEY_FROM_URL, so that the scripts of the published page run with nothing but their address changed.
func DefaultPortal() Portal {
	settings := FreshSettings()
	p := Portal{
		Profile:  ProfileDocumented,
		TenantID: 1,
		Users: []User{
			{ID: "66faa6e4-f133-11ea-b126-00ffeec8b4ef", Email: "owner@example.com", Role: RoleOwner, Password: "Owner-pass-1", Tokens: []string{"YOUR_API_KEY"}},
			{ID: "0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a01", Email: "admin@example.com", Role: RoleDocSpaceAdmin, Password: "Admin-pass-1"},
			{ID: "0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a02", Email: "user@example.com", Role: RoleUser, Password: "User-pass-1"},
			{ID: "0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a03", Email: "guest@example.com", Role: RoleGuest, Password: "Guest-pass-1"},
		},
		Entries: []Entry{{ID: "10", Title: "Marketing", Type: EntryRoom, Section: SectionRooms, CreatedBy: "owner@example.com", Members: []string{"user@example.com"}}},
		Links:   []Link{{Key: "KEY_FROM_URL", ID: "3fa85f64-5717-4562-b3fc-2c963f66afa6", Entry: "10"}},

		Settings: &settings,
		Limits:   freshLimits(),
	}
	for _, u := range p.Users {
		digest := sha256.Sum256([]byte("mock-docspace " + u.Email))
		p.APIKeys = append(p.APIKeys, APIKey{Key: "sk-" + hex.EncodeToString(digest[:]), User: u.Email, Permissions: []string{"*"}})
	}
	return p
}

func freshLimits() Limits {
	return Limits{
		PasswordAttempts: PasswordAttempts{Count: 5, Window: time.Minute, Block: time.Minute},
		RateLimit:        RateLimit{PerMinute: 1500, ConcurrentReads: 50, ConcurrentWrites: 15, WritesPerDay: 10000},
	}
}

// PortalError is a mistake in a [Portal].
type PortalError struct {
	Path    string // such as users[0].role
	Message string
}

func (e *PortalError) Error() string { return fmt.Sprintf("portal: %s: %s", e.Path, e.Message) }
