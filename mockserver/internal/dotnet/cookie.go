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
	attributes := make([]string, 0, 8)
	attributes = append(attributes, c.Name+"="+escapeData(c.Value))
	if !c.Expires.IsZero() {
		attributes = append(attributes, "expires="+c.Expires.UTC().Format(http.TimeFormat))
	}
	if c.Domain != "" {
		attributes = append(attributes, "domain="+c.Domain)
	}
	attributes = append(attributes, "path="+c.Path)
	if c.Secure {
		attributes = append(attributes, "secure")
	}
	if c.SameSite != "" {
		attributes = append(attributes, "samesite="+c.SameSite)
	}
	if c.HTTPOnly {
		attributes = append(attributes, "httponly")
	}
	if c.Partitioned {
		attributes = append(attributes, "Partitioned")
	}
	return strings.Join(attributes, "; ")
}

// DeletedCookie is the Set-Cookie that deletes a cookie.
func DeletedCookie(name, path string) string {
	return Cookie{Name: name, Expires: time.Unix(0, 0), Path: path}.String()
}

// escapeData escapes a text as Uri.EscapeDataString does: everything but letters and digits of ASCII and - . _ ~.
func escapeData(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
