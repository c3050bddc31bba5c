package mockserver

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// Server is a portal in memory. It is an [http.Handler], and safe for concurrent use.
type Server struct {
	echo   *echo.Echo
	logger *slog.Logger
	clock  *Clock
	newID  func() string
	secret secret

	contract ContractMode
	journal  *journal
	closed   atomic.Bool
	faults   atomic.Pointer[faultPlan]

	seed      *state // what Reset goes back to
	writing   sync.Mutex
	changed   func()            // after each change of current
	observe   func(Observation) // after each request; nil for nobody
	current   atomic.Pointer[state]
	snapshots snapshots
	passwords atomic.Pointer[passwordLimiter]
	rates     atomic.Pointer[rateLimiter]
}

// Option changes how [New] makes a Server.
type Option func(*options) error

type options struct {
	portal   Portal
	profile  string
	now      func() time.Time
	logger   *slog.Logger
	changed  func()
	observe  func(Observation)
	journal  int
	contract ContractMode
}

// WithPortal starts from this portal. What it leaves out is as in [DefaultPortal].
func WithPortal(p Portal) Option {
	return func(o *options) error {
		o.portal = p
		return nil
	}
}

// WithProfile answers as this profile, whatever the portal says: one of [ProfileNames].
func WithProfile(name string) Option {
	return func(o *options) error {
		if name == "" {
			return fmt.Errorf("WithProfile: no name: use one of %v", ProfileNames())
		}
		o.profile = name
		return nil
	}
}

// WithClock tells the time by this function, from which expiry and limits follow. It must be safe for concurrent use.
func WithClock(now func() time.Time) Option {
	return func(o *options) error {
		if now == nil {
			return errors.New("WithClock: the function is nil")
		}
		o.now = now
		return nil
	}
}

// WithLogger logs each request there, one line each at level Info, with secrets masked; with the hint, the faults, the
// violations of the contract and the trace id where there are any. Left out, nothing is logged.
func WithLogger(logger *slog.Logger) Option {
	return func(o *options) error {
		if logger == nil {
			return errors.New("WithLogger: the logger is nil")
		}
		o.logger = logger
		return nil
	}
}

// WithChanged calls a function after each change of the portal's state, be it by a call, from Go or by Reset. It must
// return at once, and must not change the portal itself.
func WithChanged(changed func()) Option {
	return func(o *options) error {
		if changed == nil {
			return errors.New("WithChanged: the function is nil")
		}
		o.changed = changed
		return nil
	}
}

// New makes a Server. The error is a [*PortalError] when the portal cannot be meant.
func New(opts ...Option) (*Server, error) {
	o := options{now: time.Now, logger: slog.New(slog.DiscardHandler), changed: func() {}, journal: defaultJournal, contract: ContractWarn}
	for _, option := range opts {
		if option == nil {
			return nil, errors.New("mockserver.New: an option is nil")
		}
		if err := option(&o); err != nil {
			return nil, err
		}
	}
	if o.profile != "" {
		o.portal.Profile = o.profile
	}
	s := &Server{
		logger: o.logger, clock: newClock(o.now), newID: uuid.NewString, secret: secret(rand.Text()), changed: o.changed, observe: o.observe,
		contract: o.contract, journal: newJournal(o.journal),
	}
	portal, err := o.portal.complete(s.newID, s.mintKey)
	if err != nil {
		return nil, err
	}
	s.seed = newState(portal)
	s.Reset()
	s.echo = s.routes()
	return s, nil
}

// mintKey makes the key of a link like a real requestToken.
func (s *Server) mintKey(linkID string) string { return s.secret.sign(linkID) }

// routes is the whole of the fake, in the order in which a request meets it. It is the order of the server's pipeline
// (BaseStartup.cs), which decides what is answered when several things are wrong at once.
func (s *Server) routes() *echo.Echo {
	e := echo.New()
	e.HTTPErrorHandler = s.handleError
	e.Binder = binder{}

	e.Use(s.observeRequest)  // metrics, of what the journal has recorded
	e.Use(s.recordRequest)   // the journal; ServeHTTP ends the connection where a fault asks for it
	e.Use(s.logRequest)      // one line
	e.Use(s.standardHeaders) // X-Mock-Docspace, Server, Server-Timing
	e.Use(recoverTo(s.logger))
	e.Use(cors)              // answers preflight requests
	e.Use(s.applyFaults)     // what fails on purpose
	e.Use(s.authenticate)    // Basic that cannot be read: 500; a token without a subject: 401
	e.Use(s.limitRate)       // 429
	e.Use(s.readRequest)     // for the contract watch, the journal and the binder
	e.Use(s.dispatch)        // 404, 405
	e.Use(s.authorize)       // 401, 403 for a missing scope
	e.Use(s.enforceContract) // 400

	// The stub binds the body (413, 415, 400) and calls the operation (403 for the role, and everything else).
	RegisterHandlers(e, NewStrictHandler(operations{s}, []StrictMiddlewareFunc{finish}))
	return e
}

