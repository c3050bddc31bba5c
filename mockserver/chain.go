package mockserver

import (
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
)

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	call := newCall(r, s.era())
	call.masked, call.memory = s.masked.Load(), s.memory
	call.recorded = recordedAnswer{ResponseWriter: w, server: s, call: call}
	s.echo.ServeHTTP(&call.recorded, call.routed()) //nolint:contextcheck // the call has the context of the request
	call.ending.end(w)
}

// routes is the way of a request through the fake, step by step. The order is that of the server's pipeline
// (BaseStartup.cs). It decides the answer when a request has several mistakes.
func (s *Server) routes() *echo.Echo {
	e := echo.New()
	e.HTTPErrorHandler = s.handleError
	e.Binder = binder{}
	e.Use(inOrder(
		observeRequest(s.observe), // metrics
		s.recordRequest,           // the journal
		s.logRequest,              // one line
		s.standardHeaders,         // X-Mock-Docspace, Server
		recoverTo(s.logger),
		refuseTarget,      // a path that the server does not take: 400
		timing,            // Server-Timing
		findTenant,        // an Origin or a Host that is no address: 500
		cors,              // answers preflight requests
		s.applyFaults,     // failures on purpose; some end the connection, after this chain
		s.authenticate,    // Basic that cannot be read: 500; an access token that cannot: 400, without a subject: 401
		s.limitRate,       // 429
		s.readRequest,     // for the contract watch, the journal and the binder
		s.dispatch,        // 404, 405
		s.authorize,       // 401, 403 for a missing scope
		requireTenant,     // an origin in the query that is no portal: 404
		s.enforceContract, // 400
	))

	// The stub binds the body (400, 415, 500) and calls the operation (403 for a missing role, 200, and the rest).
	api.RegisterHandlers(e, api.NewStrictHandler(operations{s}, []api.StrictMiddlewareFunc{actionHeaders}))
	return e
}

// inOrder is all steps as one, which leads to the handler that Echo has found. They are put together here, once: Echo itself puts its
// middleware together for each request.
func inOrder(steps ...echo.MiddlewareFunc) echo.MiddlewareFunc {
	way := echo.HandlerFunc(func(c echo.Context) error { return c.Handler()(c) })
	for _, step := range slices.Backward(steps) {
		way = step(way)
	}
	return func(echo.HandlerFunc) echo.HandlerFunc { return way }
}

// standardHeaders adds the headers of every answer: those of the server, and X-Mock-Docspace, which shows that this is a fake.
func (s *Server) standardHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call, header := callFrom(c.Request().Context()), c.Response().Header()
		call.setHeader(header, HeaderVersion, Version)
		call.setHeader(header, echo.HeaderServer, "Kestrel")
		return next(c)
	}
}

// timing adds the header Server-Timing.
func timing(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		callFrom(c.Request().Context()).tellsTime = true
		return next(c)
	}
}

// setLateHeaders sets the headers whose values are known only when the answer begins.
func (c *call) setLateHeaders(header http.Header, status int) {
	if c.tellsTime {
		c.setHeader(header, "Server-Timing", serverTiming(time.Since(c.arrived).Milliseconds()))
	}
	if c.tellsRate && status == http.StatusOK {
		c.rate.setHeaders(header)
	}
}

func serverTiming(milliseconds int64) string {
	if milliseconds == 0 {
		return "aspnetcore-request-time;dur=0ms" // nearly all answers
	}
	return "aspnetcore-request-time;dur=" + strconv.FormatInt(milliseconds, 10) + "ms"
}

// actionHeaders adds the headers that the server adds around an action (a method of a controller), and the hint.
func actionHeaders(next api.StrictHandlerFunc, _ string) api.StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		// ReportApiVersionsAttribute is a filter around the action.
		call, header := callFrom(c.Request().Context()), c.Response().Header()
		call.setHeader(header, headerVersions, "2.0")
		response, err := next(c, request)
		if err == nil {
			call.writeHint(header)
		}
		return response, err
	}
}

// recoverTo turns a panic into an error, and logs its stack.
func recoverTo(logger *slog.Logger) echo.MiddlewareFunc {
	return middleware.RecoverWithConfig(middleware.RecoverConfig{DisableErrorHandler: true, LogErrorFunc: func(_ echo.Context, err error, stack []byte) error {
		logger.Error("panic", "error", err, "stack", string(stack))
		return err
	}})
}

// operations implements the generated stub. Each method returns an answer or an error. The middleware in chain.go does
// everything that is the same for all calls.
type operations struct{ *Server }
