package mockserver

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// call is one request on its way through the fake: what has been found out about it so far.
type call struct {
	request    *http.Request // as it arrived
	state      *state        // the portal as it was then
	parts      []string      // of the path, decoded
	route      route
	query      query
	started    time.Time // on the portal's clock
	arrived    time.Time // on ours
	href       string    // address as answers show it
	https      bool
	cookiePath string // where cookies hold: portals that share a host do not see each other's
	ip         string // of the client, as the password limiter sees it
	remote     string // of the client, as the rate limiter sees it

	contentType string // of a success

	caller *User // nil is anonymous
	scopes []string
	apiKey bool // the request carries Authorization: Bearer sk-…

	traceID string // of the client, "" without one

	read       bool
	text       []byte // the body of a call that has one, as UTF-8
	unreadable error  // why text is not all of it

	readings   []reading // of the body, by the other profiles
	hint       string    // what the other profile would have answered
	violations []Violation
	faults     []string // IDs of those that were applied
	faultKinds []FaultKind
	ending     ending

	cleared  uint64 // how often the journal had been cleared when the request arrived
	sequence uint64 // in the journal, 0 before it is there
}

type callKey struct{}

func callFrom(ctx context.Context) *call { return ctx.Value(callKey{}).(*call) }

// clientIP trusts X-Forwarded-For from loopback only: ASP.NET Core's known proxies.
var clientIP = echo.ExtractIPFromXFFHeader(echo.TrustLoopback(true), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false))

func newCall(r *http.Request, s *state, now time.Time) *call {
	c := &call{
		request: r,
		state:   s,
		parts:   segments(r.URL.EscapedPath()),
		query:   parseQuery(r.URL.RawQuery),
		started: now,
		arrived: time.Now(),
		remote:  clientIP(r),

		contentType: negotiate(strings.Join(r.Header.Values(echo.HeaderAccept), ",")),
		traceID:     traceID(r.Header.Values(headerTraceParent)),
	}
	c.route = resolve(c.parts)
	scheme, host := callerAddress(r)
	c.https = scheme == "https"
	prefix := prefixFrom(r.Context())
	c.href = displayURL(scheme, host+prefix, c.parts, r.URL.RawQuery)
	c.cookiePath = prefix + "/"
	// MessageSettings.cs: the query wins over the connection, so that anybody can choose their address.
	c.ip = c.query.get("request-x-real-ip")
	if c.ip == "" {
		c.ip = c.remote
	}
	return c
}

// callerAddress is the scheme and the host, with port, under which the caller sees the server. A proxy on loopback tells them.
func callerAddress(r *http.Request) (scheme, host string) {
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

// isOperation says whether the request makes one of the four calls, whoever is calling.
func (c *call) isOperation() bool { return c.operation() != "" }

// operation is the call that the request makes; "" when it is none of the four.
func (c *call) operation() Operation {
	if c.route.method != c.request.Method {
		return ""
	}
	return c.route.operation
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
