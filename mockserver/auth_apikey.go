package mockserver

// useAPIKey signs in the user of the key, with the permissions of the key (ApiKeyBearerAuthHandler.cs).
func (c *call) useAPIKey(key string) {
	u, k := c.state.userOfAPIKey(key, c.started)
	if u == nil {
		return
	}
	scopes := k.Permissions
	if k.unlimited() {
		scopes = []string{scopeWrite}
	}
	c.signIn(u, scopes...)
}