// ServeHTTP answers a request. The router and the stub see a plain path without the share key, and no query: they would
// tell upper from lower case, unescape some keys twice, and refuse ways of writing `fields` that the server takes.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	call := newCall(r, s.current.Load(), s.clock.Now())
	call.cleared = s.journal.generation()
	plain := r.WithContext(context.WithValue(r.Context(), callKey{}, call))
	address := *r.URL
	address.Path, address.RawPath, address.RawQuery = call.route.path, "", ""
	plain.URL = &address
	s.echo.ServeHTTP(w, plain)
	call.ending.end(w)
}

// headerMock says that this is no real portal.
const headerMock = "X-Mock-Docspace"

// standardHeaders are on every answer: the server's own, and the one by which nobody takes this for a real portal.
func (s *Server) standardHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		header.Set(headerMock, Version)
		header.Set(echo.HeaderServer, "Kestrel")
		c.Response().Before(func() {
			elapsed := time.Since(callFrom(c.Request().Context()).arrived)
			header.Set("Server-Timing", "aspnetcore-request-time;dur="+strconv.FormatInt(elapsed.Milliseconds(), 10)+"ms")
		})
		return next(c)
	}
}

// dispatch refuses what is not one of the four calls.
func (s *Server) dispatch(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		switch route := call.route; {
		case route.method == "":
			return &refusal{status: http.StatusNotFound, message: "No such call: see openapi.yaml for the four that there are"}
		case route.method != c.Request().Method:
			return &refusal{
				status:  http.StatusMethodNotAllowed,
				message: fmt.Sprintf("%s is not allowed here, only %s", c.Request().Method, route.method),
				header:  http.Header{echo.HeaderAllow: {route.method}},
			}
		case route.operation == "":
			call.hintf("mock-docspace has only the four calls of external sharing; a portal answers here with %s", route.elsewhere)
			if route.lookup {
				// FoldersController.cs looks the folder up; what exactly it throws was not traced.
				return &exception{status: http.StatusNotFound, traced: true, hresult: -2146233088,
					message: "The record could not be found", class: "ASC.Common.ItemNotFoundException",
					method: "ASC.Files.Api.FoldersController.GetFolderByFolderId(String)"}
			}
			return &refusal{status: http.StatusNotFound, message: "mock-docspace does not have this call"}
		default:
			return next(c)
		}
	}
}

const headerVersions = "api-supported-versions"

// finish adds what the server adds around an action, and the hint.
func finish(next StrictHandlerFunc, _ string) StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		// ReportApiVersionsAttribute is a filter around the action.
		c.Response().Header().Set(headerVersions, "2.0")
		response, err := next(c, request)
		if err == nil {
			callFrom(c.Request().Context()).writeHint(c.Response().Header())
		}
		return response, err
	}
}

// update replaces the portal. change must not change its argument.
func (s *Server) update(change func(*state) *state) {
	s.writing.Lock()
	defer s.writing.Unlock()
	before := s.current.Load()
	if after := change(before); after != before {
		s.current.Store(after)
		s.changed()
	}
}

// Clock is what the portal tells the time by.
func (s *Server) Clock() *Clock { return s.clock }

// Replace puts another portal in place of the one that is there, until Reset. What p leaves out is as in [DefaultPortal].
// The error is a [*PortalError], and changes nothing.
func (s *Server) Replace(p Portal) error {
	_, err := s.change(func(Portal) (Portal, error) { return p, nil })
	return err
}

// change puts another portal in place, which is made out of the one that is there, and answers it with all filled in. another
// must not change its argument.
func (s *Server) change(another func(Portal) (Portal, error)) (changed Portal, err error) {
	s.update(func(current *state) *state {
		var p Portal
		if p, err = another(current.portal); err != nil {
			return current
		}
		if p, err = p.complete(s.newID, s.mintKey); err != nil {
			return current
		}
		changed = p.clone()
		next := newState(p)
		if *p.Settings == *current.portal.Settings {
			next.settings = current.settings // which may have been encoded
		}
		return next
	})
	return changed, err
}

// Reseed puts another portal in place, and makes Reset go back to this one. The error is a [*PortalError], and changes
// nothing.
func (s *Server) Reseed(p Portal) error {
	p, err := p.complete(s.newID, s.mintKey)
	if err != nil {
		return err
	}
	s.update(func(*state) *state {
		s.seed = newState(p)
		return s.seed
	})
	return nil
}

// Reset goes back to the portal that the Server was made with: its state, no faults, an empty journal, the time of day on the
// clock, and nothing counted for any limit. Snapshots stay. It takes the same time whatever has happened.
func (s *Server) Reset() {
	s.clock.Reset()
	s.ClearFaults()
	s.update(func(*state) *state { return s.seed })
	s.forgetCounts()
	s.ClearRequests()
}

// forgetCounts lets the limits count from zero.
func (s *Server) forgetCounts() {
	s.passwords.Store(newPasswordLimiter())
	s.rates.Store(newRateLimiter())
}

// State is a copy of the portal as it is now.
func (s *Server) State() Portal { return s.current.Load().portal.clone() }
