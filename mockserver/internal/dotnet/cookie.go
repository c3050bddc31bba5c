package dotnet

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Cookie is a cookie that an answer sets.
type Cookie struct {
	Name, Value  string
	Expires      time.Time // zero is the end of the browser's session
	Domain, Path string    // without a Domain the cookie is for the host only
	Secure       bool
	SameSite     string // strict, lax or none; "" leaves it out
	HTTPOnly     bool
	Partitioned  bool
}

// String is the value of Set-Cookie, with the attributes as ASP.NET Core writes them, and in its order (SetCookieHeaderValue.cs
// (aspnetcore); recorded: cS-S06).
func (c Cookie) String() string {
	var b strings.Builder
	value := escapeData(c.Value)
	b.Grow(len(c.Name) + len(value) + len(c.Domain) + len(c.Path) + 128)
	b.WriteString(c.Name)
	b.WriteByte('=')
	b.WriteString(value)
	if !c.Expires.IsZero() {
		b.WriteString("; expires=")
		b.WriteString(c.Expires.UTC().Format(http.TimeFormat))
	}
	if c.Domain != "" {
		b.WriteString("; domain=")
		b.WriteString(c.Domain)
	}
	b.WriteString("; path=")
	b.WriteString(c.Path)
	if c.Secure {
		b.WriteString("; secure")
	}
	if c.SameSite != "" {
		b.WriteString("; samesite=")
		b.WriteString(c.SameSite)
	}
	if c.HTTPOnly {
		b.WriteString("; httponly")
	}
	if c.Partitioned {
		b.WriteString("; Partitioned")
	}
	return b.String()
}

// DeletedCookie is the Set-Cookie that deletes a cookie.
func DeletedCookie(name, path string) string {
	return Cookie{Name: name, Expires: time.Unix(0, 0), Path: path}.String()
}

// escapeData escapes a text as Uri.EscapeDataString does: everything but letters and digits of ASCII and - . _ ~.
func escapeData(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
