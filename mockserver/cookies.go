package mockserver

import "net/url"

// sessionCookie tells anonymous visitors apart.
const sessionCookie = "anonymous_session_key"

// newCookie is a session cookie with the attributes of CookiesManager.cs, in the order in which ASP.NET Core writes them.
// SameSite is Strict, the default of the server's configuration.
func newCookie(name, value, path string, https bool) string {
	cookie := name + "=" + url.QueryEscape(value) + "; path=" + path
	if https {
		cookie += "; secure"
	}
	return cookie + "; samesite=strict; httponly"
}

func deletedCookie(name, path string) string {
	return name + "=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=" + path
}
