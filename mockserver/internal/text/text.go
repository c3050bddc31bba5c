// Package text has what the packages of the fake do with texts that they show, compare or refuse.
package text

import (
	"crypto/sha256"
	"crypto/subtle"
	"strings"
	"unicode/utf8"
)

// Mask stands for what may be secret.
const Mask = "***"

// Shorten is a text of at most that many bytes, "..." included. A text that is shortened does not keep the whole text in
// memory.
func Shorten(text string, most int) string {
	if len(text) <= most {
		return text
	}
	const ellipsis = "..." // ASCII, since it also stands in headers
	end := most - len(ellipsis)
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return strings.Clone(text[:end]) + ellipsis
}

// SameSecret compares two secrets. The time that it takes says nothing about where they differ.
func SameSecret(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// SchemaTypes are the types of JSON Schema, as messages name them.
var SchemaTypes = map[string]string{
	"boolean": "true or false", "string": "a text", "object": "an object", "array": "a list", "integer": "a whole number", "number": "a number",
}
