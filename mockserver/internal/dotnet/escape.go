package dotnet

import (
	"strings"
	"unicode/utf8"
)

// Unescape replaces all escapes of a text, once, and leaves those that are malformed.
func Unescape(text string) string { return unescape(text, false) }

// unescape replaces the escapes of a text, once. An escape that is malformed, or that is no part of valid UTF-8, stays as it was
// sent: %C3%28 becomes %C3( (UrlDecoder.cs (aspnetcore); recorded: F782). The slash of a path stays too, as %2F or %2f.
func unescape(text string, slashStays bool) string {
	if !strings.Contains(text, "%") {
		return text
	}
	plain := make([]byte, 0, len(text))
	for text != "" {
		letter, size := escapedLetter(text)
		if size == 0 || slashStays && string(letter) == "/" {
			letter, size = []byte(text[:1]), 1
		}
		plain, text = append(plain, letter...), text[size:]
	}
	return string(plain)
}

// escapedLetter is the letter whose escapes a text begins with, and how many bytes they take: 0 when there is none.
func escapedLetter(text string) (letter []byte, size int) {
	for len(letter) < utf8.UTFMax {
		b, ok := escapedByte(text[size:])
		if !ok {
			return nil, 0
		}
		letter, size = append(letter, b), size+len("%XX")
		if decoded, width := utf8.DecodeRune(letter); decoded != utf8.RuneError || width > 1 {
			return letter, size
		}
	}
	return nil, 0
}

func escapedByte(text string) (b byte, ok bool) {
	if len(text) < len("%XX") || text[0] != '%' {
		return 0, false
	}
	high, low := hexDigit(text[1]), hexDigit(text[2])
	return byte(high<<4 | low), high >= 0 && low >= 0 //nolint:gosec // two digits are a byte
}

// hexDigit is the value of a digit, or -1.
func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	default:
		return -1
	}
}
