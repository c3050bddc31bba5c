package mockserver

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// linkCookie is the name of the cookie that remembers the password of a link (CookiesManager.cs).
func linkCookie(link *Link) string { return "sharelink" + link.ID }

// remembers says whether the request carries the remembered password of the link. The first place that has one decides, and
// only the password counts: a token of another link with the same password opens this one too (recorded: VE069).
func (use linkUse) remembers(secret secret, link *Link) bool {
	remembered := use.remembered(linkCookie(link))
	if remembered == "" {
		token, _ := secret.readToken(use.token())
		remembered = token.Password
	}
	return remembered != "" && text.SameSecret(remembered, secret.passwordKey(link.Password))
}

// remembered is the value of the header of this name or, when that is not there at all, of the cookie (CookiesManager.cs;
// recorded: VE033, VE037).
func (use linkUse) remembered(name string) string {
	if values, sent := use.request.Header[http.CanonicalHeaderKey(name)]; sent {
		return strings.Join(slices.DeleteFunc(slices.Clone(values), func(value string) bool { return value == "" }), ",")
	}
	return use.cookie(name)
}

// cookie is the value of a cookie, "" when it was not sent.
func (use linkUse) cookie(name string) string {
	return dotnet.SentCookie(use.request.Header.Values(echo.HeaderCookie), name)
}

// token is the key of a link that the request carries beside the one in its path (ExternalShare.cs).
func (use linkUse) token() string {
	if token := use.request.Header.Get("Request-Token"); token != "" {
		return token
	}
	return use.query.Get("share")
}

// passwordKey is the value of the cookie that remembers a password (ExternalShare.cs).
func (s secret) passwordKey(password string) string { return s.sign(password) }
