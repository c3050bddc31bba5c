package mockserver

import (
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// logRequest writes one line a request. Share keys, and every query value that can be secret, are masked; headers,
// cookies and bodies are never logged.
func (s *Server) logRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if err != nil {
			c.Error(err) // so that the status is known
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
		if call.hint != "" {
			attributes = append(attributes, slog.String("hint", call.shownHint()))
		}
		if len(call.faults) > 0 {
			attributes = append(attributes, slog.String("fault", strings.Join(call.faults, ", ")))
		}
		if len(call.violations) > 0 {
			attributes = append(attributes, slog.String("contract", joinViolations(call.shownViolations())))
		}
		if call.traceID != "" {
			attributes = append(attributes, slog.String("trace_id", call.state.secrets().mask(call.traceID)))
		}
		s.logger.LogAttrs(ctx, slog.LevelInfo, "request", attributes...)
		return nil
	}
}

// recoverTo makes an error of a panic, and logs where it came from.
func recoverTo(logger *slog.Logger) echo.MiddlewareFunc {
	return middleware.RecoverWithConfig(middleware.RecoverConfig{DisableErrorHandler: true, LogErrorFunc: func(_ echo.Context, err error, stack []byte) error {
		logger.Error("panic", "error", err, "stack", string(stack))
		return err
	}})
}

// maxShownParts is how many segments of a path, and how many fields, are shown.
const maxShownParts = 64

// fieldName is what a property looks like.
var fieldName = regexp.MustCompile(`^[A-Za-z_]{1,40}(\.[A-Za-z_]{1,40})?$`)

// maskedPath is the path as it was understood, without what can be a share key and without query values.
func maskedPath(c *call) string {
	parts := c.parts
	if c.route.operation == "" || c.route.key != "" {
		parts = maskedParts(c)
	}
	path := "/" + strings.Join(parts, "/")
	if fields := c.query.fields(); fields != nil {
		shown := make([]string, min(len(fields), maxShownParts))
		for i, field := range fields[:len(shown)] {
			if shown[i] = mask; fieldName.MatchString(field) && !c.state.secrets().in(field) {
				shown[i] = field
			}
		}
		if len(fields) > len(shown) {
			shown[len(shown)-1] = "..."
		}
		path += "?fields=" + strings.Join(shown, ",")
	}
	return path
}

// maskedParts are the segments of the path. On a path that the fake does not know, anything may be a key: what is long, or
// has a secret of this portal in it, is not shown.
func maskedParts(c *call) []string {
	const longest = 40
	parts := slices.Clone(c.parts[:min(len(c.parts), maxShownParts)])
	if len(c.parts) > len(parts) {
		parts[len(parts)-1] = "..."
	}
	across := c.hasSecretAcrossSegments()
	beneathShare := false
	for i, part := range parts {
		share := len(part) >= len("share") && sameASCII(part[:len("share")], "share")
		short := i == 0 && len(part) > 0 && sameASCII(part[:1], "s") && (len(part) == 1 || part[1] == '/')
		switch {
		case part == "", beneathShare && sameASCII(part, "password"), sameASCII(part, "share"), short && len(part) == 1:
		case beneathShare, share, short: // share%2Fkey is one segment
			parts[i] = mask
		case i < 3 && c.route.method != "": // api/2.0/files
		case len(part) > longest, across, c.state.secrets().in(part):
			parts[i] = mask
		}
		beneathShare = beneathShare || share || short // share/key, and the short form of a link, s/key
	}
	return parts
}

// hasSecretAcrossSegments says whether the path has a secret in it that has a slash.
func (c *call) hasSecretAcrossSegments() bool {
	path, secrets := strings.Join(c.parts, "/"), c.state.secrets()
	for start, end := secrets.find(path, 0); start >= 0; start, end = secrets.find(path, start+1) {
		if strings.Contains(path[start:end], "/") {
			return true
		}
	}
	return false
}
