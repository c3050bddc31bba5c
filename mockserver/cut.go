package mockserver

import (
	"strings"
	"unicode/utf8"
)

// cut is a text of at most that many bytes, "..." included. What is cut does not keep the whole text in memory.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	const ellipsis = "..." // also in headers
	end := most - len(ellipsis)
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return strings.Clone(text[:end]) + ellipsis
}
