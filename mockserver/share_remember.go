package mockserver

import (
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// linkCookie is the name of the cookie that remembers the password of a link (CookiesManager.cs).
func linkCookie(link *Link) string { return "sharelink" + link.ID }

// remembers says whether the request carries the remembered password of the link. It can be in the link's cookie, in a
// header of the same name, or inside a share key (CookiesManager.cs, ExternalShare.cs).
func (use linkUse) remembers(secret secret, link *Link, cookie string) bool {
	r := use.request
	want := secret.passwordKey(link.Password)
	if c, err := r.Cookie(cookie); err == nil && text.SameSecret(c.Value, want) {
		return true
	}
	if value := r.Header.Get(cookie); value != "" && text.SameSecret(value, want) {
		return true
	}
	for _, signed := range []string{use.key, r.Header.Get("Request-Token"), use.query.Get("share")} {
		if token, ok := secret.readToken(signed); ok && token.ID == link.ID && text.SameSecret(token.Password, want) {
			return true
		}
	}
	return false
}

// passwordKey is the value of the cookie that remembers a password (ExternalShare.cs).
func (s secret) passwordKey(password string) string { return s.sign(password) }
