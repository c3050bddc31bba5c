package dotnet

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
)

// The headers of a proxy that count. All others, such as Forwarded and X-Forwarded-Port, do not (recorded: F1077 to F1081).
const (
	headerForwardedFor   = "X-Forwarded-For"
	headerForwardedProto = "X-Forwarded-Proto"
	headerForwardedHost  = "X-Forwarded-Host"
)

// CallerAddress is the scheme and the host, with port, under which the caller sees the server, as a proxy says it in
// X-Forwarded-Proto and X-Forwarded-Host.
func CallerAddress(r *http.Request) (scheme, host string) {
	scheme, host = "http", r.Host
	if r.TLS != nil {
		scheme = "https"
	}
	f := forwardedOf(r)
	if f.scheme != "" {
		scheme = f.scheme
	}
	if f.host != "" {
		host = f.host
	}
	return scheme, displayHost(host)
}

// ClientIP is the address of the client, as a proxy says it in X-Forwarded-For.
func ClientIP(r *http.Request) string {
	if client := forwardedOf(r).client; client.IsValid() {
		return client.String()
	}
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	return host
}

// forwarded is what the proxies in front of the server say. What none of them says is empty.
type forwarded struct {
	client       netip.Addr
	scheme, host string
}

// forwardedOf follows the hops from the server to the client, from the right to the left of each list, as long as the hop that it
// has reached is a known proxy (ForwardedHeadersMiddleware.cs (aspnetcore); recorded: F1063 to F1066, cX-X061 to cX-X067).
func forwardedOf(r *http.Request) (f forwarded) {
	clients, schemes, hosts := r.Header[headerForwardedFor], r.Header[headerForwardedProto], r.Header[headerForwardedHost]
	if len(clients)+len(schemes)+len(hosts) == 0 {
		return forwarded{}
	}
	connection, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return forwarded{}
	}
	reached := connection.Addr()
	clients, schemes, hosts = SplitValues(clients), SplitValues(schemes), SplitValues(hosts)
	for hop := range max(len(clients), len(schemes), len(hosts)) {
		if !isKnownProxy(reached) {
			break
		}
		if client := fromRight(clients, hop); client != "" {
			address, ok := parseEndpoint(client)
			if !ok {
				break
			}
			reached, f.client = address, address
		}
		if scheme := fromRight(schemes, hop); isForwardedScheme(scheme) {
			f.scheme = scheme
		}
		if host := fromRight(hosts, hop); isForwardedHost(host) {
			f.host = host
		}
	}
	return f
}

// isKnownProxy says whether the server believes a proxy: the installers of DocSpace name only 127.0.0.1.
func isKnownProxy(address netip.Addr) bool {
	return address.Unmap() == netip.AddrFrom4([4]byte{127, 0, 0, 1})
}

func fromRight(list []string, i int) string {
	if i >= len(list) {
		return ""
	}
	return list[len(list)-1-i]
}

// parseEndpoint reads an address, with or without a port: 192.0.2.1, 192.0.2.1:80, 2001:db8::1, [2001:db8::1] and [2001:db8::1]:80
// (IPEndPoint.cs (runtime)).
func parseEndpoint(text string) (address netip.Addr, ok bool) {
	if endpoint, err := netip.ParseAddrPort(text); err == nil {
		return endpoint.Addr(), true
	}
	inner, bracketed := strings.CutPrefix(text, "[")
	if bracketed {
		if inner, ok = strings.CutSuffix(inner, "]"); !ok {
			return netip.Addr{}, false
		}
	}
	address, err := netip.ParseAddr(inner)
	return address, err == nil && (!bracketed || address.Is6())
}

// isForwardedScheme says whether a text has only letters of a scheme. Which one stands first does not matter here (recorded:
// cX-X011).
func isForwardedScheme(text string) bool {
	return text != "" && strings.Trim(text, asciiAlphanumerics+"+-.") == ""
}

const asciiAlphanumerics = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// isForwardedHost says whether a text is a host, with or without a port (recorded: F1072, F1073).
func isForwardedHost(text string) bool {
	name := strings.TrimLeft(text, asciiAlphanumerics+"!$&'()-._~")
	if inner, ok := strings.CutPrefix(text, "["); ok {
		end := strings.TrimLeft(inner, "0123456789ABCDEFabcdef:.")
		if shortest := len("::1"); len(inner)-len(end) < shortest || !strings.HasPrefix(end, "]") {
			return false
		}
		name = end[1:]
	}
	if name == "" {
		return text != ""
	}
	port, ok := strings.CutPrefix(name, ":")
	return ok && name != text && port != "" && strings.Trim(port, "0123456789") == ""
}

// displayHost decodes the labels xn--… of a host. A host that cannot be decoded stays as it is (HostString.cs (aspnetcore);
// recorded: F1083, cX-X027).
func displayHost(host string) string {
	if !strings.Contains(host, "xn--") {
		return host
	}
	name, port, hasPort := strings.Cut(host, ":")
	decoded, err := idna.New(idna.MapForLookup(), idna.StrictDomainName(false), idna.CheckHyphens(false)).ToUnicode(name)
	switch {
	case err != nil:
		return host
	case hasPort:
		return decoded + ":" + port
	default:
		return decoded
	}
}
