package client

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// checkScheme keeps credentials from going over the wire in the clear.
func checkScheme(home *url.URL, cfg *config) error {
	if cfg.credential.value == nil || cfg.insecure || !inTheClear(home) {
		return nil
	}
	return fmt.Errorf("docspace: base URL: %w; use https, or WithInsecureHTTP where the network can be trusted", ErrInsecureHTTP)
}

// inTheClear says whether others could read along: plain http, to more than this machine.
func inTheClear(u *url.URL) bool {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if ip, err := netip.ParseAddr(host); err == nil && ip.Unmap().IsLoopback() {
		return false
	}
	return u.Scheme == "http" && host != "localhost"
}
