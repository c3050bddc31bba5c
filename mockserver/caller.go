package mockserver

import "slices"

// The scopes that allow everything (AuthConstants.cs).
const scopeRead, scopeWrite = "*:read", "*:write"

// The scopes of which a call to files, to rooms or to oneself needs one, to read and to change (AuthorizationExtension.cs).
var (
	readScopes         = []string{scopeRead, "files:read", scopeWrite, "files:write"}
	writeScopes        = []string{scopeWrite, "files:write"}
	roomReadScopes     = []string{scopeRead, "rooms:read", scopeWrite, "rooms:write"}
	roomWriteScopes    = []string{scopeWrite, "rooms:write"}
	accountReadScopes  = []string{scopeRead, "accounts:read", scopeWrite, "accounts:write"}
	accountWriteScopes = []string{scopeWrite, "accounts:write"}
	selfReadScopes     = []string{scopeRead, "accounts.self:read", scopeWrite, "accounts.self:write"}
)

// allScopes are those of a caller who is not limited.
var allScopes = []string{scopeWrite}

// hasOne says whether the caller has one of the scopes. They are compared whole, and with their letter case (recorded: cH-H036A).
func (c *call) hasOne(scopes []string) bool {
	return slices.ContainsFunc(c.scopes, func(scope string) bool { return slices.Contains(scopes, scope) })
}

// signIn makes u the caller. It does nothing and returns false when u is nil or disabled.
func (c *call) signIn(u *User, scopes []string) bool {
	if u == nil || u.Disabled {
		return false
	}
	c.caller, c.scopes = u, scopes
	return true
}
