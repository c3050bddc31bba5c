package dotnet

import "strings"

// URIParts is the scheme and the host of an absolute URI, in lower case. ok is false when the text is none. A URI without a host, such
// as a path or javascript:1, has an empty one (Uri.cs (runtime)).
func URIParts(text string) (scheme, host string, ok bool) {
	if URIError(text) != "" {
		return "", "", false
	}
	text = strings.Trim(text, uriBlanks)
	scheme, rest, _ := strings.Cut(text, ":")
	switch {
	case startsWithSlashes(text):
		rest = strings.TrimLeft(text, `/\`)
		if end := strings.IndexAny(rest, `/\`); end >= 0 {
			rest = rest[:end]
		}
		return "file", ToLower(rest), true
	case text[0] == '/' || text[1] == ':' || text[1] == '|':
		return "file", "", true
	}
	scheme = ToLower(scheme)
	switch {
	case startsWithSlashes(rest):
		rest = rest[2:]
	case syntaxOf(scheme).authority != authorityNoMark:
		return scheme, "", true
	}
	rest = withoutUser(rest)
	end, isHost := cutHost(rest, `/\:?#`, true)
	if !isHost {
		return scheme, "", true
	}
	return scheme, ToLower(rest[:len(rest)-len(end)]), true
}
