package mockserver

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Portal describes a whole portal. A portal file has the same fields, and a Portal written as JSON is a portal file. A nil list
// means the list of [DefaultPortal]. An empty list stays empty.
type Portal struct {
	Profile  string `json:"profile"`  // one of [ProfileNames]; "" is ProfileDocumented
	TenantID int32  `json:"tenantId"` // 1 or more; 0 is 1

	// How the portal was installed.
	DocDBKey   string    `json:"docDbKey,omitzero"`                  // signs keys of links, tokens and remembered passwords; "" makes a new one for each Server
	BaseDomain string    `json:"baseDomain,omitzero" strict:"empty"` // such as localhost, which installers write; "" is none
	SameSite   *string   `json:"sameSite,omitzero" strict:"empty"`   // of cookies: None, Lax, Strict, or "" as shipped, which is Strict; nil is None, which installers write
	Identity   *Identity `json:"identity,omitzero"`                  // the identity service; nil checks no signatures of access tokens

	PasswordSalt string `json:"passwordSalt,omitzero"` // for passwordHash when signing in; "" is DefaultPasswordSalt

	Users       []User    `json:"users"`
	APIKeys     []APIKey  `json:"apiKeys"`
	Entries     []Entry   `json:"entries"`
	Links       []Link    `json:"links"`
	Sessions    []Session `json:"sessions,omitzero"`                   // which signing in has made; nil is none
	LoginEvents int32     `json:"loginEvents,omitzero" strict:"empty"` // how many logins there were: the number of the last one
	Settings    *Settings `json:"settings"`                            // nil is FreshSettings; a switch that a file leaves out is that of FreshSettings
	Limits      Limits    `json:"limits"`
}

// Identity describes the identity service of a portal, whose access tokens the portal accepts.
type Identity struct {
	Issuer   string          `json:"issuer"`   // of the tokens
	Audience string          `json:"audience"` // of the tokens
	JWKS     json.RawMessage `json:"jwks"`     // the service's public keys, a JSON Web Key Set (RFC 7517)
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

// secretOr is the secret with which the portal signs: its docDbKey, or random when it has none.
func (p *Portal) secretOr(random secret) secret {
	if p.DocDBKey != "" {
		return secret(p.DocDBKey)
	}
	return random
}

// clone is a copy of p that shares no memory with it.
func (p Portal) clone() Portal {
	p.Users = slices.Clone(p.Users)
	for i := range p.Users {
		p.Users[i].Tokens = slices.Clone(p.Users[i].Tokens)
	}
	p.Sessions = slices.Clone(p.Sessions)
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
	if p.Identity != nil {
		identity := *p.Identity
		identity.JWKS = slices.Clone(identity.JWKS)
		p.Identity = &identity
	}
	if p.SameSite != nil {
		sameSite := *p.SameSite
		p.SameSite = &sameSite
	}
	settings := *p.Settings
	p.Settings = &settings
	return p
}
