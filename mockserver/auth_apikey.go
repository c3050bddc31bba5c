package mockserver

// useAPIKey signs in the user of the key, with the permissions of the key (ApiKeyBearerAuthHandler.cs). A second blank after
// "Bearer " belongs to the key, so no key is like it (recorded: cH-H016B, cH-H016D).
func (c *call) useAPIKey(key string) {
	u, k := c.state.userOfAPIKey(key, c.started)
	if u == nil {
		c.because("A409")
		return
	}
	scopes := k.Permissions
	if k.unlimited() {
		scopes = allScopes
	}
	c.signIn(u, scopes)
}
