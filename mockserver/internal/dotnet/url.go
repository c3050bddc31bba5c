package dotnet

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// Segments splits an escaped path into its decoded segments, without dot segments. Several slashes at the start count as one:
// the proxy in front of a portal merges them, and the official Go SDK sends two to its default address.
func Segments(escapedPath string) []string {
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

// DisplayURL is the address of a request as the server shows it. It is not escaped, except for slashes within a segment
// (ASP.NET Core GetDisplayUrl).
func DisplayURL(scheme, host string, segments []string, rawQuery string) string {
	var shown strings.Builder
	shown.WriteString(scheme + "://" + host)
	for _, segment := range segments {
		shown.WriteByte('/')
		shown.WriteString(strings.ReplaceAll(segment, "/", "%2F"))
	}
	if len(segments) == 0 {
		shown.WriteByte('/')
	}
	if rawQuery != "" {
		shown.WriteString("?" + rawQuery)
	}
	return shown.String()
}
