package dotnet

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The messages of UriFormatException (Strings.resx of System.Private.Uri (runtime)).
const (
	uriEmpty         = "Invalid URI: The URI is empty."
	uriBadFormat     = "Invalid URI: The format of the URI could not be determined."
	uriBadScheme     = "Invalid URI: The URI scheme is not valid."
	uriLongScheme    = "Invalid URI: The Uri scheme is too long."
	uriUnrootedDrive = `Invalid URI: A Dos path must be rooted, for example, 'c:\\'.`
	uriBadAuthority  = "Invalid URI: The Authority/Host could not be parsed."
	uriBadHost       = "Invalid URI: The hostname could not be parsed."
	uriBadPort       = "Invalid URI: Invalid port specified."
)

const maxSchemeLength = 1024

// uriSyntax is what System.Uri expects behind a scheme.
type uriSyntax struct {
	authority authority
	emptyHost bool // the host may be missing
	userInfo  bool // the host may have user@ before it
	port      bool // and a port behind it
	uncHost   bool // a host may also be a name of Windows, such as _x
	drive     bool // the path may begin with a drive of Windows, with or without slashes before it
	file      bool // as the scheme file: \ is a slash, and a drive needs one behind it
	unknown   bool // any scheme that System.Uri has no syntax for
}

// authority says whether // and a host follow a scheme.
type authority int

const (
	authorityMust   authority = iota
	authorityMay              // when // follows
	authorityNever            // whatever follows is a path
	authorityNoMark           // a host follows without //, as in mailto:user@host
)

var (
	serverSyntax  = uriSyntax{userInfo: true, port: true, uncHost: true}
	fileSyntax    = uriSyntax{emptyHost: true, uncHost: true, drive: true, file: true}
	unknownSyntax = uriSyntax{authority: authorityMay, emptyHost: true, userInfo: true, port: true, uncHost: true, drive: true, unknown: true}
)

// syntaxOf is the syntax of a scheme in lower case (UriSyntax.cs (runtime)).
func syntaxOf(scheme string) uriSyntax {
	switch scheme {
	case "http", "https", "ws", "wss", "ftp", "gopher", "nntp", "telnet":
		return serverSyntax
	case "file", "vsmacros":
		return fileSyntax
	case "ldap":
		return uriSyntax{emptyHost: true, userInfo: true, port: true, uncHost: true}
	case "net.tcp":
		return uriSyntax{port: true}
	case "net.pipe":
		return uriSyntax{}
	case "mailto":
		return uriSyntax{authority: authorityNoMark, emptyHost: true, userInfo: true, port: true, uncHost: true}
	case "news", "uuid":
		return uriSyntax{authority: authorityNever}
	default:
		return unknownSyntax
	}
}

