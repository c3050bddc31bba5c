// Package portalname finds the portal that a request names, and removes the prefix /portals/NAME from its path.
package portalname

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// The three ways to name a portal, in the order in which they count: the path /portals/NAME/…, the header, and the host
// NAME.localhost.
const (
	Path        = "/portals/"
	Header      = "X-Mock-Portal"
	LocalDomain = ".localhost"
)

// Pattern matches the names that a portal can have: a label of a host name.
var Pattern = text.Pattern{Text: `^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`}

type prefixKey struct{}

// PrefixFrom is what the caller's path has in front of the portal's own path. It comes in the context, where no caller can put
// anything.
func PrefixFrom(ctx context.Context) string {
	prefix, _ := ctx.Value(prefixKey{}).(string)
	return prefix
}

// FromRequest returns the name of a portal, if the request names one, and the request without the prefix. The rest of the path
// stays as it was sent: a share key may have slashes, and a portal does not know paths with two slashes in a row.
func FromRequest(r *http.Request) (name string, inner *http.Request, named bool) {
	path := r.URL.RawPath // EscapedPath would escape the whole path anew when it has a letter that should have been escaped
	if path == "" && strings.HasPrefix(strings.TrimLeft(r.URL.Path, "/"), Path[1:]) {
		path = r.URL.EscapedPath()
	}
	if rest, ok := strings.CutPrefix(strings.TrimLeft(path, "/"), Path[1:]); ok {
		name, rest, _ = strings.Cut(rest, "/")
		if plain, err := url.PathUnescape(name); err == nil {
			name = plain
		}
		return name, withoutPrefix(r, Path+name, "/"+rest), true
	}
	if values, ok := r.Header[Header]; ok {
		return strings.Join(values, ", "), r, true // two names match no portal
	}
	host := strings.ToLower(strings.TrimSuffix(HostName(r.Host), "."))
	name, named = strings.CutSuffix(host, LocalDomain)
	return name, r, named
}

func withoutPrefix(r *http.Request, prefix, escaped string) *http.Request {
	inner := r.WithContext(context.WithValue(r.Context(), prefixKey{}, prefix))
	address := *r.URL
	address.RawPath = escaped
	address.Path = escaped
	if plain, err := url.PathUnescape(escaped); err == nil {
		address.Path = plain
	}
	inner.URL = &address
	return inner
}

// HostName is a host without its port, and an IPv6 address without its brackets.
func HostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
}
