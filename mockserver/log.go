package mockserver

import (
	"log/slog"
	"regexp"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// logRequest writes one line a request. Share keys, and every query value that can be secret, are masked; headers,
// cookies and bodies are never logged.
func (s *Server) logRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if err != nil {
			c.Error(err) // so that the status is known
		}
		call := callFrom(c.Request().Context())
		caller := "anonymous"
		if call.caller != nil {
			caller = call.caller.Email
		}
		attributes := []slog.Attr{
			slog.String("method", call.request.Method),
			slog.String("path", maskedPath(call)),
			slog.Int("status", c.Response().Status),
			slog.String("caller", caller),
			slog.Duration("duration", time.Since(call.arrived)),
		}
		if call.hint != "" {
			attributes = append(attributes, slog.String("hint", call.hint))
		}
		s.logger.LogAttrs(c.Request().Context(), slog.LevelInfo, "request", attributes...)
		return nil
	}
}

// fieldName is what a property looks like.
var fieldName = regexp.MustCompile(`^[A-Za-z_]{1,40}(\.[A-Za-z_]{1,40})?$`)

// maskedPath is the path as it was understood, without what can be a share key and without query values.
func maskedPath(c *call) string {
	parts := segments(c.request.URL.EscapedPath())
	beneathShare := false
	for i, part := range parts {
		if beneathShare && part != "" && !sameASCII(part, "password") {
			parts[i] = "***"
		}
		if !beneathShare && len(part) > len("share") && sameASCII(part[:len("share")], "share") {
			parts[i] = "***" // such as share%2Fkey
		}
		beneathShare = beneathShare || len(part) >= len("share") && sameASCII(part[:len("share")], "share")
	}
	path := "/" + strings.Join(parts, "/")
	if fields := c.query.fields(); fields != nil {
		shown := make([]string, len(fields))
		for i, field := range fields {
			if shown[i] = "***"; fieldName.MatchString(field) {
				shown[i] = field
			}
		}
		path += "?fields=" + strings.Join(shown, ",")
	}
	return path
}
