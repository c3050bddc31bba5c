package mockserver

import (
	"fmt"
	"slices"
	"strings"
)

// Portal describes a whole portal. A portal file has the same fields, and a Portal written as JSON is a portal file. A nil list
// means the list of [DefaultPortal]. An empty list stays empty.
type Portal struct {
	Profile  string    `json:"profile"`  // [ProfileDocumented] or [ProfileV372]; "" is ProfileDocumented
	TenantID int32     `json:"tenantId"` // 1 or more; 0 is 1
	Users    []User    `json:"users"`
	APIKeys  []APIKey  `json:"apiKeys"`
	Entries  []Entry   `json:"entries"`
	Links    []Link    `json:"links"`
	Settings *Settings `json:"settings"` // nil is FreshSettings; a switch that a file leaves out is that of FreshSettings
	Limits   Limits    `json:"limits"`
}

// PortalError is a mistake in a [Portal].
type PortalError struct {
	Path    string // such as users[0].role
	Message string

	same string // path of the other value, when two values must not be the same
}

func (e *PortalError) Error() string { return fmt.Sprintf("portal: %s: %s", e.Path, e.Message) }

func (p *Portal) findUser(email string) *User {
	for i := range p.Users {
		if strings.EqualFold(p.Users[i].Email, email) {
			return &p.Users[i]
		}
	}
	return nil
}

// clone is a copy of p that shares no memory with it.
func (p Portal) clone() Portal {
	p.Users = slices.Clone(p.Users)
	for i := range p.Users {
		p.Users[i].Tokens = slices.Clone(p.Users[i].Tokens)
	}
	p.APIKeys = slices.Clone(p.APIKeys)
	for i := range p.APIKeys {
		k := &p.APIKeys[i]
		k.Permissions = slices.Clone(k.Permissions)
		if k.Active != nil {
			active := *k.Active
			k.Active = &active
		}
	}
	p.Entries = slices.Clone(p.Entries)
	for i := range p.Entries {
		p.Entries[i].Members = slices.Clone(p.Entries[i].Members)
	}
	p.Links = slices.Clone(p.Links)
	settings := *p.Settings
	p.Settings = &settings
	return p
}
