package mockserver

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

const (
	portalsPath  = "/portals/"
	headerPortal = "X-Mock-Portal"
	localDomain  = ".localhost"
)

// portalName is what a portal can be called: a label of a host name.
var portalName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

type prefixKey struct{}

// prefixFrom is what the caller's path has in front of that of the portal. It comes by the context, where no caller can put
// anything.
func prefixFrom(ctx context.Context) string {
	prefix, _ := ctx.Value(prefixKey{}).(string)
	return prefix
}

// portalOf is the name of the portal that a request is for, if it has one, and the request as that portal should see it. The
// rest of the path stays escaped as it was: a share key may have slashes. Slashes at its start count as one.
func portalOf(r *http.Request) (name string, inner *http.Request, named bool) {
	path := "/" + strings.TrimLeft(r.URL.EscapedPath(), "/")
	if rest, ok := strings.CutPrefix(path, portalsPath); ok {
		name, rest, _ = strings.Cut(rest, "/")
		if plain, err := url.PathUnescape(name); err == nil {
			name = plain
		}
		return name, withoutPrefix(r, portalsPath+name, "/"+strings.TrimLeft(rest, "/")), true
	}
	if values, ok := r.Header[headerPortal]; ok {
		return strings.Join(values, ", "), r, true // two are none
	}
	host := strings.ToLower(strings.TrimSuffix(hostName(r.Host), "."))
	name, named = strings.CutSuffix(host, localDomain)
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

// hostName is a host without its port, and an IPv6 address without its brackets.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
}
