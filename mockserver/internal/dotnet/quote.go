package dotnet

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// Quote is a text as JSON with the escapes of System.Text.Json's own encoder, which the server signs with: everything beyond
// ASCII, and what could mean something in HTML (JavaScriptEncoder.cs (runtime); recorded: the tokens of sharing.json).
func Quote(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(`""`)) // enough for most texts
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case isLetter(r), isDigit(r):
			b.WriteByte(byte(r)) //nolint:gosec // ASCII
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04X\u%04X`, high, low)
		case strings.ContainsRune("\b\t\n\f\r\\", r):
			b.WriteByte('\\')
			b.WriteByte(`btnfr\`[strings.IndexRune("\b\t\n\f\r\\", r)])
		case r < ' ' || r >= 0x7F || strings.ContainsRune("\"&'+<>`", r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
