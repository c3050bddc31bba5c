package mockserver

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Portal describes a portal: what the portal file says, and what [Server.State] answers. As JSON it is a portal file too. A list that is nil takes the
// list of [DefaultPortal]; an empty one stays empty.
type Portal struct {
	Profile  string    `json:"profile"`  // [ProfileDocumented] or [ProfileV372]; "" is ProfileDocumented
	TenantID int32     `json:"tenantId"` // 0 is 1
	Users    []User    `json:"users"`
	APIKeys  []APIKey  `json:"apiKeys"`
	Entries  []Entry   `json:"entries"`
	Links    []Link    `json:"links"`
	Settings *Settings `json:"settings"` // nil is FreshSettings; in a file, each switch left out is that of FreshSettings
	Limits   Limits    `json:"limits"`
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
	ID       string   `json:"id"` // GUID, minted when left out
	Email    string   `json:"email"`
	Role     Role     `json:"role"`
	Password string   `json:"password,omitzero"` // for Basic; without one Basic never succeeds
	Tokens   []string `json:"tokens,omitzero"`   // portal session tokens: Authorization (with or without Bearer) or cookie asc_auth_key
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
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	Type      EntryType `json:"type"`
	Section   Section   `json:"section"`            // left out: rooms for a room, documents for the rest
	CreatedBy string    `json:"createdBy,omitzero"` // e-mail address
	Members   []string  `json:"members,omitzero"`   // e-mail addresses
}

// Link is an external share link.
type Link struct {
	Key      string    `json:"key"`               // any text of 1 to 255 characters, minted like a real requestToken when left out
	ID       string    `json:"id"`                // GUID, minted when left out
	Entry    string    `json:"entry"`             // id of an entry, the portal's first when left out; one that is not there counts as deleted
	Password string    `json:"password,omitzero"` // "" is none
	Expires  time.Time `json:"expires,omitzero"`  // zero is never
	Internal bool      `json:"internal"`          // only for people with an account
}

// Settings are the switches of the portal. Everything else in the settings answer is constant or depends on the caller.
type Settings struct {
	ExternalShare                 bool `json:"externalShare"`
	ExternalShareSocialMedia      bool `json:"externalShareSocialMedia"` // as stored; in force only while ExternalShare is
	EnableThirdParty              bool `json:"enableThirdParty"`
	DefaultShareLinkInternal      bool `json:"defaultShareLinkInternal"`
	ExternalShareApplyToDocuments bool `json:"externalShareApplyToDocuments"`
	ExternalShareApplyToRooms     bool `json:"externalShareApplyToRooms"`
	BlockExistingLinksOnRestrict  bool `json:"blockExistingLinksOnRestrict"`
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
	PasswordAttempts PasswordAttempts `json:"passwordAttempts"`
	RateLimit        RateLimit        `json:"rateLimit"`
}

// PasswordAttempts bounds wrong passwords, for each link and client address (LoginSettings.cs).
type PasswordAttempts struct {
	Count  int           `json:"count"`  // wrong passwords within Window, 1 to 9999; 0 is 5
	Window time.Duration `json:"window"` // 1 s to 9999 s; 0 is 60 s
	Block  time.Duration `json:"block"`  // 1 s to 9999 s; 0 is 60 s
}

// MarshalJSON writes the times as a portal file does.
func (p PasswordAttempts) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"count": p.Count, "window": p.Window.String(), "block": p.Block.String()})
}

// UnmarshalJSON reads them.
func (p *PasswordAttempts) UnmarshalJSON(text []byte) error {
	var written struct {
		Count         int
		Window, Block string
	}
	if err := json.Unmarshal(text, &written); err != nil {
		return err
	}
	read := PasswordAttempts{Count: written.Count}
	for _, part := range []struct {
		text string
		into *time.Duration
	}{{written.Window, &read.Window}, {written.Block, &read.Block}} {
		if part.text == "" {
			continue
		}
		duration, err := time.ParseDuration(part.text)
		if err != nil {
			return fmt.Errorf("%q is not a duration such as 60s", part.text)
		}
		*part.into = duration
	}
	*p = read
	return nil
}

// RateLimit bounds requests, for each user or client address (RateLimiterSettings.cs). A fresh portal does not.
type RateLimit struct {
	Enabled          bool `json:"enabled"`
	PerMinute        int  `json:"perMinute"`        // requests in any 60 s; 0 is 1500
	ConcurrentReads  int  `json:"concurrentReads"`  // GET at a time; 0 is 50
	ConcurrentWrites int  `json:"concurrentWrites"` // anything else at a time; 0 is 15
	WritesPerDay     int  `json:"writesPerDay"`     // POST and PUT a day; 0 is 10000
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

	same string // path of what has the same value, where no two may
}

func (e *PortalError) Error() string { return fmt.Sprintf("portal: %s: %s", e.Path, e.Message) }
