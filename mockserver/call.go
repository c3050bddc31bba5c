package mockserver

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/portalname"
)

// call is one request, with everything that the middleware has found out about it so far. It is the context in which Echo and the
// stub see the request, so that callFrom finds it there. One piece of memory has all that a usual request needs, so keep no
// pointer into it: it would keep all of it.
type call struct {
	context.Context
	inner      http.Request // see routed
	innerURL   url.URL
	recorded   recordedAnswer
	succeeded  answer
	request    *http.Request // as it arrived
	era        *era          // of the portal when the request arrived
	state      *state        // of the era when the request arrived
	memory     func() error  // fails when no more can be kept
	masked     *secrets      // besides those of the portal; nil when there are none
	allSecrets *secrets      // made at the first use
	path       string        // as it was sent
	parts      []string      // of the path, decoded
	partsRoom  [6]string     // for parts: enough for most calls
	route      route
	query      dotnet.Query
	started    time.Time // when it arrived, on the portal's clock
	arrived    time.Time // when it arrived, in real time
	address    string    // scheme and host under which the caller sees the portal
	href       string    // the URL that answers show
	cookiePath string    // path of cookies, so that portals on one host do not see each other's cookies
	ip         string    // address of the client for the password limiter
	remote     string    // address of the client for the rate limiter

	headerValues []string // of the answer
	tellsTime    bool     // the answer has Server-Timing
	tellsRate    bool     // an answer 200 has the headers of rate
	rate         rate

	contentType string // of an answer 200
	utf16       bool   // the caller wants answers of the framework in UTF-16

	caller  *User    // nil is anonymous
	session *Session // of the cookie; nil without a cookie that signing in has set
	scopes  []string
	apiKey  bool // the request carries Authorization: Bearer sk-…

	traceID string // from the client's traceparent; "" without one

	bodyRead  bool
	body      []byte         // as UTF-8; nil for calls without a body
	bodyErr   error          // the exception of the server when body is not the whole body
	decoded   bool           // the body was in UTF-16
	jsonMedia bool           // the body is declared as JSON
	charset   dotnet.Charset // of the body

	bodyDropped bool // the body was too large to be read, or the request is refused whatever it says

	link          *linkRequest   // the body of a call that makes or changes a link
	room          *roomRequest   // the body of the call that makes a room
	login         *loginRequest  // the body of the call that signs in
	otherReadings []otherReading // of the body
	claims        claimList      // that decided the answer
	refusal       said           // the last claim that decided it, in every profile
	remark        string         // what decided it instead: "" is nothing
	hint          string         // how other profiles would have answered
	noted         bool           // hint is a note, and not made of differences
	differences   []difference
	violations    []Violation
	unfiltered    bool     // fields in the query does not filter the answer
	faults        []string // IDs of the applied faults
	faultKinds    []FaultKind
	ending        ending

	superseded bool        // the era is over
	journalRun *journalRun // of the journal when the request arrived
	sequence   uint64      // in the journal; 0 while it is not there
}

type callKey struct{}

// Value implements [context.Context].
func (c *call) Value(key any) any {
	if key == (callKey{}) {
		return c
	}
	return c.Context.Value(key)
}

func callFrom(ctx context.Context) *call { return ctx.Value(callKey{}).(*call) }

func newCall(r *http.Request, e *era) *call {
	c := &call{
		Context: r.Context(),
		request: r,
		era:     e,
		state:   e.state.Load(),
		query:   dotnet.ParseQuery(r.URL.RawQuery),
		started: e.clock.read(),
		arrived: time.Now(),
		remote:  dotnet.ClientIP(r),

		traceID: dotnet.ClientTraceID(r.Header[dotnet.HeaderTraceParent]),

		journalRun: e.journal.Load(),

		headerValues: make([]string, 0, usualHeaders),
	}
	c.path = dotnet.SentPath(r.URL)
	c.parts = dotnet.Segments(c.partsRoom[:0], c.path)
	c.contentType, c.utf16 = dotnet.Negotiate(r.Header[echo.HeaderAccept], r.Header["Accept-Charset"])
	c.route = resolve(r.Method, c.parts)
	scheme, host := dotnet.CallerAddress(r)
	prefix := portalname.PrefixFrom(r.Context())
	c.href = dotnet.DisplayURL(scheme, host+prefix, c.parts, r.URL)
	c.address = c.href[:len(scheme)+len("://")+len(host)]
	c.cookiePath = prefix + "/"
	// MessageSettings.cs: the query wins over the connection, so a caller can choose any address, and several are one text.
	c.ip = c.query.Joined("request-x-real-ip")
	if c.ip == "" {
		c.ip = c.remote
	}
	return c
}

// routed is the request as Echo's router and the stub get it: with the path of openapi.yaml without its parameter, and no query. With
// the original URL they would tell upper from lower case, unescape some keys twice, and refuse some forms of `fields` that the server
// takes.
func (c *call) routed() *http.Request {
	c.inner = *c.request.WithContext(c)
	c.inner.URL = &c.innerURL
	if c.route.facts != nil {
		c.innerURL.Path, c.inner.Method = c.route.path.routed, c.route.facts.method
	}
	return &c.inner
}

// operation is the call that the request makes, or "" when it is none of the contract. Credentials do not matter.
func (c *call) operation() Operation { return c.route.operation() }

// otherReading is what another profile reads from the body of a switch.
type otherReading struct {
	profile *profile
	flagReading
}
