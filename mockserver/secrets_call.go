package mockserver

import (
	"net/http"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// Mask keeps one more text out of journal and log, as the secrets of the portal are kept out. It is for a secret that clients send
// and that is none of the portal's own, such as a token of what is before the portal.
func (s *Server) Mask(secret string) {
	s.writing.Lock()
	defer s.writing.Unlock()
	more := emptySecrets()
	if before := s.masked.Load(); before != nil {
		more.besides = before
	}
	more.add(secret)
	s.masked.Store(more)
}

// secrets are what neither journal nor log may show of a request.
func (c *call) secrets() *secrets {
	if c.allSecrets == nil {
		c.allSecrets = c.state.secrets()
		if c.masked != nil {
			all := *c.allSecrets
			all.besides = c.masked
			c.allSecrets = &all
		}
	}
	return c.allSecrets
}

// shownMethod is the method, or *** when it may be secret.
func shownMethod(c *call) string {
	method := c.request.Method
	if i := slices.Index(plainMethods, method); i >= 0 {
		return plainMethods[i] // the journal keeps it, and would keep the whole request line
	}
	switch {
	case len(method) > 20, strings.ContainsFunc(method, func(r rune) bool { return r < 'A' || r > 'Z' }), c.secrets().in(method):
		return text.Mask
	default:
		return strings.Clone(method) // for the same reason
	}
}

var plainMethods = []string{
	http.MethodGet, http.MethodPut, http.MethodPost, http.MethodOptions, http.MethodDelete, http.MethodHead, http.MethodPatch,
	http.MethodConnect, http.MethodTrace,
}

// shownHint is the hint with secrets masked.
func (c *call) shownHint() string { return c.secrets().mask(c.hint) }

// shownViolations are the violations with secrets masked.
func (c *call) shownViolations() []Violation {
	secrets := c.secrets()
	if !slices.ContainsFunc(c.violations, func(v Violation) bool { return secrets.in(v.Pointer) || secrets.in(v.Message) }) {
		return c.violations
	}
	shown := make([]Violation, len(c.violations))
	for i, v := range c.violations {
		shown[i] = Violation{Pointer: secrets.mask(v.Pointer), Message: secrets.mask(v.Message)}
	}
	return shown
}
