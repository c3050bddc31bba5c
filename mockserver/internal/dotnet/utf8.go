package dotnet

import (
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// DecodeUTF8 is a text in which each part that is no UTF-8 is one U+FFFD, as .NET decodes it. Go would write one for each byte.
func DecodeUTF8(text []byte) string {
	if utf8.Valid(text) {
		return string(text)
	}
	decoded, _ := unicode.UTF8.NewDecoder().Bytes(text) // never fails
	return string(decoded)
}

// unescapeJSON is a JSON text without its escapes. ok is false when it escapes half a surrogate pair. The escapes must be well formed.
func unescapeJSON(escaped []byte) (text []byte, ok bool) {
	text = make([]byte, 0, len(escaped))
	for i := 0; i < len(escaped); i++ {
		if escaped[i] != '\\' {
			text = append(text, escaped[i])
			continue
		}
		i++
		switch c := escaped[i]; c {
		case 'b':
			text = append(text, '\b')
		case 'f':
			text = append(text, '\f')
		case 'n':
			text = append(text, '\n')
		case 'r':
			text = append(text, '\r')
		case 't':
			text = append(text, '\t')
		case 'u':
			r := hexRune(escaped[i+1 : i+5])
			i += 4
			if utf16.IsSurrogate(r) {
				if len(escaped) < i+7 || escaped[i+1] != '\\' || escaped[i+2] != 'u' {
					return nil, false
				}
				if r = utf16.DecodeRune(r, hexRune(escaped[i+3:i+7])); r == utf8.RuneError {
					return nil, false
				}
				i += 6
			}
			text = utf8.AppendRune(text, r)
		default:
			text = append(text, c)
		}
	}
	return text, true
}

func hexRune(digits []byte) (r rune) {
	for _, c := range digits {
		r = r<<4 | rune(hexDigit(c)) //nolint:gosec // a digit
	}
	return r
}
