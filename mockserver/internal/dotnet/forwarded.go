package dotnet

import (
	"net"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// ClientIP is the address of the client. A proxy on loopback can name it in X-Forwarded-For, as one of ASP.NET Core's known
// proxies can.
var ClientIP = echo.ExtractIPFromXFFHeader(echo.TrustLoopback(true), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false))

// CallerAddress is the scheme and the host, with port, under which the caller sees the server. A proxy on loopback can name them
// in X-Forwarded-Proto and X-Forwarded-Host.
func CallerAddress(r *http.Request) (scheme, host string) {
	scheme, host = "http", r.Host
	if r.TLS != nil {
		scheme = "https"
	}
	if fromLoopback(r) {
		if proto := lastValue(r.Header.Get("X-Forwarded-Proto")); proto == "http" || proto == "https" {
			scheme = proto
		}
		if forwarded := lastValue(r.Header.Get("X-Forwarded-Host")); forwarded != "" {
			host = forwarded
		}
	}
	return scheme, host
}

func fromLoopback(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// lastValue is the entry of a forwarding header that the nearest proxy wrote.
func lastValue(header string) string {
	return strings.TrimSpace(header[strings.LastIndexByte(header, ',')+1:])
}
