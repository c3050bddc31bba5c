package client

import (
	"log/slog"
	"net/http"
	"time"
)

// logRetry is for those who want to see more than one line a call: it stands below the level that handlers write.
func (c *call) logRetry(resp *http.Response, err error, wait time.Duration) {
	c.log(slog.LevelDebug, "docspace call is tried again", resp, c.errorOf(err), slog.Duration("wait", wait))
}

// log writes what is on this list and nothing else; none of it can hold a secret.
func (c *call) log(level slog.Level, message string, resp *http.Response, err error, more ...slog.Attr) {
	if c.cfg.logger == nil || !c.cfg.logger.Enabled(c.Context, level) {
		return
	}
	attrs := append([]slog.Attr{
		slog.String("operation", c.operation),
		slog.Int("status", statusOf(resp, err)),
		slog.Int("attempt", c.attempt),
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
