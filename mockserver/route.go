package mockserver

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

// route is where a path leads on the server.
type route struct {
	operation Operation // "" where this fake has nothing
	method    string    // the one that the path knows, "" for an unknown path
	path      string    // as openapi.yaml spells it, without the key
	key       string    // of the share link
	elsewhere string    // what the server has there, where the fake has nothing
	lookup    bool      // the server looks up an id there, and does not find it
}

func routeOf(o Operation) route {
	return route{operation: o, method: o.Method(), path: strings.ReplaceAll(o.Path(), "{key}", "-")}
}

// resolve finds the route of a path, given as its decoded segments. Literals match in any case, and a slash at the end is
// ignored (ASP.NET Core routing); the share key stands as it is.
func resolve(segments []string) route {
	if len(segments) > 1 && segments[len(segments)-1] == "" {
		segments = segments[:len(segments)-1]
	}
	// DefaultRoute.cs: the version is a segment, and only 2.0 exists. That 2 is the same is the best reading of
	// Asp.Versioning; behind nginx only 2.0 arrives.
	if len(segments) < 4 || !sameASCII(segments[0], "api") || (segments[1] != "2.0" && segments[1] != "2") || !sameASCII(segments[2], "files") {
		return route{}
	}
	rest := segments[3:]
	is := func(i int, literal string) bool { return sameASCII(rest[i], literal) }
	switch {
	case rest[0] == "":
		return route{}
	case len(rest) == 1 && is(0, "settings"):
		return routeOf(GetFilesSettings)
	case len(rest) == 1:
		return route{method: http.MethodGet, elsewhere: "the folder of that id (GET files/{folderId})", lookup: true}
	case len(rest) == 2 && is(0, "settings") && is(1, "external"):
		return routeOf(ExternalShare)
	case len(rest) == 2 && is(0, "settings") && is(1, "externalsocialmedia"):
		return routeOf(ExternalShareSocialMedia)
	case len(rest) == 2 && is(0, "settings") && is(1, "externalsharingsettings"):
		return route{method: http.MethodPut, elsewhere: "the whole sharing policy (PUT files/settings/externalsharingsettings)"}
	case len(rest) == 2 && is(0, "share") && rest[1] != "":
		return route{method: http.MethodGet, elsewhere: "the target of the share link (GET files/share/{key})"}
	case len(rest) == 3 && is(0, "share") && rest[1] != "" && is(2, "password"):
		password := routeOf(ApplyExternalSharePassword)
		password.key = rest[1]
		return password
	default:
		return route{}
	}
}

// segments splits an escaped path into its decoded segments, without dot segments. Slashes at the start count as one: the
// proxy in front of a portal merges them, and the official Go SDK sends two to its default address.
func segments(escapedPath string) []string {
	var segments []string
	for _, escaped := range strings.Split(strings.TrimLeft(escapedPath, "/"), "/") {
		segment, err := url.PathUnescape(escaped)
		if err != nil || !utf8.ValidString(segment) {
			segment = escaped
		}
		switch segment {
		case ".":
		case "..":
			segments = segments[:max(0, len(segments)-1)]
		default:
			segments = append(segments, segment)
		}
	}
	return segments
}

// displayURL is the address of a request as the server shows it: not escaped, but for slashes within a segment
// (ASP.NET Core GetDisplayUrl).
func displayURL(scheme, host string, parts []string, rawQuery string) string {
	var shown strings.Builder
	shown.WriteString(scheme + "://" + host)
	for _, part := range parts {
		shown.WriteByte('/')
		shown.WriteString(strings.ReplaceAll(part, "/", "%2F"))
	}
	if len(parts) == 0 {
		shown.WriteByte('/')
	}
	if rawQuery != "" {
		shown.WriteString("?" + rawQuery)
	}
	return shown.String()
}

// query is a query string, read as ASP.NET Core reads it: names in any case.
type query url.Values

func parseQuery(raw string) query {
	values, _ := url.ParseQuery(raw) // what cannot be read is left out, there as here
	q := query{}
	for name, list := range values {
		q[lowerASCII(name)] = append(q[lowerASCII(name)], list...)
	}
	return q
}

// get is the first value of name, which is in lower case.
func (q query) get(name string) string { return url.Values(q).Get(name) }

// fields are the properties asked for, nil when all are: fields[]=a&fields[]=b, fields=a,b or fields=a&fields=b
// (ApiContext.cs). An empty fields asks for a property without a name, so for none.
func (q query) fields() []string {
	if list := q["fields[]"]; len(list) > 0 {
		return list
	}
	list := q["fields"]
	if len(list) == 1 {
		return strings.Split(list[0], ",")
	}
	return list
}

// lowerASCII folds letters as .NET's OrdinalIgnoreCase does for ASCII; strings.EqualFold also takes ſ for s.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

func sameASCII(a, b string) bool { return lowerASCII(a) == lowerASCII(b) }
