package mockserver

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/portalname"
)

// call is one request on its way through the fake: what has been found out about it so far.
type call struct {
	request    *http.Request // as it arrived
	state      *state        // the portal as it was then
	parts      []string      // of the path, decoded
	route      route
	query      dotnet.Query
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

func newCall(r *http.Request, s *state, now time.Time) *call {
	c := &call{
		request: r,
		state:   s,
		parts:   dotnet.Segments(r.URL.EscapedPath()),
		query:   dotnet.ParseQuery(r.URL.RawQuery),
		started: now,
		arrived: time.Now(),
		remote:  dotnet.ClientIP(r),

		contentType: dotnet.Negotiate(r.Header.Values(echo.HeaderAccept)),
		traceID:     dotnet.ClientTraceID(r.Header.Values(dotnet.HeaderTraceParent)),
	}
	c.route = resolve(c.parts)
	scheme, host := dotnet.CallerAddress(r)
	c.https = scheme == "https"
	prefix := portalname.PrefixFrom(r.Context())
	c.href = dotnet.DisplayURL(scheme, host+prefix, c.parts, r.URL.RawQuery)
	c.cookiePath = prefix + "/"
	// MessageSettings.cs: the query wins over the connection, so that anybody can choose their address.
	c.ip = c.query.Get("request-x-real-ip")
	if c.ip == "" {
		c.ip = c.remote
	}
	return c
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

// reading is what another profile reads out of the body of a switch.
type reading struct {
	profile *profile
	on      bool
}
