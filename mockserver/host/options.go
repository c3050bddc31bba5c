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
	idle      time.Duration // 0 is without end
	server    []mockserver.Option
	memory    func(keeps bool) error // nil checks nothing
	now       func() time.Time       // the time of day, not of a portal's clock
}

// WithMain sets the portal for requests without a name. Without this option [New] makes a fresh portal with the options of
// [WithServerOptions].
func WithMain(server *mockserver.Server) Option {
	return func(o *options) error {
		if server == nil {
			return errors.New("WithMain: the portal is nil")
		}
		o.main = server
		return nil
	}
}

// WithControlToken makes the control API answer only callers that send this token, as Authorization: Bearer … or X-Mock-Token.
func WithControlToken(token string) Option {
	return func(o *options) error {
		if token == "" {
			return errors.New("WithControlToken: the token is empty")
		}
		o.token = token
		return nil
	}
}

// WithoutControl keeps [Host.ServeHTTP] from answering /__mock. [Host.Control] still does.
func WithoutControl() Option {
	return func(o *options) error {
		o.noControl = true
		return nil
	}
}

// WithURL sets the address of the portals, such as http://127.0.0.1:8092, when the control API has an address of its own. For an
// unspecified host, such as 0.0.0.0, the control API names the host that its caller used. Without this option it names the whole
// address that its caller used.
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

// WithMetrics answers GET /__mock/metrics with this handler. Without this option the answer is 404.
func WithMetrics(metrics http.Handler) Option {
	return func(o *options) error {
		if metrics == nil {
			return errors.New("WithMetrics: the handler is nil")
		}
		o.metrics = metrics
		return nil
	}
}

// WithControlLogger logs one line for each request to the control API, at level Debug. Without this option nothing is logged.
func WithControlLogger(logger *slog.Logger) Option {
	return func(o *options) error {
		if logger == nil {
			return errors.New("WithControlLogger: the logger is nil")
		}
		o.logger = logger
		return nil
	}
}

// WithMemoryCheck sets a function that is called before each call of the control API that makes the process keep more, and before one that
// has a large answer, for which keeps is false. When it fails, the call is refused with 409 and the error, and nothing changes. Without
// this option all calls are possible.
func WithMemoryCheck(check func(keeps bool) error) Option {
	return func(o *options) error {
		if check == nil {
			return errors.New("WithMemoryCheck: the function is nil")
		}
		o.memory = check
		return nil
	}
}

// WithPortalLimit says how many named portals there can be at a time. The default is 1000.
func WithPortalLimit(n int) Option {
	return func(o *options) error {
		if n < 0 {
			return fmt.Errorf("WithPortalLimit: %d is less than 0", n)
		}
		o.limit = n
		return nil
	}
}

// WithPortalIdle removes a named portal that has received no request for this time. The portal's own clock does not count. The
// default is one hour. With 0, portals stay until they are removed.
func WithPortalIdle(d time.Duration) Option {
	return func(o *options) error {
		if d < 0 {
			return fmt.Errorf("WithPortalIdle: %s is less than 0", d)
		}
		o.idle = d
		return nil
	}
}

// WithServerOptions sets options for every portal that the host makes. [Host.AddPortal] applies its own options after these, and
// ignores a [mockserver.WithPortal] among them.
func WithServerOptions(opts ...mockserver.Option) Option {
	return func(o *options) error {
		o.server = slices.Concat(o.server, opts)
		return nil
	}
}
