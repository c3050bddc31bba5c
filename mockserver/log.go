package mockserver

import (
	"log/slog"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// logRequest writes one line for each request. It masks share keys, and leaves out query values that can be secret. It never
// logs headers, cookies or bodies.
func (s *Server) logRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if err != nil {
			c.Error(err) // sets the status
		}
		ctx := c.Request().Context()
		if !s.logger.Enabled(ctx, slog.LevelInfo) {
			return nil
		}
		call := callFrom(ctx)
		caller := "anonymous"
		if call.caller != nil {
			caller = call.caller.Email
		}
		attributes := []slog.Attr{
			slog.String("method", shownMethod(call)),
			slog.String("path", maskedPath(call)),
			slog.Int("status", call.ending.statusOf(c.Response().Status)),
			slog.String("caller", caller),
			slog.Duration("duration", time.Since(call.arrived)),
		}
		if call.sequence > 0 {
			attributes = append(attributes, slog.Uint64("sequence", call.sequence))
		}
		if call.hint != "" {
			attributes = append(attributes, slog.String("hint", call.shownHint()))
		}
		if len(call.faults) > 0 {
			attributes = append(attributes, slog.String("fault", strings.Join(call.faults, ", ")))
		}
		if len(call.violations) > 0 {
			attributes = append(attributes, slog.String("contract", joinViolations(call.shownViolations())))
		}
		if call.superseded {
			attributes = append(attributes, slog.Bool("superseded", true))
		}
		if call.traceID != "" {
			attributes = append(attributes, slog.String("trace_id", call.secrets().mask(call.traceID)))
		}
		s.logger.LogAttrs(ctx, slog.LevelInfo, "request", attributes...)
		return nil
	}
}