// URIError is the message of the UriFormatException that new Uri(text) of .NET 10 throws on Linux, where the text has to be an
// absolute URI. It is "" when the text is one. A path such as /a, and those of Windows, are absolute URIs too (Uri.cs (runtime)).
func URIError(text string) string {
	if text == "" {
		return uriEmpty
	}
	text = strings.TrimLeft(text, uriBlanks)
	if strings.HasPrefix(text, "/") && !startsWithSlashes(text) {
		return "" // a path of Unix
	}
	scheme, rest, hasScheme := strings.Cut(text, ":")
	switch {
	case hasScheme && scheme == "", utf8.RuneCountInString(text) < 3:
		return uriBadFormat
	case text[1] == ':' || text[1] == '|':
		return driveError(text)
	case startsWithSlashes(text):
		return hostError(strings.TrimLeft(strings.TrimRight(text, uriBlanks), `/\`), fileSyntax, true)
	case text[0] == '\\' || !hasScheme:
		return uriBadFormat
	case !isScheme(scheme):
		return uriBadScheme
	case len(scheme) > maxSchemeLength:
		return uriLongScheme
	default:
		return syntaxOf(ToLower(scheme)).check(strings.TrimRight(rest, uriBlanks))
	}
}

const uriBlanks = " \t\r\n"

func isSlash(c byte) bool { return c == '/' || c == '\\' }

// startsWithSlashes says whether a text starts with two slashes of any kind.
func startsWithSlashes(text string) bool {
	return len(text) > 1 && isSlash(text[0]) && isSlash(text[1])
}

func isLetter[C byte | rune](c C) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit[C byte | rune](c C) bool { return '0' <= c && c <= '9' }

// driveError is the error of a text that begins with one letter and : or |, as the path of a drive of Windows does.
func driveError(text string) string {
	switch {
	case isLetter(text[0]) && isSlash(text[2]):
		return ""
	case isLetter(text[0]):
		return uriUnrootedDrive
	case text[1] == ':':
		return uriBadScheme
	default:
		return uriBadFormat
	}
}

func isScheme(scheme string) bool {
	return isLetter(scheme[0]) && strings.IndexFunc(scheme, func(r rune) bool {
		return !isLetter(r) && !isDigit(r) && !strings.ContainsRune("+-.", r)
	}) < 0
}

// check is the error of what follows the colon of a scheme.
func (s uriSyntax) check(rest string) string {
	afterSlashes := strings.TrimLeft(rest, `/\`)
	slashes := len(rest) - len(afterSlashes)
	if s.drive && len(rest) > 1 && (s.file || slashes <= 3) {
		switch {
		case len(afterSlashes) > 1 && isLetter(afterSlashes[0]) && (afterSlashes[1] == ':' || afterSlashes[1] == '|'):
			if len(afterSlashes) > 2 && isSlash(afterSlashes[2]) {
				return ""
			}
			if s.file {
				return uriUnrootedDrive
			}
		case s.file && slashes == 3 && rest[2] == '/':
			return "" // a path of Unix
		case s.file && slashes >= 2 && slashes != 3 && afterSlashes != "" && !strings.ContainsAny(afterSlashes[:1], "?#"):
			return hostError(afterSlashes, s, false)
		}
	}
	switch {
	case s.authority == authorityNoMark:
		return hostError(rest, s, false)
	case s.authority == authorityNever, s.authority == authorityMay && slashes != 2 && slashes != 3 && !strings.HasPrefix(rest, "//"):
		return ""
	case !startsWithSlashes(rest):
		return uriBadAuthority
	default:
		return hostError(rest[2:], s, false)
	}
}

// hostError is the error of a host with user and port, and of what ends it. In an implicit file, which is a path such as //host/a,
// only a slash ends a host.
func hostError(text string, s uriSyntax, implicitFile bool) string {
	if text == "" || text[0] == '/' || text[0] == '#' || text[0] == '?' || text[0] == '\\' && s.file {
		if s.emptyHost && !implicitFile {
			return ""
		}
		return uriBadHost
	}
	if s.userInfo {
		text = withoutUser(text)
	}
	ends := `/\:?#`
	if implicitFile {
		ends = `/\`
	}
	end, ok := cutHost(text, ends, s.uncHost)
	atPort := strings.HasPrefix(end, ":")
	if atPort && s.port {
		if bad := portError(end[1:]); bad != "" {
			return bad
		}
	}
	switch {
	case ok && (!atPort || s.port) && (!strings.HasPrefix(end, `\`) || s.file), s.unknown && areDots(text):
		return ""
	default:
		return uriBadHost
	}
}

// withoutUser is a host without the user@ before it.
func withoutUser(text string) string {
	if i := strings.IndexAny(text, `@/\?#`); i >= 0 && text[i] == '@' && i < len(text)-1 {
		return text[i+1:]
	}
	return text
}

// areDots says whether a host of an unknown scheme is . or .., which are fine there.
func areDots(text string) bool {
	if end := strings.IndexAny(text, "/?#"); end >= 0 {
		text = text[:end]
	}
	return text == "." || text == ".."
}

// portError is the error of a port, which may be empty.
func portError(text string) string {
	port := 0
	for i := range len(text) {
		switch c := text[i]; {
		case isDigit(c):
			if port = port*10 + int(c-'0'); port > 0xffff {
				return uriBadPort
			}
		case c == '/' || c == '?' || c == '#':
			return ""
		default:
			return uriBadPort
		}
	}
	return ""
}

// cutHost returns what follows the host that a text begins with. ok says whether the host is an address or a name. An IPv4 address
// is a name too, so that only IPv6 needs a look of its own.
func cutHost(text, ends string, unc bool) (end string, ok bool) {
	if length := ipv6Length(text); length > 0 {
		end = text[length:]
		if end != "" && !strings.Contains(ends, end[:1]) {
			return "", false
		}
		return end, true
	}
	host := text
	if i := strings.IndexAny(text, ends); i >= 0 {
		host = text[:i]
	}
	if isDomainName(host) || unc && isWindowsName(host) {
		return text[len(host):], true
	}
	return text, false
}

// ipv6Length is the length of the IPv6 address in brackets that a text begins with, or 0. A zone of any text and the length of a
// prefix may follow the address (IPv6AddressHelper.cs (runtime)).
func ipv6Length(text string) int {
	inner, _, closed := strings.Cut(text, "]")
	if !closed || !strings.HasPrefix(inner, "[") {
		return 0
	}
	address, prefix, hasPrefix := strings.Cut(inner[1:], "/")
	address, _, _ = strings.Cut(address, "%")
	ip, err := netip.ParseAddr(address)
	if err != nil || !ip.Is6() || hasPrefix && !isPrefixLength(prefix) {
		return 0
	}
	return len(inner) + len("]")
}

func isPrefixLength(text string) bool {
	return text != "" && len(text) <= 2 && strings.Trim(text, "0123456789") == ""
}

// isDomainName says whether a host is a name of labels of at most 63 characters: letters, digits, - and _, where a letter or a digit
// is the first one, and anything beyond U+009F. One dot may be at the end (DomainNameHelper.cs (runtime)).
func isDomainName(host string) bool {
	begin := 0
	for i, r := range host {
		switch r {
		case '.', '\u3002', '\uff0e', '\uff61':
			if !isLabel(host[begin:i]) {
				return false
			}
			begin = i + utf8.RuneLen(r)
		}
	}
	return begin > 0 && begin == len(host) || isLabel(host[begin:])
}

func isLabel(label string) bool {
	const asciiMark = len("xn--") // what a label beyond ASCII needs when it is sent
	length, beyondASCII := 0, false
	for i, r := range label {
		switch {
		case r >= 0xa0:
			beyondASCII = true
		case !isLetter(r) && !isDigit(r) && (i == 0 || r != '-' && r != '_'):
			return false
		}
		switch {
		case r > 0xffff:
			length += 4
		case r > 0xff:
			length += 2
		default:
			length++
		}
	}
	if beyondASCII {
		length += asciiMark
	}
	return 0 < length && length <= 63
}

// isWindowsName says whether a host is a name of Windows that is no domain name: its first two labels may begin with - or _, but the
// first has to have more than digits (UncNameHelper.cs (runtime)).
func isWindowsName(host string) bool {
	const maxLength = 256
	labels := strings.Split(host, ".")
	if last := len(labels) - 1; last > 0 && labels[last] == "" {
		labels = labels[:last]
	}
	for i, label := range labels {
		odd := strings.IndexFunc(label, func(r rune) bool { return !unicode.IsLetter(r) && (r < '0' || '9' < r) && r != '-' && r != '_' })
		if label == "" || odd >= 0 || i > 1 && (label[0] == '-' || label[0] == '_') {
			return false
		}
	}
	return strings.Trim(labels[0], "0123456789") != "" && len(host) <= maxLength
}
