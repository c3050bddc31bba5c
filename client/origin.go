package client

import (
	"net/url"
	"strings"
)

// originOf gives scheme, host and port in one spelling. Credentials and cookies stay within one origin.
func originOf(u *url.URL) string {
	scheme, port := strings.ToLower(u.Scheme), u.Port()
	if port == "" {
		switch scheme {
		case "http":
			port = "80"
		case "https":
			port = "443"
		}
	}
	return scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}
