package host

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Option changes how [New] makes a Host.
type Option func(*options) error

type options struct {
	main      *mockserver.Server // nil is a fresh portal
	token     string
	noControl bool
	metrics   http.Handler
	url       *url.URL // nil is where the caller has reached it
	logger    *slog.Logger
	limit     int           // of named portals
	idle      time.Duration // 0 is for ever
	server    []mockserver.Option
	now       func() time.Time // the time of day
}

// WithMain says which portal requests without a name are for. Left out, it is a fresh one with the options of [WithServerOptions].
func WithMain(server *mockserver.Server) Option {
	return func(o *options) error {
		if server == nil {
			return errors.New("WithMain: the portal is nil")
		}
		o.main = server
		return nil
	}
}

// WithControlToken makes the control API answer only to who sends this token, as Authorization: Bearer … or X-Mock-Token.
func WithControlToken(token string) Option {
	return func(o *options) error {
		if token == "" {
			return errors.New("WithControlToken: the token is empty")
		}
		o.token = token
		return nil
	}
}

// WithoutControl leaves /__mock out of what [Host.ServeHTTP] answers. [Host.Control] has it all the same.
func WithoutControl() Option {
	return func(o *options) error {
		o.noControl = true
		return nil
	}
}

// WithURL says where the portals are reached, such as http://127.0.0.1:8092, for a control API on an address of its own. A
// host that is unspecified, such as 0.0.0.0, is the one that the caller has used. Left out, the control API names the address
// that its caller used.
func WithURL(address string) Option {
	return func(o *options) error {
		read, err := url.Parse(strings.TrimSuffix(address, "/"))
		if err != nil || read.Scheme == "" || read.Host == "" {
			return fmt.Errorf("WithURL: %q is not an address such as http://127.0.0.1:8092", address)
		}
		o.url = read
		return nil
	}
}

// WithMetrics answers GET /__mock/metrics with this handler. Left out, there are no metrics: 404.
func WithMetrics(metrics http.Handler) Option {
	return func(o *options) error {
		if metrics == nil {
			return errors.New("WithMetrics: the handler is nil")
		}
		o.metrics = metrics
		return nil
	}
}

// WithControlLogger logs each request to the control API there, one line each at level Debug. Left out, nothing is logged.
func WithControlLogger(logger *slog.Logger) Option {
	return func(o *options) error {
		if logger == nil {
			return errors.New("WithControlLogger: the logger is nil")
		}
		o.logger = logger
		return nil
	}
}

// WithPortalLimit bounds how many named portals there can be at a time. Left out, it is 1000.
func WithPortalLimit(n int) Option {
	return func(o *options) error {
		if n < 0 {
			return fmt.Errorf("WithPortalLimit: %d is less than 0", n)
		}
		o.limit = n
		return nil
	}
}

// WithPortalIdle removes named portals that no request has come for during this time of day. Left out, it is an hour; 0
// keeps them until they are removed.
func WithPortalIdle(d time.Duration) Option {
	return func(o *options) error {
		if d < 0 {
			return fmt.Errorf("WithPortalIdle: %s is less than 0", d)
		}
		o.idle = d
		return nil
	}
}

// WithServerOptions makes portals with these options. For a named portal they come before those of [Host.AddPortal], and the
// portal of a [mockserver.WithPortal] among them is not used.
func WithServerOptions(opts ...mockserver.Option) Option {
	return func(o *options) error {
		o.server = slices.Concat(o.server, opts)
		return nil
	}
}
