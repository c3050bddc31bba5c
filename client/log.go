package client

import (
	"log/slog"
	"net/http"
	"time"
)

// logEnd writes the one line of a call.
func (c *call) logEnd(err error) {
	level := slog.LevelInfo
	if status := statusOf(c.last, err); err != nil || status < 200 || status > 299 {
		level = slog.LevelWarn
	}
	c.log(level, "docspace call", c.last, err)
}

// logRetry writes one more line for each retry. Handlers usually leave out its level.
func (c *call) logRetry(resp *http.Response, err error, wait time.Duration) {
	c.log(slog.LevelDebug, "docspace call is tried again", resp, c.errorOf(err), slog.Duration("wait", wait))
}

// log writes the attributes on this list and no others. None of them can hold a secret.
func (c *call) log(level slog.Level, message string, resp *http.Response, err error, more ...slog.Attr) {
	if c.cfg.logger == nil || !c.cfg.logger.Enabled(c.Context, level) {
		return
	}
	attrs := append([]slog.Attr{
		slog.String("operation", c.operation),
		slog.Int("status", statusOf(resp, err)),
		slog.Int("attempt", c.attempts),
		slog.Duration("duration", time.Since(c.started)),
	}, more...)
	if resp != nil {
		if id := c.requestID(resp); id != "" {
			attrs = append(attrs, slog.String("request_id", id))
		}
	}
	if err != nil {
		attrs = append(attrs, slog.String("error", err.Error()))
	}
	c.cfg.logger.LogAttrs(c.Context, level, message, attrs...)
}
