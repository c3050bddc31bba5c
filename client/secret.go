package client

import (
	"fmt"
	"io"
)

// Secret is a key, a password or an address that opens something. Printing, logging and JSON show *** in its place, and
// nothing for a Secret without text. [Secret.Reveal] gives the text. The zero Secret has no text.
type Secret struct {
	text func() string // a function, so that printing cannot show the text, also where Format is not called
}

// NewSecret makes a Secret of a text, for tests that need a [Link] of their own.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{text: func() string { return text }}
}

// Reveal gives the text.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return s.text()
}

// IsZero says that there is no text.
func (s Secret) IsZero() bool { return s.text == nil }

// String gives *** in place of the text.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return masked
}

// Format prints *** for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText gives JSON and slog *** in place of the text.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
