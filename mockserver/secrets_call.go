package mockserver

import (
	"net/http"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// shownMethod is the method, or *** when it may be secret.
func shownMethod(c *call) string {
	switch method := c.request.Method; {
	case slices.Contains(plainMethods, method):
		return method
	case len(method) > 20, strings.ContainsFunc(method, func(r rune) bool { return r < 'A' || r > 'Z' }), c.state.secrets().in(method):
		return text.Mask
	default:
		return method
	}
}

var plainMethods = []string{
	http.MethodGet, http.MethodPut, http.MethodPost, http.MethodOptions, http.MethodDelete, http.MethodHead, http.MethodPatch,
	http.MethodConnect, http.MethodTrace,
}

// shownHint is the hint with secrets masked.
func (c *call) shownHint() string { return c.state.secrets().mask(c.hint) }

// shownViolations are the violations with secrets masked.
func (c *call) shownViolations() []Violation {
	secrets := c.state.secrets()
	if !slices.ContainsFunc(c.violations, func(v Violation) bool { return secrets.in(v.Pointer) || secrets.in(v.Message) }) {
		return c.violations
	}
	shown := make([]Violation, len(c.violations))
	for i, v := range c.violations {
		shown[i] = Violation{Pointer: secrets.mask(v.Pointer), Message: secrets.mask(v.Message)}
	}
	return shown
}
