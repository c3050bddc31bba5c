package mockserver

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Host is one process with many portals, each with its own state, clock, faults, journal and limits: the main one, and named
// ones that are made and removed while it runs. It is an [http.Handler], and safe for concurrent use.
//
// A request is for the portal that the path /portals/NAME/… names, or else the header X-Mock-Portal, or else the host
// NAME.localhost; without a name it is for the main one. Beneath /__mock the portal it is for can be steered, see
// mockserver/control/openapi.yaml.
type Host struct {
	main    *Server
	options hostOptions
	control http.Handler
	url     atomic.Pointer[string]

	mu      sync.RWMutex
	portals map[string]*hosted
	swept   time.Time
}

// hosted is a named portal.
type hosted struct {
	server *Server
	used   atomic.Int64 // when a request last came or went, in nanoseconds of the time of day
	active atomic.Int64 // requests under way
}

// HostOption changes how [NewHost] makes a Host.
type HostOption func(*hostOptions) error

type hostOptions struct {
	token     string
	noControl bool
	metrics   http.Handler
	logger    *slog.Logger
	limit     int
	idle      time.Duration
	server    []Option
	now       func() time.Time
}

// WithControlToken makes the control API answer only to who sends this token, as Authorization: Bearer … or X-Mock-Token.
func WithControlToken(token string) HostOption {
	return func(o *hostOptions) error {
		if token == "" {
			return errors.New("WithControlToken: the token is empty")
		}
		o.token = token
		return nil
	}
}

// WithoutControl leaves /__mock out of what [Host.ServeHTTP] answers. [Host.Control] has it all the same.
func WithoutControl() HostOption {
	return func(o *hostOptions) error {
		o.noControl = true
		return nil
	}
}

// WithMetrics answers GET /__mock/metrics with this handler. Left out, there are no metrics: 404.
func WithMetrics(metrics http.Handler) HostOption {
	return func(o *hostOptions) error {
		if metrics == nil {
			return errors.New("WithMetrics: the handler is nil")
		}
		o.metrics = metrics
		return nil
	}
}

// WithControlLogger logs each request to the control API there, one line each at level Debug. Left out, nothing is logged.
func WithControlLogger(logger *slog.Logger) HostOption {
	return func(o *hostOptions) error {
		if logger == nil {
			return errors.New("WithControlLogger: the logger is nil")
		}
		o.logger = logger
		return nil
	}
}

// WithPortalLimit bounds how many named portals there can be at a time. Left out, it is 1000.
func WithPortalLimit(n int) HostOption {
	return func(o *hostOptions) error {
		if n < 0 {
			return fmt.Errorf("WithPortalLimit: %d is less than 0", n)
		}
		o.limit = n
		return nil
	}
}

// WithPortalIdle removes named portals that no request has come for during this time of day. Left out, it is an hour; 0
// keeps them until they are removed.
func WithPortalIdle(d time.Duration) HostOption {
	return func(o *hostOptions) error {
		if d < 0 {
			return fmt.Errorf("WithPortalIdle: %s is less than 0", d)
		}
		o.idle = d
		return nil
	}
}

// WithServerOptions makes the named portals with these options, before those of [Host.AddPortal]. The portal of a
// [WithPortal] among them is not used.
func WithServerOptions(opts ...Option) HostOption {
	return func(o *hostOptions) error {
		o.server = slices.Concat(o.server, opts)
		return nil
	}
}

// NewHost makes a Host around the portal that requests without a name are for.
func NewHost(main *Server, opts ...HostOption) (*Host, error) {
	if main == nil {
		return nil, errors.New("mockserver.NewHost: the main portal is nil")
	}
	h := &Host{main: main, portals: map[string]*hosted{}, options: hostOptions{
		logger: slog.New(slog.DiscardHandler), limit: 1000, idle: time.Hour, now: time.Now,
	}}
	for _, option := range opts {
		if option == nil {
			return nil, errors.New("mockserver.NewHost: an option is nil")
		}
		if err := option(&h.options); err != nil {
			return nil, err
		}
	}
	h.swept = h.options.now()
	return h, nil
}

// SetURL says where the portals are reached, such as http://127.0.0.1:8092. It is for control APIs on an address of their
// own; without it the control API names the address that its caller used.
func (h *Host) SetURL(url string) { h.url.Store(&url) }

// Main is the portal that requests without a name are for.
func (h *Host) Main() *Server { return h.main }

// Control is the control API alone, for an address of its own. Portals are named as they are for [Host.ServeHTTP].
func (h *Host) Control() http.Handler { return h.control }

// ServeHTTP answers a request for any of the portals.
func (h *Host) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.main.ServeHTTP(w, r) }

// portalName is what a portal can be called: a label of a host name.
var portalName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// The errors of [Host.AddPortal], beside [*PortalError].
var (
	ErrPortalExists   = errors.New("there is a portal of this name")
	ErrTooManyPortals = errors.New("there are as many portals as there may be: remove some, or wait until idle ones expire")
)

// AddPortal makes a named portal: 1 to 63 of a-z, 0-9 and -, neither beginning nor ending with -. A name that is left out is
// minted. The error is a [*PortalError], [ErrPortalExists] or [ErrTooManyPortals].
func (h *Host) AddPortal(name string, p Portal, opts ...Option) (*Server, error) {
	return nil, errors.New("not yet")
}

// Portal is the named portal, if there is one.
func (h *Host) Portal(name string) (*Server, bool) { return nil, false }

// RemovePortal removes a named portal, and says whether there was one. Requests under way come to their end.
func (h *Host) RemovePortal(name string) bool { return false }

// Portals are the names of the named portals, in alphabetical order.
func (h *Host) Portals() []string { return nil }
