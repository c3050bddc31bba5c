package client

import (
	"errors"
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
	if strings.ContainsFunc(raw, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return refuse("it contains blanks or control characters")
	}
	u, err := url.Parse(raw)
	if err != nil {
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
	home := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: decoded, RawPath: path}
	if calls := callsPath.FindString(decoded); calls != "" {
		home.Path, home.RawPath = strings.TrimSuffix(decoded, calls), ""
		return nil, errors.New("docspace: base URL: it ends in the path of the calls, which the client adds; write " + home.String())
	}
	return home, nil
}

// callsPath matches what people paste with the address of a portal. Letter case does not matter to a portal.
var callsPath = regexp.MustCompile(`(?i)/+api(/+2\.0)?/*$`)

func validPort(port string) bool {
	if port == "" {
		return true
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0
}
