package mockserver

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
)

// ServeHTTP answers a request. The router and the stub see a plain path without the share key, and no query: they would
// tell upper from lower case, unescape some keys twice, and refuse ways of writing `fields` that the server takes.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	call := newCall(r, s.current.Load(), s.clock.Now())
	call.journalClears = s.journal.clearCount()
	plain := r.WithContext(context.WithValue(r.Context(), callKey{}, call))
	address := *r.URL
	address.Path, address.RawPath, address.RawQuery = call.route.path, "", ""
	plain.URL = &address
	s.echo.ServeHTTP(w, plain)
	call.ending.end(w)
}

// routes is the whole of the fake, in the order in which a request meets it. It is the order of the server's pipeline
// (BaseStartup.cs), which decides what is answered when several things are wrong at once.
func (s *Server) routes() *echo.Echo {
	e := echo.New()
	e.HTTPErrorHandler = s.handleError
	e.Binder = binder{}

	e.Use(observeRequest(s.observe)) // metrics, of what the journal has recorded
	e.Use(s.recordRequest)           // the journal; ServeHTTP ends the connection where a fault asks for it
	e.Use(s.logRequest)              // one line
	e.Use(s.standardHeaders)         // X-Mock-Docspace, Server, Server-Timing
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
	api.RegisterHandlers(e, api.NewStrictHandler(operations{s}, []api.StrictMiddlewareFunc{actionHeaders}))
	return e
}

// standardHeaders are on every answer: the server's own, and the one by which nobody takes this for a real portal.
func (s *Server) standardHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		header.Set(HeaderVersion, Version)
		header.Set(echo.HeaderServer, "Kestrel")
		c.Response().Before(func() {
			elapsed := time.Since(callFrom(c.Request().Context()).arrived)
			header.Set("Server-Timing", "aspnetcore-request-time;dur="+strconv.FormatInt(elapsed.Milliseconds(), 10)+"ms")
		})
		return next(c)
	}
}

// actionHeaders adds the headers that the server adds around an action, and the hint.
func actionHeaders(next api.StrictHandlerFunc, _ string) api.StrictHandlerFunc {
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

// recoverTo makes an error of a panic, and logs where it came from.
func recoverTo(logger *slog.Logger) echo.MiddlewareFunc {
	return middleware.RecoverWithConfig(middleware.RecoverConfig{DisableErrorHandler: true, LogErrorFunc: func(_ echo.Context, err error, stack []byte) error {
		logger.Error("panic", "error", err, "stack", string(stack))
		return err
	}})
}
