package client

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// checkScheme refuses an address to which the credentials would travel unencrypted.
func checkScheme(home *url.URL, cfg *config) error {
	if cfg.credential.value == nil || cfg.insecure || !isInsecure(home) {
		return nil
	}
	return fmt.Errorf("docspace: base URL: %w; use https, or WithInsecureHTTP where the network can be trusted", ErrInsecureHTTP)
}

// isInsecure says whether others can read the requests: plain http to another machine.
func isInsecure(u *url.URL) bool {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if ip, err := netip.ParseAddr(host); err == nil && ip.Unmap().IsLoopback() {
		return false
	}
	return u.Scheme == "http" && host != "localhost"
}
