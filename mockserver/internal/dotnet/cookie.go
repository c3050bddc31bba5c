package dotnet

import "net/url"

// NewCookie is the Set-Cookie of a cookie that lasts as long as the browser's session, with its attributes in the order in
// which ASP.NET Core writes them. SameSite is Strict, the default of the server's configuration.
func NewCookie(name, value, path string, secure bool) string {
	cookie := name + "=" + url.QueryEscape(value) + "; path=" + path
	if secure {
		cookie += "; secure"
	}
	return cookie + "; samesite=strict; httponly"
}

// DeletedCookie is the Set-Cookie that deletes a cookie.
func DeletedCookie(name, path string) string {
	return name + "=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=" + path
}
