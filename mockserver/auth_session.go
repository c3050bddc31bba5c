package mockserver

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// session signs in with the portal token of the cookie, or else of the Authorization header, with or without "Bearer ". When
// this fails, the answer deletes the cookies of the request (CookieAuthHandler.cs).
func (c *call) session(answer http.Header, bearer, header string) {
	r, token := c.request, header
	if bearer != "" {
		token = bearer
	}
	if cookie, err := r.Cookie("asc_auth_key"); err == nil && cookie.Value != "" {
		token = cookie.Value
	}
	if c.signIn(c.state.usersByToken[token], scopeWrite) {
		return
	}
	for _, name := range []string{"asc_auth_key", "socketio.sid"} {
		if _, err := r.Cookie(name); err == nil {
			answer.Add(echo.HeaderSetCookie, dotnet.DeletedCookie(name, c.cookiePath))
		}
	}
}
