package mockserver

import (
	"fmt"
	"slices"
	"strings"
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

// PortalError is a mistake in a [Portal].
type PortalError struct {
	Path    string // such as users[0].role
	Message string

	same string // path of what has the same value, where no two may
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

// clone is a copy of p that shares nothing with it.
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
