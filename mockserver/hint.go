package mockserver

import (
	"fmt"
	"net/http"
)

// hintf sets the hint, unless there is one already. The first hint is about the first decision, which matters most.
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
