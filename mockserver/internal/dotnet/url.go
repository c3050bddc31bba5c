package dotnet

import (
	"net/url"
	"strings"
)

// SentPath is the path of a request as it was sent. [url.URL.EscapedPath] escapes the whole path anew when it has a letter that
// should have been escaped, and %2F is a slash then.
func SentPath(address *url.URL) string {
	if address.RawPath != "" {
		return address.RawPath
	}
	return address.EscapedPath()
}

// Unroutable says whether Kestrel refuses the target of a request with an empty answer 400: its path has a zero, or it has bytes
// beyond ASCII (recorded: F749, F808). path and query are as they were sent.
func Unroutable(path, query string) bool {
	return strings.Contains(path, "%00") || !isASCII(path) || !isASCII(query)
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Segments splits a path as it was sent into its segments, without dot segments. The path is unescaped before, except that %2F
// and malformed escapes stay (PathDecoder.cs (aspnetcore)). A slash at the end makes an empty last segment, and two slashes make
// an empty one between them. They are in the memory of room, if it is enough.
func Segments(room []string, sent string) []string {
	segments, rest := room[:0], strings.TrimPrefix(unescape(sent, true), "/")
	for more := true; more; {
		var part string
		part, rest, more = strings.Cut(rest, "/")
		switch part {
		case ".":
		case "..":
			segments = segments[:max(0, len(segments)-1)]
		default:
			segments = append(segments, part)
			continue
		}
		if !more {
			segments = append(segments, "") // a/. is a/ (recorded: F1490)
		}
	}
	return segments
}

// DisplayURL is the address of a request as the server shows it: the path is unescaped, and the query is as it was sent
// (GetDisplayUrl of ASP.NET Core).
func DisplayURL(scheme, host string, segments []string, address *url.URL) string {
	size := len(scheme) + len("://") + len(host) + len("?") + len(address.RawQuery)
	for _, segment := range segments {
		size += len("/") + len(segment)
	}
	var shown strings.Builder
	shown.Grow(size)
	shown.WriteString(scheme)
	shown.WriteString("://")
	shown.WriteString(host)
	if len(segments) == 0 {
		shown.WriteByte('/')
	}
	for _, segment := range segments {
		shown.WriteByte('/')
		shown.WriteString(segment)
	}
	if address.RawQuery != "" || address.ForceQuery {
		shown.WriteByte('?')
		shown.WriteString(address.RawQuery)
	}
	return shown.String()
}
