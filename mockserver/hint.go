package mockserver

import (
	"fmt"
	"net/http"
)

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
