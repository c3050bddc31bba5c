package mockserver

import (
	"fmt"
	"net/http"
)

// headerHint says in one sentence how the other profile would have answered. X-RateLimit-* on a 200, which only one of
// them sends, is not worth one.
const headerHint = "X-Mock-Hint"

// hintf keeps the first hint: it is about what was decided first.
func (c *call) hintf(format string, args ...any) {
	if c.hint == "" {
		c.hint = fmt.Sprintf(format, args...)
	}
}

func (c *call) writeHint(h http.Header) {
	if c.hint != "" {
		h.Set(headerHint, c.hint)
	}
}
