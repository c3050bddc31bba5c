package mockserver

// The scopes that allow everything (AuthConstants.cs).
const scopeRead, scopeWrite = "*:read", "*:write"

// signIn makes u the caller. It does nothing and returns false when u is nil or disabled.
func (c *call) signIn(u *User, scopes ...string) bool {
	if u == nil || u.Disabled {
		return false
	}
	c.caller, c.scopes = u, scopes
	return true
}
