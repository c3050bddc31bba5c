package mockserver

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// HostOption changes how [NewHost] makes a Host.
type HostOption func(*hostOptions) error

type hostOptions struct {
	token     string
	noControl bool
	metrics   http.Handler
	url       *url.URL // nil is where the caller has reached it
	logger    *slog.Logger
	limit     int           // of named portals
	idle      time.Duration // 0 is for ever
	server    []Option
	now       func() time.Time // the time of day
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

// WithURL says where the portals are reached, such as http://127.0.0.1:8092, for a control API on an address of its own. A
// host that is unspecified, such as 0.0.0.0, is the one that the caller has used. Left out, the control API names the address
// that its caller used.
func WithURL(address string) HostOption {
	return func(o *hostOptions) error {
		read, err := url.Parse(strings.TrimSuffix(address, "/"))
		if err != nil || read.Scheme == "" || read.Host == "" {
			return fmt.Errorf("WithURL: %q is not an address such as http://127.0.0.1:8092", address)
		}
		o.url = read
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
