package mockserver

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// authCookie is the name of the cookie with the token of a session.
const authCookie = "asc_auth_key"

// sessionCookies are the cookies that belong to a session.
var sessionCookies = []string{authCookie, "socketio.sid"}

// useToken signs in with the portal token of the cookie or, when there is none, of the Authorization header. When this fails, the
// answer deletes the cookies of the request (CookieAuthHandler.cs).
func (c *call) useToken(answer http.Header, header string) {
	cookies := c.request.Header[echo.HeaderCookie]
	cookie := dotnet.SentCookie(cookies, authCookie)
	if token, ok := withoutBearer(cmp.Or(cookie, header)); ok {
		user, session := c.state.userOfToken(token, c.started)
		if c.signIn(user, allScopes) {
			if cookie != "" {
				c.session = session
			}
			return
		}
	}
	if cookie != "" || header != "" {
		c.because("A403")
	}
	if c.operation() == Logout {
		return // it deletes good cookies too
	}
	for _, name := range sessionCookies {
		if dotnet.SentCookie(cookies, name) != "" {
			for _, deleted := range c.deletedSession(name) {
				answer.Add(echo.HeaderSetCookie, deleted)
			}
		}
	}
}

// withoutBearer cuts as many letters as "Bearer " has from a text that has Bearer anywhere (CookieAuthHandler.cs; recorded:
// cH-H170B, cK-K032B). The server fails when the text is too short.
func withoutBearer(sent string) (token string, ok bool) {
	sent = strings.TrimSpace(sent)
	if !strings.Contains(sent, strings.TrimSpace(bearerPrefix)) {
		return sent, true
	}
	if len(sent) < len(bearerPrefix) {
		return "", false
	}
	return sent[len(bearerPrefix):], true
}

// portalToken is a portal token as the server compares it: without escapes, and with + for a blank, because a token is base64
// (CookieStorage.cs; recorded: cH-H166D, cK-K026A).
func portalToken(text string) string { return strings.ReplaceAll(dotnet.UnescapeForm(text), " ", "+") }
