package mockserver

// useAPIKey acts as the key's creator, within the key's permissions (ApiKeyBearerAuthHandler.cs).
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
