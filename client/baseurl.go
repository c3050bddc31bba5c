package client

import (
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// parseBaseURL checks the portal's address. Its errors do not repeat an address that may hold a password.
func parseBaseURL(raw string) (*url.URL, error) {
	refuse := func(why string) (*url.URL, error) {
		return nil, errors.New("docspace: base URL: " + why + "; expected something like https://yourportal.onlyoffice.com")
	}
	if strings.TrimSpace(raw) == "" {
		return refuse("it is empty")
	}
	if strings.ContainsFunc(raw, isUnseen) {
		return refuse("it contains blanks, control characters or characters that cannot be seen")
	}
	u, err := url.Parse(raw)
	switch {
	case twoSchemes.MatchString(raw):
		return refuse("it starts with http:// or https:// twice")
	case moreColons.MatchString(raw):
		return refuse("it has two ports, or an IPv6 address without brackets")
	case err != nil:
		return refuse("it is not a URL")
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return refuse("it does not start with http:// or https://")
	case u.User != nil:
		return refuse("it contains a user name or password; use WithBasicAuth instead")
	case u.Opaque != "" || u.Hostname() == "":
		return refuse("it has no host")
	case strings.Contains(raw, "?"):
		return refuse("it has a query")
	case strings.Contains(raw, "#"):
		return refuse("it has a fragment")
	case strings.HasSuffix(u.Host, ":") || !validPort(u.Port()):
		return refuse("its port is not a number from 1 to 65535")
	case !validHost(u):
		return refuse("its host is neither a name nor an IP address")
	}
	segments := strings.Split(u.Path, "/")
	if slices.Contains(segments, ".") || slices.Contains(segments, "..") {
		return refuse("its path contains . or ..")
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	decoded, err := url.PathUnescape(path)
	if err != nil {
		return refuse("it is not a URL")
	}
	if home, what := beforeCalls(path); what != "" {
		u.Path, _ = url.PathUnescape(home) // a part of what could be unescaped
		home := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: home}
		return nil, errors.New("docspace: base URL: it contains " + what + "; write " + home.String())
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: decoded, RawPath: path}, nil
}

// isUnseen also stands for a byte that is no UTF-8.
func isUnseen(r rune) bool {
	return r == unicode.ReplacementChar || unicode.IsSpace(r) || !unicode.IsPrint(r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// What people paste, or make of an address by adding to it.
var (
	twoSchemes = regexp.MustCompile(`(?i)^https?://https?:`)
	moreColons = regexp.MustCompile(`(?i)^https?://[^/?#@\[\]]*:[^/?#@\[\]]*:[^/?#@]*([/?#]|$)`)
)

// hostName matches names of hosts. Those with other letters than ASCII have them in place of the ASCII ones.
var hostName = regexp.MustCompile(`^([\p{L}\p{M}\p{N}_-]+\.)*[\p{L}\p{M}\p{N}_-]+\.?$`)

// onlyHyphens matches a name in which a label has nothing but hyphens.
var onlyHyphens = regexp.MustCompile(`(^|\.)-+(\.|$)`)

func validHost(u *url.URL) bool {
	name := u.Hostname()
	if strings.HasPrefix(u.Host, "[") {
		address, err := netip.ParseAddr(name)
		return err == nil && address.Is6() && !strings.ContainsFunc(name, isUnseen)
	}
	return hostName.MatchString(name) && !onlyHyphens.MatchString(name) && !strings.ContainsFunc(name, isUnseen)
}

// What people paste with the address of a portal, in a path that begins with it. Letter case does not matter to a portal.
var (
	callsPath = regexp.MustCompile(`(?i)^api(/|$)`)
	pagePath  = regexp.MustCompile(`(?i)^(login|portal-settings|rooms/(shared|personal))(/|$)`)
)

// beforeCalls is what stands before the path of the calls, or of a page of the portal, and says which of them it is. what is "" when
// the path has neither. A prefix /portals/NAME can have any name but api.
func beforeCalls(path string) (home, what string) {
	segments := strings.Split(path, "/")
	for i := range segments {
		rest, _ := url.PathUnescape(strings.Join(segments[i:min(i+2, len(segments))], "/")) // api%2F2.0 is one segment
		home := strings.TrimRight(strings.Join(segments[:i], "/"), "/")
		switch {
		case callsPath.MatchString(rest):
			return home, "the path of the calls, which the client adds"
		case pagePath.MatchString(rest) && !strings.HasSuffix(home, "/portals"):
			return home, "the path of a page of the portal"
		}
	}
	return "", ""
}

func validPort(port string) bool {
	if port == "" {
		return true
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0
}
