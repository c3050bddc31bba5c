package host

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/mock-docspace/mock-docspace/internal/printable"
	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// controlPath is where the paths of the control API begin.
const controlPath = "/__mock"

// controller implements the generated stub of the control API, for all portals of a host.
type controller struct{ *Host }

// newController assembles the control API. This is the order in which a request passes its parts.
func newController(h *Host) http.Handler {
	e := echo.New()
	e.HTTPErrorHandler = h.handleControlError
	e.Binder = controlBinder{}

	e.Use(h.logControl)
	e.Use(controlHeaders)
	e.Use(escapeAnswers)
	e.Use(recoverTo(h.options.logger))
	e.Use(h.guard)    // 401, 403
	e.Use(findPortal) // 404
	e.Use(h.holdAnswers)
	e.Use(h.checkContract) // 400, 409, 413, 415

	controlapi.RegisterHandlers(e, controlapi.NewStrictHandler(controller{h}, nil)) // 404, 405, and everything else
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t, _ := r.Context().Value(targetKey{}).(target)
		if t.server != nil {
			t.server = t.server.Pin() // a reset, or another state, that comes meanwhile comes later
		}
		ctx := context.WithValue(r.Context(), controlKey{}, &controlCall{request: r, target: t})
		r = r.WithContext(ctx)
		if r.Method == http.MethodHead {
			r.Method = http.MethodGet // net/http leaves the body out
		}
		e.ServeHTTP(w, r)
	})
}

// controlCall is one request to the control API.
type controlCall struct {
	request *http.Request
	target  target
	body    *strict.Document // nil when there is none
	turn    int64            // the weight of its turn; 0 while it has none
}

type controlKey struct{}

func controlFrom(ctx context.Context) *controlCall { return ctx.Value(controlKey{}).(*controlCall) }

// serverFrom is the portal that a request to the control API is about.
func serverFrom(ctx context.Context) *mockserver.Server { return controlFrom(ctx).target.server }

// logControl logs one line for each request, at level Debug. It shows the path of the contract and not the one that was sent, which
// can have an API key in it.
func (h *Host) logControl(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		arrived := time.Now()
		if err := next(c); err != nil {
			c.Error(err)
		}
		h.options.logger.LogAttrs(c.Request().Context(), slog.LevelDebug, "control",
			slog.String("method", c.Request().Method),
			slog.String("path", c.Path()),
			slog.String("portal", h.withoutToken(controlFrom(c.Request().Context()).target.name)),
			slog.Int("status", c.Response().Status),
			slog.Duration("duration", time.Since(arrived)))
		return nil
	}
}

// withoutToken masks the token of the control API in a text from a request.
func (h *Host) withoutToken(from string) string {
	if h.options.token == "" {
		return from
	}
	return strings.ReplaceAll(from, h.options.token, text.Mask)
}

// recoverTo turns a panic into an error, and logs its stack.
func recoverTo(logger *slog.Logger) echo.MiddlewareFunc {
	return middleware.RecoverWithConfig(middleware.RecoverConfig{DisableErrorHandler: true, LogErrorFunc: func(_ echo.Context, err error, stack []byte) error {
		logger.Error("panic", "error", err, "stack", string(stack))
		return err
	}})
}

func controlHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(mockserver.HeaderVersion, mockserver.Version)
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		c.Response().Header().Set(echo.HeaderXContentTypeOptions, "nosniff")
		return next(c)
	}
}

// escapeAnswers lets an answer be looked at in a terminal: clients have chosen some of the texts in a journal.
func escapeAnswers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Writer = printable.JSONAnswer{ResponseWriter: c.Response().Writer}
		return next(c)
	}
}

// findPortal refuses requests for a portal that does not exist.
func findPortal(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if t := controlFrom(c.Request().Context()).target; t.server == nil {
			return noPortal(t.name)
		}
		return next(c)
	}
}
